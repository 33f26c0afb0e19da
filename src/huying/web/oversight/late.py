"""What is late, and what will be: the list below the board, each case with its rung and with what was done before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.queries.desks.ladder import HURRYING, Ladder, ladders_of
from huying.cases.queries.lists.filtering import NO_ITEM
from huying.cases.queries.lists.queue import CaseLine
from huying.loop.supervise.queries import Oversight
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import left_words, span_words
from huying.web.drawing import moment
from huying.web.guard import StaffRequest
from huying.web.oversight.asked import is_soon, soon, worst
from huying.web.taking import LATE, address_of

#: What an address may narrow the list by.
FILTERS: Final = ("body", "item", "clock", "area", "only")


def section(request: StaffRequest, board: Oversight) -> dict[str, Any]:
    """The list the address asks for: what is late, longest late first, or what is nearly late, soonest first."""
    near, after = is_soon(request.GET), request.GET.get("after", "")
    cases, following = _soon(request, after) if near else _late(request, after)
    return {
        "near": near,
        "cases": cases,
        "listed": "" if after or following else str(len(cases)),
        "next": query_with(request.GET, after=following) if following else "",
        "filtered": _filtered(request, board),
        "all": query_with(request.GET, **dict.fromkeys((*FILTERS, "after"), "")),
        "lists": [
            (_("超时最久的"), query_with(request.GET, due="", after=""), not near),
            (_("快到时限的"), query_with(request.GET, due="soon", clock="", after=""), near),
        ],
        "export_late": "" if near else address_of(LATE, request),
    }


def _late(request: StaffRequest, after: str) -> tuple[list[dict[str, Any]], str]:
    found = worst(request.actor, request.GET, request.now, after)
    ladders = ladders_of(request.actor.district, [one.line.id for one in found.cases])
    rows = []
    for one in found.cases:
        said = {"clock": _(one.kind.zh), "span": span_words(request.now - one.since)}
        words, ladder = _("%(clock)s超时 %(span)s") % said, ladders[one.line.id]
        rows.append(_row(request, one.line, words, one.since, one.kind, one.body_id, ladder))
    return rows, found.after


def _soon(request: StaffRequest, after: str) -> tuple[list[dict[str, Any]], str]:
    found = soon(request.actor, request.GET, request.now, after)
    ladders = ladders_of(request.actor.district, [line.id for line in found.lines])
    rows = []
    for line in found.lines:
        if line.due_kind is not None and line.due_at is not None:
            words = f"{_(line.due_kind.zh)} {left_words(line.due_at, request.now)}"
            ladder, body = ladders[line.id], line.body_id or 0
            rows.append(_row(request, line, words, line.due_at, line.due_kind, body, ladder))
    return rows, found.after


def _row(
    request: StaffRequest, line: CaseLine, words: str, at: datetime, kind: ClockKind, body: int, ladder: Ladder
) -> dict[str, Any]:  # fmt: skip
    return {
        "row": row_of(line, request), "words": words, "at": at, "rung": rung_words(ladder, kind, body),
        "before": before_words(ladder.before),
    }  # fmt: skip


def rung_words(ladder: Ladder, kind: ClockKind, body_id: int) -> str:
    """The rung reached and the next one with its time, as markup: 红牌超时 → 督办 11月30日 10:00."""
    stood = ladder.clocks.get((kind, body_id if kind.of_order else 0))
    if stood is None:
        return ""
    reached = _(stood.reached.zh) if stood.reached else _("还没有预警")
    return f"{reached} → {_(stood.coming.zh)} {moment(stood.at)}" if stood.coming and stood.at else reached


def before_words(before: Mapping[Verb, int]) -> str:
    """What was done before: 预警 3 次 · 催办 1 次."""
    told = (verb for verb in HURRYING if before.get(verb))
    return " · ".join(_("%(what)s %(n)d 次") % {"what": _(verb.zh), "n": before[verb]} for verb in told)


def _filtered(request: StaffRequest, board: Oversight) -> str:
    """What the list is narrowed to, in words; "" for nothing."""
    named: Mapping[str, str] = {row.key: row.name for row in board.rows if row.key}
    said: Sequence[str] = [named.get(request.GET.get(name, ""), "") for name in ("body", "area", "item")]
    clock = request.GET.get("clock", "")
    more = [
        _("位置未定") if request.GET.get("only") == "1" else "",
        _("未分类") if request.GET.get("item") == NO_ITEM else "",
        _(ClockKind(clock).zh) if clock in set(ClockKind) else "",
    ]
    return " · ".join(one for one in (*said, *more) if one)
