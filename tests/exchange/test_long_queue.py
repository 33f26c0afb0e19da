"""Letters to a system that was away for long: taking the next ones costs the same however many wait."""

from datetime import timedelta

import pytest

from huying.exchange.actions import delivering
from huying.exchange.models import Outgoing
from tests.cast import DISTRICT, MONDAY
from tests.plans import pages_read

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_next_letters_are_found_without_reading_the_queue_also_before_it_was_counted() -> None:
    Outgoing.objects.bulk_create(
        Outgoing(
            district=DISTRICT, peer_id=1, case_id=number // 4, seq=number % 4, number="", kind="state",
            once=str(number), state="waiting", made_at=MONDAY, next_at=MONDAY,
        )
        for number in range(4000)
    )  # fmt: skip
    given = {
        "until": MONDAY + timedelta(minutes=5),
        "district": DISTRICT,
        "peer": 1,
        "now": MONDAY,
        "most": 50,
    }
    # Of fifty cases the first letter each: some two hundred rows looked at, not four thousand times four thousand.
    assert pages_read(delivering._CLAIM.format(which="AND tries = 0"), given) < 5000
    assert list(Outgoing.objects.filter(tries=1).values_list("seq", flat=True)) == [0] * 50
