"""An item of the responsibility list as an assistant reads it."""

from dataclasses import fields
from typing import Any

from huying.catalogue.queries import limits
from huying.catalogue.rules.limits import STAGES
from huying.catalogue.rules.lines import ConditionLine, ItemLine


def item_told(district: int, one: ItemLine) -> dict[str, Any]:
    """The item with its conditions, each with the limits that hold under it."""
    return {
        "code": one.code, "class": one.class_name, "group": one.group_name, "name": one.name, "type": one.type.zh,
        "duty": one.duty, "level": one.level.zh, "keywords": list(one.keywords),
        "standard": f"{one.standard} {one.standard_code}".strip(),
        "conditions": [_condition(district, one.code, condition) for condition in one.conditions],
        "limits": _limits(district, one.code, None),
    }  # fmt: skip


def _condition(district: int, code: str, one: ConditionLine) -> dict[str, Any]:
    return {
        "number": one.number, "text": one.text, "lead": one.lead, "assisting": list(one.assisting),
        "level": one.level.zh, "closing_standard": one.closing_standard,
        "evidence": [evidence.zh for evidence in one.evidence], "limits": _limits(district, code, one.number),
    }  # fmt: skip


def _limits(district: int, code: str, number: int | None) -> dict[str, str]:
    found = limits(district, code, number)
    return {STAGES[each.name]: getattr(found, each.name).zh for each in fields(found)}
