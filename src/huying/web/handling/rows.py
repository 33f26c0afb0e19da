"""The rows of a handler's orders, put together without the template engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.cases.lifecycle import OrderRole
from huying.cases.queries.lists.own_orders import OwnOrder
from huying.web.case.lists.lines import Row
from huying.web.case.lists.rows import pick_cell
from huying.web.drawing import chip, lamp, said
from huying.web.remembering import per_language


def order_rows(rows: Iterable[Mapping[str, Any]], tab: str, picked: str = "") -> SafeString:
    """Each with ``row``, ``own`` (the body's order or None), ``lamp``, ``closing`` (what counts as done), ``href`` and
    ``pane``. Orders that wait to be signed for have a box to tick."""
    return mark_safe("".join(_order_row(one, tab, picked) for one in rows))


def _order_row(one: Mapping[str, Any], tab: str, picked: str) -> str:
    row: Row = one["row"]
    line, href = row.line, said(one["href"])
    chosen = ' aria-selected="true"' if line.number == picked else ""
    box = _box(one["own"], row) if tab == "sent" else ""
    closing = ""
    if one["closing"]:
        closing = f'<div class="desk-judged">{_word(gettext_noop("办结标准"))}：{said(one["closing"])}</div>'
    return (
        f'<tr data-href="{href}"{chosen}>{box}<td><a class="list-title" href="{href}" data-opens '
        f'hx-get="{said(one["pane"])}" hx-target="#pane" hx-swap="innerHTML">{said(line.title)}</a>'
        f'<div class="list-under">{said(line.area_name) or _word(gettext_noop("还没有定位置"))}</div>'
        f'<div class="row desk-row-marks">{_marks(one, row, tab)}</div>{closing}</td></tr>'
    )


def _box(own: OwnOrder | None, row: Row) -> str:
    """A box to tick for what is signed for; a call is answered by itself."""
    return '<td class="pick"></td>' if own is not None and own.role is OrderRole.CALLED else pick_cell(row)


def _marks(one: Mapping[str, Any], row: Row, tab: str) -> str:
    own: OwnOrder | None = one["own"]
    marks: list[str] = [lamp(one["lamp"])]
    if own is not None:
        marks.append(f'<span class="chip">{_word(own.role.zh)}</span>')
    if row.urgency:
        marks.append(chip(row.urgency))
    if row.line.reworks:
        marks.append(f'<span class="chip chip-amber">{_word(gettext_noop("返工"))}</span>')
    if tab == "handling" and own is not None and own.role is not OrderRole.CALLED and not own.contacted:
        marks.append(f'<span class="chip">{_word(gettext_noop("还没联系"))}</span>')
    return "".join(marks)


@per_language
def _word(text: str) -> str:
    return said(_(text))
