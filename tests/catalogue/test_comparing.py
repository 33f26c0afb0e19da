"""Two editions compared field by field."""

from dataclasses import replace

from hypothesis import given, settings

from huying.catalogue.rules import AppealKind, Level
from huying.catalogue.rules.comparing import FIELD_NAMES, STAGES, Difference, compare
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.catalogue.rules.starter import starter
from huying.worktime.units import Limit, Unit
from tests.catalogue.strategies import contents

BASE = starter()
FIRST = BASE.items[0]


def changed(line: ItemLine) -> Content:
    return replace(BASE, items=(line, *BASE.items[1:]))


@settings(max_examples=30, deadline=None)
@given(contents(), contents())
def test_a_difference_is_empty_exactly_when_both_say_the_same(a: Content, b: Content) -> None:
    assert not compare(a, a)
    assert bool(compare(a, b)) == (a != b)


@settings(max_examples=30, deadline=None)
@given(contents(), contents())
def test_what_one_way_adds_the_other_way_removes(a: Content, b: Content) -> None:
    there, back = compare(a, b), compare(b, a)
    assert there.added == back.removed
    assert there.removed == back.added
    assert there.added_conditions == back.removed_conditions
    assert {(c.code, c.condition, c.field, c.before, c.after) for c in there.changed} == {
        (c.code, c.condition, c.field, c.after, c.before) for c in back.changed
    }
    assert len(there.kinds) == len(back.kinds)


def test_a_longer_limit_reads_as_an_officer_would_write_it() -> None:
    usual = replace(FIRST.conditions[0], handle=Limit(4, Unit.WORK_HOUR), level=Level.GRID)
    found = compare(BASE, changed(replace(FIRST, conditions=(usual, *FIRST.conditions[1:]))))
    said = [(c.code, c.condition, c.field_zh, c.before, c.after) for c in found.changed]
    assert said == [
        (FIRST.code, 1, "处置时限", "2个工作日", "4工作时"),
        (FIRST.code, 1, "首判层级", "街道", "网格"),
    ]


def test_conditions_are_known_by_their_number() -> None:
    gone: ConditionLine = FIRST.conditions[-1]
    found = compare(BASE, changed(replace(FIRST, conditions=FIRST.conditions[:-1])))
    assert found == Difference((), (), (), ((FIRST.code, gone),), (), ())


def test_limits_by_kind_are_compared_too() -> None:
    help_limits = replace(BASE.kinds[AppealKind.HELP], handle=Limit(5, Unit.WORK_DAY))
    found = compare(BASE, replace(BASE, kinds={**BASE.kinds, AppealKind.HELP: help_limits}))
    (only,) = found.kinds
    assert (only.kind, only.stage_zh, only.before, only.after) == (
        AppealKind.HELP,
        "处置",
        "10个工作日",
        "5个工作日",
    )


def test_every_field_has_a_name_in_chinese() -> None:
    fields = set(ItemLine.__dataclass_fields__) | set(ConditionLine.__dataclass_fields__) | set(STAGES)
    assert fields - {"code", "conditions", "number"} == set(FIELD_NAMES)
