"""The present is aware, and naive moments are refused."""

from datetime import UTC, datetime, timedelta

import pytest

from huying.kernel import clock
from huying.kernel.errors import Invalid


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    found = clock.now()
    assert found.utcoffset() == timedelta(0)
    assert before <= found <= datetime.now(UTC)


def test_a_naive_moment_is_refused() -> None:
    moment = datetime(2026, 9, 30, 9, tzinfo=UTC)
    assert clock.aware(moment) is moment
    with pytest.raises(Invalid):
        clock.aware(moment.replace(tzinfo=None))
