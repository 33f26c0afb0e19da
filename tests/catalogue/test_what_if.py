"""The past under other limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huying.catalogue.rules import AppealKind
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.starter import starter
from huying.catalogue.rules.what_if import PastCase, WhatIf, what_if
from huying.worktime.units import Limit, Unit

BASE = starter()
LAMP = next(line for line in BASE.items if line.name == "路灯不亮")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def hours(start: datetime, limit: Limit) -> datetime:
    """A calendar without nights or holidays: enough to count by."""
    return start + timedelta(hours=float(limit.amount) * (1 if limit.unit.is_hour else 8))


def with_lamp_limit(limit: Limit) -> Content:
    lamp = replace(LAMP, conditions=(replace(LAMP.conditions[0], handle=limit), *LAMP.conditions[1:]))
    return replace(BASE, items=tuple(lamp if line is LAMP else line for line in BASE.items))


def lamp_case(took: float | None, code: str = LAMP.code) -> PastCase:
    started = NOW - timedelta(days=30)
    ended = None if took is None else started + timedelta(hours=took)
    return PastCase(code, 1, AppealKind.HELP, started, ended)


def replay(cases: list[PastCase], after: Content) -> WhatIf:
    return what_if(cases, BASE, after, hours, NOW)


def test_a_shorter_limit_makes_the_slow_ones_late() -> None:
    cases = [lamp_case(3), lamp_case(10), lamp_case(15), lamp_case(20)]
    result = replay(cases, with_lamp_limit(Limit(1, Unit.WORK_DAY)))
    assert (result.cases, result.late_before, result.late_after) == (4, 1, 3)
    assert result.newly_late == {LAMP.code: 2}
    assert result.no_longer_late == {}


def test_exactly_on_time_is_in_time() -> None:
    assert replay([lamp_case(16)], BASE).late_before == 0


def test_what_is_still_open_counts_by_now() -> None:
    result = replay([lamp_case(None)], with_lamp_limit(Limit(200, Unit.WORK_DAY)))
    assert (result.late_before, result.late_after) == (1, 0)
    assert result.no_longer_late == {LAMP.code: 1}


def test_an_item_that_is_gone_runs_on_its_kind_and_is_counted() -> None:
    without = replace(BASE, items=tuple(line for line in BASE.items if line is not LAMP))
    result = replay([lamp_case(20)], without)
    assert (result.unlisted, result.late_before, result.late_after) == (1, 1, 0)


@given(st.lists(st.floats(0.1, 2000), max_size=20), st.integers(1, 40))
def test_the_counts_always_agree(took: list[float], days: int) -> None:
    cases = [lamp_case(hours_taken) for hours_taken in took]
    result = replay(cases, with_lamp_limit(Limit(days, Unit.WORK_DAY)))
    gained, lost = sum(result.newly_late.values()), sum(result.no_longer_late.values())
    assert result.late_after == result.late_before + gained - lost
    assert result.late_after == sum(hours_taken > days * 8 for hours_taken in took)
    assert gained == 0 or lost == 0
