"""Cells of a draft written where they stand, one or a pasted block; each answers with its text or what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.catalogue import actions, queries
from huying.catalogue.queries import EditionInfo
from huying.catalogue.rules import AppealKind
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.sheets.columns import CONDITION_COLUMNS, KIND_COLUMNS, Column
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import said, worded
from huying.web.guard import StaffRequest, guarded

_MOST: Final = 1000
_CONDITION: Final = {column.field: column for column in CONDITION_COLUMNS[1:]}
_KIND: Final = {column.field: column for column in KIND_COLUMNS[1:]}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell sent: the ``place`` of its line ("kind" for limits by kind), what it was on the screen and is now."""

    code: str
    place: str
    field: str
    was: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """The line that cells stand in: its columns, what it says, and how it is written back."""

    columns: dict[str, Column]
    held: Any
    write: Callable[[Any], None]


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put(request: StaffRequest, number: int) -> HttpResponse:
    """Write cells; a line is written as one, and what is wrong with a cell leaves the others of its line alone."""
    info = queries.edition_for(request.actor, number)
    names = ("code", "place", "field", "was", "text")
    cells = [
        Cell(*(value.replace("\r\n", "\n").strip() for value in given))
        for given in zip(*(request.POST.getlist(name) for name in names), strict=False)
    ]
    if not cells or len(cells) > _MOST:
        raise Invalid(_("一次最多改 1000 格。"))
    whole = queries.content_for(request.actor, number)
    told: dict[Cell, dict[str, str]] = {}
    for key in dict.fromkeys((cell.code, cell.place) for cell in cells):
        mine = [cell for cell in cells if (cell.code, cell.place) == key]
        told |= _written(_line(request, info, whole, *key), mine)
    return JsonResponse({"cells": [told[cell] for cell in cells]})


def _line(request: StaffRequest, info: EditionInfo, whole: Content, code: str, place: str) -> Line | None:
    by, now = request.actor, request.now
    if place == "kind":
        if code not in set(AppealKind) or AppealKind(code) not in whole.kinds:
            return None
        kind = AppealKind(code)
        return Line(
            _KIND, whole.kinds[kind], lambda new: actions.put_kind_limits(by, info.id, kind, new, now)
        )
    item = next((one for one in whole.items if one.code == code), None)
    held = (
        item.condition(int(place))
        if item and place.isascii() and place.isdigit() and len(place) < 9
        else None
    )
    if held is None:
        return None
    return Line(_CONDITION, held, lambda new: actions.put_condition(by, info.id, code, new, now))


def _written(line: Line | None, cells: Sequence[Cell]) -> dict[Cell, dict[str, str]]:
    if line is None:
        return {cell: {"text": cell.was, "wrong": _("这一行已被别人删掉，请刷新页面。")} for cell in cells}
    told: dict[Cell, dict[str, str]] = {}
    new = line.held
    for cell in cells:
        column = line.columns.get(cell.field)
        now = column.write(getattr(line.held, column.field)) if column else ""
        try:
            if column is None:
                raise Invalid
            if now not in (cell.was, cell.text):
                raise Invalid(said("别人刚改成“%(text)s”，请看清再改。", text=now))
            new = replace(new, **{column.field: column.read(cell.text)})
        except HuyingError as error:
            told[cell] = {"text": now, "wrong": worded(error.message, _)}
    sound = [cell for cell in cells if cell not in told]
    try:
        if sound and new != line.held:
            line.write(new)
    except HuyingError as error:
        return told | _again(line, sound, error)
    return told | {
        cell: {"text": line.columns[cell.field].write(getattr(new, cell.field)), "wrong": ""}
        for cell in sound
    }


def _again(line: Line, cells: Sequence[Cell], error: HuyingError) -> dict[Cell, dict[str, str]]:
    """The line without the cells a refusal speaks of; all of them where it speaks of none."""
    wrong = {name.rpartition(".")[2]: worded(text, _) for name, text in error.fields.items()}
    named = [cell for cell in cells if cell.field in wrong] or list(cells)
    told = {
        cell: {
            "text": line.columns[cell.field].write(getattr(line.held, cell.field)),
            "wrong": wrong.get(cell.field) or worded(error.message, _),
        }
        for cell in named
    }
    left = [cell for cell in cells if cell not in told]
    return told | (_written(line, left) if left else {})
