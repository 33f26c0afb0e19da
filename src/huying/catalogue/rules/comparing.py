"""What changed between two editions: items and conditions added, removed and changed, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.limits import STAGES
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine

FIELD_NAMES: Final[Mapping[str, str]] = {
    "class_name": "大类",
    "group_name": "中类",
    "name": "小类",
    "type": "类型",
    "duty": "职责",
    "keywords": "关键词",
    "standard": "标准",
    "standard_code": "标准编码",
    "text": "立案条件",
    "cues": "说法",
    "lead": "主办职责",
    "assisting": "协办职责",
    "sign": "签收时限",
    "contact": "首次联系时限",
    "handle": "处置时限",
    "verify": "核实时限",
    "check": "核查时限",
    "follow_up": "回访时限",
    "closing_standard": "结案标准",
    "evidence": "要件",
    "level": "首判层级",
    "danger": "危险性",
    "visibility": "直观性",
    "disorder": "无序性",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, as a page shows it. ``condition`` is None for a field of the item itself."""

    code: str
    condition: int | None
    field: str
    before: str
    after: str

    @property
    def field_zh(self) -> str:
        return FIELD_NAMES[self.field]


@dataclass(frozen=True, slots=True)
class KindChange:
    """One limit by kind of appeal that differs."""

    kind: AppealKind
    stage: str
    before: str
    after: str

    @property
    def stage_zh(self) -> str:
        return STAGES[self.stage]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one edition to another. Conditions are pairs of item code and line, of items that are in both."""

    added: tuple[ItemLine, ...]
    removed: tuple[ItemLine, ...]
    added_conditions: tuple[tuple[str, ConditionLine], ...]
    removed_conditions: tuple[tuple[str, ConditionLine], ...]
    changed: tuple[Change, ...]
    kinds: tuple[KindChange, ...]

    def __bool__(self) -> bool:
        """Whether anything differs at all."""
        return any(getattr(self, field.name) for field in fields(self))


def compare(before: Content, after: Content) -> Difference:
    """What must be done to ``before`` to make it ``after``; empty (false) exactly when both say the same."""
    old = {line.code: line for line in before.items}
    new = {line.code: line for line in after.items}
    both = [(old[code], new[code]) for code in sorted(old.keys() & new.keys()) if old[code] != new[code]]
    return Difference(
        added=tuple(new[code] for code in sorted(new.keys() - old.keys())),
        removed=tuple(old[code] for code in sorted(old.keys() - new.keys())),
        added_conditions=tuple(pair for a, b in both for pair in _only_in_second(a, b)),
        removed_conditions=tuple(pair for a, b in both for pair in _only_in_second(b, a)),
        changed=tuple(change for a, b in both for change in _changes(a, b)),
        kinds=tuple(_kind_changes(before, after)),
    )


def _only_in_second(first: ItemLine, second: ItemLine) -> Iterator[tuple[str, ConditionLine]]:
    known = {line.number for line in first.conditions}
    return ((second.code, line) for line in second.conditions if line.number not in known)


def _changes(a: ItemLine, b: ItemLine) -> Iterator[Change]:
    for field, before, after in _differing(a, b, skip=("code", "conditions")):
        yield Change(a.code, None, field, before, after)
    later = {line.number: line for line in b.conditions}
    for line in a.conditions:
        if line.number in later:
            for field, before, after in _differing(line, later[line.number], skip=("number",)):
                yield Change(a.code, line.number, field, before, after)


def _differing(a: Any, b: Any, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    for field in fields(a):
        before, after = getattr(a, field.name), getattr(b, field.name)
        if field.name not in skip and before != after:
            yield field.name, shown(before), shown(after)


def _kind_changes(before: Content, after: Content) -> Iterator[KindChange]:
    for kind in AppealKind:
        a, b = before.kinds.get(kind), after.kinds.get(kind)
        for stage in STAGES:
            one, other = getattr(a, stage, None), getattr(b, stage, None)
            if one != other:
                yield KindChange(kind, stage, shown(one), shown(other))


def shown(value: object) -> str:
    """A field as a page shows it: Chinese terms, lists joined by 、, nothing as empty."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(shown(part) for part in value)
    if isinstance(value, StrEnum):
        return str(getattr(value, "zh", value.value))
    return str(value)
