"""The rows of the oversight board, put together without the template engine: hundreds of cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huying.web.case.lists.lines import Row
from huying.web.case.lists.rows import pick_cell
from huying.web.drawing import chip, moment, said


def gauge_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> SafeString:
    """One row a body, area or class: what is open there, what of it is late, and the other gauges."""
    open_label, late_label, *_rest = map(said, columns)
    return mark_safe("".join(_gauge_row(row, open_label, late_label) for row in rows))


def _gauge_row(row: Mapping[str, Any], open_label: str, late_label: str) -> str:
    count, href = row["open"]
    late = '<span class="faint">0</span>'
    if row["late"]:
        late = (
            f'<a href="{said(row["href"])}"><meter class="late-bar" min="0" max="100" value="{row["share"]}" '
            f'aria-hidden="true"></meter> {row["late"]}</a>'
        )
    rest = "".join(_rest_cell(*one) for one in row["rest"])
    chosen = ' aria-selected="true"' if row["chosen"] else ""
    name = said(row["name"])
    if row["inside"]:
        name = f'<a href="{said(row["inside"])}">{name}</a>'
    return (
        f'<tr{chosen}><th scope="row">{name}</th><td class="figure" data-label="{open_label}">'
        f'<a href="{said(href)}">{count}</a></td><td class="figure late-cell" data-label="{late_label}">{late}</td>'
        f"{rest}</tr>"
    )


def _rest_cell(count: int, href: str, label: str) -> str:
    shown = f'<a href="{said(href)}">{count}</a>' if count else '<span class="faint">0</span>'
    return f'<td class="figure" data-label="{said(label)}">{shown}</td>'


def late_rows(rows: Iterable[Mapping[str, Any]], may_pick: bool, near: bool) -> SafeString:
    """One row a late case, or one that is ``near``: ``row``, ``words`` and ``at`` for its clock, ``rung`` for where it
    stands on its ladder, ``before`` for what was done already.
    """
    centre, told, ladder = said(_("指挥中心")), said(_("期限") if near else _("自")), said(_("阶梯"))
    look = "soon-words" if near else "late-words"
    return mark_safe("".join(_late_row(one, may_pick, centre, told, ladder, look) for one in rows))


def _late_row(one: Mapping[str, Any], may_pick: bool, centre: str, told: str, ladder: str, look: str) -> str:
    row: Row = one["row"]
    line, href = row.line, said(row.href)
    box = pick_cell(row) if may_pick else ""
    urgency = f" {chip(row.urgency)}" if row.urgency else ""
    before = f'<div class="list-under">{said(one["before"])}</div>' if one["before"] else ""
    return (
        f'<tr data-href="{href}">{box}<td><a class="list-title" href="{href}">{said(line.title)}</a>'
        f'<div class="list-under"><span class="number">{line.number}</span> · {said(line.item_name)} · '
        f"{said(line.area_name)}</div></td><td>{said(line.body_name) or centre}</td><td>{chip(row.state)}{urgency}"
        f'</td><td><strong class="{look}">{said(one["words"])}</strong><div class="list-under">{told} '
        f'{moment(one["at"])}</div></td><td class="rung" data-label="{ladder}">{one["rung"]}{before}</td></tr>'
    )
