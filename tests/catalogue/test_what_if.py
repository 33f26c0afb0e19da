"""The past under another edition."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huying.catalogue.rules import AppealKind, Level
from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.starter import starter
from huying.catalogue.rules.what_if import Effect, PastClock, Replayed, Stage, replay
from huying.worktime.units import Limit, Unit

BASE = starter()
LAMP = next(line for line in BASE.items if line.name == "路灯不亮")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
OLD = Held(BASE).limits(LAMP.code, 1, AppealKind.HELP).handle


def hours(clock: PastClock, limit: Limit) -> datetime:
    """A calendar without nights or holidays: enough to count by."""
    return clock.started + timedelta(hours=float(limit.amount) * (1 if limit.unit.is_hour else 8))


def body_of(duty: tuple[str, Level] | None, area: str) -> int | None:
    return None if duty is None else len(duty[0])


def with_lamp(**changes: object) -> Content:
    lamp = replace(LAMP, conditions=(replace(LAMP.conditions[0], **changes), *LAMP.conditions[1:]))  # type: ignore[arg-type]
    return replace(BASE, items=tuple(lamp if line is LAMP else line for line in BASE.items))


def lamp_clock(took: float | None) -> PastClock:
    started = NOW - timedelta(days=30)
    ended = None if took is None else started + timedelta(hours=took)
    held = PastClock(
        1, 7, LAMP.code, 1, AppealKind.HELP, "990101001", Stage.HANDLE, OLD, started, started, ended
    )
    return replace(held, due=hours(held, OLD))


def one(took: float | None, after: Content) -> Replayed:
    (found,) = replay([lamp_clock(took)], Held(BASE), Held(after), hours, body_of, NOW)
    return found


def test_a_shorter_limit_makes_the_slow_ones_late() -> None:
    shorter = with_lamp(handle=Limit(1, Unit.WORK_HOUR))
    assert one(0.5, shorter).effects == {Effect.TIGHTER}
    assert one(2, shorter).effects == {Effect.TIGHTER, Effect.NEWLY_LATE}
    assert one(1, shorter).late_after is False


def test_what_is_still_open_counts_by_now() -> None:
    longer = with_lamp(handle=Limit(200, Unit.WORK_DAY))
    found = one(None, longer)
    assert (found.late_before, found.late_after) == (True, False)
    assert found.effects == {Effect.LOOSER, Effect.NO_LONGER_LATE}


def test_another_duty_moves_the_case_and_a_gone_item_is_told() -> None:
    assert one(1, with_lamp(lead="另一个职责")).effects == {Effect.MOVED}
    without = replace(BASE, items=tuple(line for line in BASE.items if line is not LAMP))
    assert {Effect.UNLISTED, Effect.MOVED} <= one(1, without).effects


@given(st.floats(0, 2000))
def test_the_same_edition_changes_nothing(took: float) -> None:
    found = one(took, BASE)
    assert found.effects == frozenset()
    assert found.due == found.clock.due
