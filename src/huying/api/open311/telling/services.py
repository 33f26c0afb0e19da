"""The responsibility list as services, and what is asked about each."""

from typing import Any, Final

from huying.api.open311.door import Asked
from huying.api.open311.wire.formats import Rows, Tree
from huying.catalogue.queries import live_edition, live_list
from huying.catalogue.queries.questions import names_ever, questions
from huying.catalogue.rules.lines import ItemLine
from huying.catalogue.rules.questions import Question
from huying.kernel.errors import NotFound, OutsideDistrict
from huying.kernel.saying import said
from huying.places.queries import placed

FIELDS: Final = (
    "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
)  # fmt: skip


def services(ask: Asked) -> Rows:
    """Every item of the list in force, by code; with ``lat`` and ``long`` outside the district none."""
    live = live_edition(ask.district)
    asks = questions(ask.district)
    lines = live_list(ask.district).held.items.values() if live is not None and _here(ask) else ()
    return Rows("services", "service", FIELDS, [_service(line, line.code in asks) for line in lines])


def _here(ask: Asked) -> bool:
    """Whether the place asked about, if any, is ours to serve."""
    lat, lon = ask.params.number("lat"), ask.params.number("long")
    if lat is None or lon is None:
        return True
    try:
        placed(ask.district, lon, lat)
    except OutsideDistrict:
        return False
    return True


def _service(line: ItemLine, has_questions: bool) -> tuple[Any, ...]:
    told = line.conditions[0].text if line.conditions else line.name
    words = ", ".join(dict.fromkeys((*line.keywords, line.group_name)))
    return line.code, line.name, told, has_questions, "realtime", words, line.class_name


def definition(ask: Asked, code: str) -> Tree:
    """What is asked about one item. An item of an earlier list is found too, and says which list it stands in.

    Raises NotFound for a code that no list in force ever had.
    """
    named = names_ever(ask.district).get(code)
    if named is None:
        raise NotFound(said("没有 service_code %(code)s。", code=code[:40]))
    members: dict[str, Any] = {
        "service_code": code,
        "attributes": [_attribute(each, number) for number, each in enumerate(_asked(ask, code), 1)],
    }
    if ask.params.yes("extensions"):
        members |= {
            "service_name": named[0],
            "edition": str(named[1]),
            "active": in_force(ask.district, code),
        }
    return Tree("service_definition", members)


def in_force(district: int, code: str) -> bool:
    """Whether the list in force has the item."""
    return live_edition(district) is not None and code in live_list(district).held.items


def _asked(ask: Asked, code: str) -> list[Question]:
    return list(questions(ask.district).get(code, ()))


def _attribute(each: Question, order: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "variable": each.answered, "code": each.code, "datatype": each.datatype.value,
        "required": each.required and each.answered, "datatype_description": each.hint, "order": order,
        "description": each.description,
    }  # fmt: skip
    if each.datatype.has_choices:
        told["values"] = [{"key": key, "name": name} for key, name in each.choices]
    return told
