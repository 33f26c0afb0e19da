"""The rows of the lists, put together without the template engine, which takes ten times as long for fifty of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huying.web.case.lists.lines import Row, page_address
from huying.web.case.lists.sameness import Alike
from huying.web.drawing import chip, lamp, moment, said


def case_rows(rows: Iterable[Row]) -> SafeString:
    """The rows of a table of cases: what and where, state, unit, clock."""
    no_item, no_clock = said(_("还没有定事项")), said(_("没有在走的时限"))
    return mark_safe("".join(_case_row(row, no_item, no_clock) for row in rows))


def _case_row(row: Row, no_item: str, no_clock: str) -> str:
    line, href = row.line, said(row.href)
    where = f" · {said(line.area_name)}" if line.area_name else ""
    urgency = f" {chip(row.urgency)}" if row.urgency else ""
    if row.lamp:
        clock: str = lamp(row.lamp)
    else:
        clock = f'<span class="faint">{moment(line.closed_at) if line.closed_at else no_clock}</span>'
    return (
        f'<tr data-href="{href}"><td><a class="list-title" href="{href}">{said(line.title)}</a>'
        f'<div class="list-under"><span class="number">{line.number}</span> · {said(line.item_name) or no_item}{where}'
        f" · {moment(line.opened_at)}</div></td><td>{chip(row.state)}{urgency}</td><td>{said(line.body_name)}</td>"
        f"<td>{clock}</td></tr>"
    )


def near_rows(near: Iterable[Alike]) -> SafeString:
    """Cases that may be the same matter, each with a box to tick and with why."""
    return mark_safe("".join(_near_row(one) for one in near))


def _near_row(one: Alike) -> str:
    line = one.line
    share = f'<span class="offer-share" title="{said(_("把握"))}">{one.share}%</span>' if one.share else ""
    return (
        f'<li class="row"><label><input type="checkbox" name="other" value="{line.number}"> '
        f"<span>{said(line.title)}</span></label>{share}"
        f'<span class="faint">{said(line.item_name or _("还没有定事项"))}</span>'
        f'{chip(one.state)}<span class="faint">{said(one.why)} · {moment(line.opened_at)}</span>'
        f'<a href="{page_address(line.number)}" class="number">{line.number}</a></li>'
    )


def pick_cell(row: Row) -> str:
    """The cell with the box by which a case is picked for what is done to many at once."""
    label = said(_("勾选：%(title)s") % {"title": row.line.title})
    return (
        f'<td class="pick"><input type="checkbox" name="case" value="{row.line.number}" data-pick '
        f'aria-label="{label}"></td>'
    )


def desk_rows(rows: Iterable[Mapping[str, Any]], picked: str = "", may_bulk: bool = False) -> SafeString:
    """The rows of the dispatch desk: each with what the platform would do, and a box where it may be picked.

    Each holds ``row``, ``href`` and ``pane`` (the address of the case beside the list), ``judged`` or None, and
    ``held``: the name of the other dispatcher who has it in hand, or "".
    """
    words = said(_("还没有定位置")), said(_("有把握"))
    return mark_safe("".join(_desk_row(one, picked, may_bulk, *words) for one in rows))


def _desk_row(one: Mapping[str, Any], picked: str, may_bulk: bool, nowhere: str, sure: str) -> str:
    row: Row = one["row"]
    line, href = row.line, said(one["href"])
    chosen = ' aria-selected="true"' if line.number == picked else ""
    box = pick_cell(row) if may_bulk else ""
    return (
        f'<tr data-href="{href}"{chosen}>{box}<td><a class="list-title" href="{href}" data-opens '
        f'hx-get="{said(one["pane"])}" hx-target="#pane" hx-swap="innerHTML">{said(line.title)}</a>'
        f'<div class="list-under">{said(line.area_name) or nowhere}</div>'
        f'<div class="row desk-row-marks">{_marks(row)}{_held(one["held"])}</div>{_judged(one, row, sure)}</td></tr>'
    )


def _marks(row: Row) -> str:
    marks = [lamp(row.lamp), chip(row.state), chip(row.urgency) if row.urgency else ""]
    if row.line.appeals > 1:
        marks.append(f'<span class="chip">{said(_("%(n)s 位诉求人") % {"n": row.line.appeals})}</span>')
    return "".join(marks)


def _held(name: str) -> str:
    return f'<span class="chip">{said(_("%(name)s在办") % {"name": name})}</span>' if name else ""


def _judged(one: Mapping[str, Any], row: Row, sure: str) -> str:
    judged = one["judged"]
    if judged and judged.body:
        look, word = (" sure", f' <span class="sure-word">{sure}</span>') if judged.sure else ("", "")
        return (
            f'<div class="desk-judged{look}">{said(judged.item_name)} → {said(judged.body.title)} '
            f'<span class="offer-share">{judged.body.share}%</span>{word}</div>'
        )
    if row.line.body_name:
        return f'<div class="desk-judged">{said(row.line.item_name)} · {said(row.line.body_name)}</div>'
    return ""
