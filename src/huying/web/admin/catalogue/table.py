"""An edition as the table it is: one line for each filing condition; in a draft a line opens into its cells."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.catalogue import actions, queries
from huying.catalogue.queries import EditionInfo
from huying.catalogue.rules import EditionState, Level
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.catalogue.rules.sheets.columns import CONDITION_COLUMNS, ITEM_COLUMNS, KIND_COLUMNS, duty_zh
from huying.kernel.errors import HuyingError, NotFound
from huying.web.admin.catalogue.cells import CellsForm, duties_known, instant_of
from huying.web.admin.catalogue.editions import state_chip
from huying.web.admin.doing import pressed
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded

PAGE: Final = 60
_LONG: Final = {"text", "closing_standard"}
_SHOWN: Final = {column.field: column.write for column in CONDITION_COLUMNS}


@guarded(P.CATALOGUE_READ)
@never_cache
@require_GET
def edition(request: StaffRequest, number: int) -> HttpResponse:
    """The lines of an edition, searched and by class."""
    info = queries.edition_for(request.actor, number)
    whole = queries.content_for(request.actor, number)
    wanted, word = request.GET.get("class", ""), request.GET.get("q", "").strip()[:60]
    items = [line for line in whole.items if _fits(line, wanted, word)]
    page = (
        int(text)
        if (text := request.GET.get("page", "1")).isascii() and text.isdigit() and len(text) < 6
        else 1
    )
    shown = items[PAGE * (page - 1) : PAGE * page]
    others = [one for one in queries.editions_for(request.actor) if one.number != number]
    context = {
        **about(request, info),
        "items": [(line, [row_of(line, each) for each in line.conditions]) for line in shown],
        "classes": _classes(whole, wanted),
        "word": word,
        "total": len(items),
        "previous": query_with(request.GET, page=str(page - 1)) if page > 1 else "",
        "next": query_with(request.GET, page=str(page + 1)) if PAGE * page < len(items) else "",
        "others": others,
        "kinds": _kinds(whole),
        "duties": duties_known(request),
        "levels": [one.zh for one in Level],
        "marks": ("danger", "visibility", "disorder"),
        "has_live": any(one.state is EditionState.LIVE for one in [info, *others]),
    }
    return render(request, "catalogue/edition.html", context)


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def condition(request: StaffRequest, number: int, code: str, place: int) -> HttpResponse:
    """One line's cells; ``place`` 0 is a new condition. Saved by itself, so that two editors share a draft."""
    info, line = _found(request, number, code)
    old = line.condition(place)
    if old is None and place:
        raise NotFound
    form = CellsForm(
        CONDITION_COLUMNS[1:], old, request.POST if request.method == "POST" else None, info.edited_at
    )
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return _cells(request, info, line, form, old, status)
    try:
        new = ConditionLine(number=place or 1, **form.read())
        if place:
            actions.put_condition(request.actor, info.id, code, new, request.now, _seen(request, form))
        else:
            actions.add_condition(request.actor, info.id, code, new, request.now)
    except HuyingError as error:
        form.refuse(error)
        return _cells(request, info, line, form, old, error.status)
    messages.success(request, _("%(code)s 已保存。") % {"code": code})
    return redirect(_back(request, number, code))


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def item(request: StaffRequest, number: int, code: str) -> HttpResponse:
    """An item's own cells; the code ``new`` adds one."""
    info = queries.edition_for(request.actor, number)
    old = None if code == "new" else _found(request, number, code)[1]
    columns = ITEM_COLUMNS if old is None else ITEM_COLUMNS[1:]
    form = CellsForm(columns, old, request.POST if request.method == "POST" else None, info.edited_at)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return _cells(request, info, old, form, None, status, of_item=True)
    try:
        said = form.read()
        line = ItemLine(**{"code": code, **said}, conditions=old.conditions if old else ())
        actions.put_item(
            request.actor, info.id, line, request.now, instant_of(request.POST.get("seen_at", ""))
        )
    except HuyingError as error:
        form.refuse(error)
        return _cells(request, info, old, form, None, error.status, of_item=True)
    messages.success(request, _("%(code)s 已保存。") % {"code": line.code})
    return redirect(_back(request, number, line.code))


@guarded(P.CATALOGUE_EDIT)
@require_POST
def remove(request: StaffRequest, number: int, code: str) -> HttpResponse:
    """Take an item, or with ``?place=`` one of its conditions, out of a draft."""
    info = queries.edition_for(request.actor, number)
    place = request.POST.get("place", "")
    if place.isascii() and place.isdigit():
        act = lambda: actions.remove_condition(request.actor, info.id, code, int(place), request.now)  # noqa: E731
    else:
        act = lambda: actions.remove_item(request.actor, info.id, code, request.now)  # noqa: E731
    return pressed(request, act, _("已删除。"), "catalogue:edition", number)


def about(request: StaffRequest, info: EditionInfo) -> dict[str, Any]:
    """What stands over every page of an edition."""
    return {
        "edition": info,
        "state": state_chip(info.state),
        "draft": info.state is EditionState.DRAFT and request.actor.may(P.CATALOGUE_EDIT),
        "may_edit": request.actor.may(P.CATALOGUE_EDIT),
    }


def row_of(line: ItemLine, one: ConditionLine) -> dict[str, Any]:
    """A condition as its line shows it."""
    written = {name: write(getattr(one, name)) for name, write in _SHOWN.items()}
    cells = [
        (column.field, _(column.heading), written[column.field], column.field in _LONG)
        for column in CONDITION_COLUMNS
        if column.field not in ("number", "cues")
    ]
    return {**written, "line": one, "lead": duty_zh(one.lead), "cells": cells}


def _cells(
    request: StaffRequest, info: EditionInfo, line: ItemLine | None, form: CellsForm,
    old: ConditionLine | None, status: int, *, of_item: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {
        **about(request, info), "item": line, "condition": old, "form": form, "of_item": of_item,
        "duties": duties_known(request),
    }  # fmt: skip
    return render(request, "catalogue/cells.html", context, status=status)


def _found(request: StaffRequest, number: int, code: str) -> tuple[EditionInfo, ItemLine]:
    info = queries.edition_for(request.actor, number)
    whole = queries.content_for(request.actor, number)
    line = next((one for one in whole.items if one.code == code), None)
    if line is None:
        raise NotFound
    return info, line


def _seen(request: StaffRequest, form: CellsForm) -> Any:
    """Others may change other lines meanwhile: only this line's own text must be as it was on the screen."""
    same = request.POST.get("was", "") == form.was
    return None if same else instant_of(request.POST.get("seen_at", ""))


def _fits(line: ItemLine, wanted: str, word: str) -> bool:
    if wanted and line.class_name != wanted:
        return False
    texts = (
        line.code,
        *line.names,
        *line.keywords,
        *(one.text for one in line.conditions),
        duty_zh(line.duty),
    )
    return not word or any(word in text for text in texts)


def _kinds(whole: Content) -> Sequence[tuple[Any, Sequence[Any]]]:
    return [
        (
            kind,
            [
                (column.field, _(column.heading), column.write(getattr(limits, column.field)))
                for column in KIND_COLUMNS[1:]
            ],
        )
        for kind, limits in whole.kinds.items()
    ]


def _classes(whole: Content, wanted: str) -> Sequence[tuple[str, bool]]:
    return [(name, name == wanted) for name in dict.fromkeys(line.class_name for line in whole.items)]


def _back(request: StaffRequest, number: int, code: str) -> str:
    return f"{reverse('catalogue:edition', args=[number])}?q={code}#item-{code}"
