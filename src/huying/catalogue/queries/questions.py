"""What residents are asked about each item of a district, kept in this process and looked at again after a second."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from huying.catalogue.models import Edition, Item, Question
from huying.catalogue.queries.live import live_edition
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.questions import Datatype
from huying.catalogue.rules.questions import Question as Asked

CHECK_SECONDS: Final = 1.0
_asked: dict[int, tuple[float, Mapping[str, Sequence[Asked]]]] = {}
_named: dict[int, tuple[int | None, Mapping[str, tuple[str, int]]]] = {}


def forget_questions(district: int) -> None:
    """Ask the database again at the next call; for the actions that change the questions."""
    _asked.pop(district, None)


def questions(district: int) -> Mapping[str, Sequence[Asked]]:
    """item code → its questions in force, in their order; items without any are left out."""
    kept = _asked.get(district)
    if kept is not None and time.monotonic() - kept[0] < CHECK_SECONDS:
        return kept[1]
    found: dict[str, list[Asked]] = {}
    for row in Question.objects.filter(district=district, ended_at=None).order_by("item", "order", "id"):
        found.setdefault(row.item, []).append(question_of(row))
    _asked[district] = (time.monotonic(), found)
    return found


def questions_of(district: int, item: str) -> list[Asked]:
    """What stands now for one item, asked of the database itself."""
    rows = Question.objects.filter(district=district, item=item, ended_at=None).order_by("order", "id")
    return [question_of(row) for row in rows]


def question_of(row: Question) -> Asked:
    return Asked(
        row.code, Datatype(row.datatype), row.description, row.hint, row.required, row.answered, row.order,
        tuple((key, name) for key, name in row.choices),
    )  # fmt: skip


def names_ever(district: int) -> Mapping[str, tuple[str, int]]:
    """Every code that a list of the district which came into force ever had → its last name, and that edition's number.

    One query for each edition that goes live; drafts are left out.
    """
    live = live_edition(district)
    kept = _named.get(district)
    if kept is not None and kept[0] == live:
        return kept[1]
    in_force = [EditionState.LIVE, EditionState.RETIRED]
    rows = Item.objects.filter(edition__district=district, edition__state__in=in_force)
    found = {
        code: (name, number)
        for code, name, number in rows.order_by("edition__number").values_list(
            "code", "name", "edition__number"
        )
    }
    if live is not None:
        # A list that was taken back into force speaks before a newer one.
        number = Edition.objects.values_list("number", flat=True).get(pk=live)
        now_named = Item.objects.filter(edition=live).values_list("code", "name")
        found.update({code: (name, number) for code, name in now_named})
    _named[district] = (live, found)
    return found
