"""The past under other limits."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.catalogue.rules.what_if import PastClock, Stage
from huying.kernel.errors import Invalid
from huying.lab.rules.replaying import OtherLimit, chosen, replayed
from huying.lab.rules.scenarios import Scenario, after, check, months_before, scenario_of
from huying.worktime import Limit, Unit

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def clock(hours: float | None, allowed: int = 10, body: int = 1, stage: Stage = Stage.HANDLE) -> PastClock:
    ended = None if hours is None else NOW + timedelta(hours=hours)
    return PastClock(
        case_id=1, body_id=body, item="", condition=None, kind=None, area="", stage=stage,
        limit=Limit(allowed, Unit.URGENT_HOUR), started=NOW, due=NOW + timedelta(hours=allowed), ended=ended,
    )  # fmt: skip


def due(one: PastClock, limit: Limit) -> datetime:
    return one.started + timedelta(hours=float(limit.amount))


def run(clocks: Sequence[PastClock], *others: OtherLimit) -> list[tuple[int, int, int, int]]:
    found = replayed(clocks, others, due, NOW + timedelta(days=9))
    return [(row.body_id, row.clocks, row.late, row.other) for row in found]


def test_a_shorter_limit_makes_some_late_and_a_longer_one_takes_back() -> None:
    clocks = [clock(5), clock(9), clock(11), clock(None)]
    assert run(clocks) == [(1, 4, 2, 2)]
    assert run(clocks, OtherLimit(Stage.HANDLE, share=Decimal("0.8"))) == [(1, 4, 2, 3)]
    assert run(clocks, OtherLimit(Stage.HANDLE, limit=Limit(12, Unit.URGENT_HOUR))) == [(1, 4, 2, 1)]
    assert run(clocks, OtherLimit(Stage.SIGN, share=Decimal("0.1"))) == [(1, 4, 2, 2)]


def test_the_limit_of_a_body_goes_before_that_of_all() -> None:
    every, own = (
        OtherLimit(Stage.HANDLE, share=Decimal(2)),
        OtherLimit(Stage.HANDLE, share=Decimal(3), body_id=2),
    )
    assert chosen(clock(1, body=2), [own, every]) is own
    assert chosen(clock(1, body=1), [own, every]) is every
    assert chosen(clock(1, stage=Stage.SIGN), [own, every]) is None


@given(st.lists(st.floats(0, 40), min_size=1, max_size=60), st.integers(10, 500))
def test_longer_limits_never_make_more_late(hours: list[float], share: int) -> None:
    clocks = [clock(one) for one in hours]
    (row,) = replayed(clocks, [OtherLimit(Stage.HANDLE, share=Decimal(share) / 100)], due, NOW)
    change = 100 * (row.other - row.late) / row.clocks
    assert (row.other <= row.late) if share >= 100 else (row.other >= row.late)
    assert row.low <= row.high
    assert row.low - 1e-9 <= change <= row.high + 1e-9 or row.clocks < 5


def test_scenarios_are_bounded_and_told_again_as_they_were() -> None:
    one = Scenario("短", {Stage.HANDLE: 80, Stage.SIGN: 100}, 90, 7)
    assert scenario_of(one.as_data()) == one
    assert [limit.stage for limit in one.limits()] == [Stage.HANDLE]
    check([one])
    for wrong in (
        [],
        [one] * 5,
        [Scenario(" ", {})],
        [Scenario("x", {Stage.SIGN: 5})],
        [Scenario("x", {}, 501)],
    ):
        with pytest.raises(Invalid):
            check(wrong)


def test_months_are_counted_over_years() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC).date()
    assert months_before(first, 2).isoformat() == "2025-11-01"
    assert after(months_before(first, 1)) == first
