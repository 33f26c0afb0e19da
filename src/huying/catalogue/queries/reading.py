"""Rows of one edition into plain lines, in three statements whatever its size."""

from collections.abc import Iterable
from decimal import Decimal

from huying.catalogue.models import Condition, Item, KindLimit
from huying.catalogue.rules import AppealKind, Evidence, ItemType, Level
from huying.catalogue.rules.limits import Limits
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.worktime.units import Limit

_CONDITION = (
    "item_id",
    "number",
    "text",
    "cues",
    "lead",
    "assisting",
    "sign_amount",
    "sign_unit",
    "contact_amount",
    "contact_unit",
    "handle_amount",
    "handle_unit",
    "closing_standard",
    "evidence",
    "level",
    "danger",
    "visibility",
    "disorder",
)
_KIND = tuple(
    f"{stage}_{part}"
    for stage in ("sign", "contact", "handle", "verify", "check", "follow_up")
    for part in ("amount", "unit")
)


def content(edition_id: int) -> Content:
    """Everything the edition says."""
    return Content(items=tuple(_items(edition_id)), kinds=_kinds(edition_id))


def _limit(amount: Decimal | None, unit: str) -> Limit | None:
    if amount is None:
        return None
    return Limit(amount, unit)


def _certain(amount: Decimal, unit: str) -> Limit:
    limit = _limit(amount, unit)
    assert limit is not None
    return limit


def _kinds(edition_id: int) -> dict[AppealKind, Limits]:
    rows = KindLimit.objects.filter(edition_id=edition_id).order_by("kind").values_list("kind", *_KIND)
    return {
        AppealKind(kind): Limits(*(_certain(v[i], v[i + 1]) for i in range(0, len(v), 2)))
        for kind, *v in rows
    }


def _items(edition_id: int) -> Iterable[ItemLine]:
    conditions: dict[int, list[ConditionLine]] = {}
    rows = Condition.objects.filter(item__edition_id=edition_id).order_by("item_id", "number")
    for item_id, number, text, cues, lead, assisting, *v in rows.values_list(*_CONDITION):
        conditions.setdefault(item_id, []).append(
            ConditionLine(
                number,
                text,
                tuple(cues),
                lead,
                tuple(assisting),
                _limit(v[0], v[1]),
                _limit(v[2], v[3]),
                _limit(v[4], v[5]),
                v[6],
                tuple(Evidence(code) for code in v[7]),
                Level(v[8]),
                *v[9:],
            )
        )
    items = (
        Item.objects.filter(edition_id=edition_id)
        .order_by("code")
        .values_list(
            "id",
            "code",
            "class_name",
            "group_name",
            "name",
            "type",
            "duty",
            "keywords",
            "standard",
            "standard_code",
        )
    )
    for item_id, code, class_name, group_name, name, kind, duty, keywords, standard, standard_code in items:
        yield ItemLine(
            code,
            class_name,
            group_name,
            name,
            ItemType(kind),
            duty,
            tuple(keywords),
            standard,
            standard_code,
            tuple(conditions.get(item_id, ())),
        )
