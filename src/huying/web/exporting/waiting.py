"""Lists of what waits for a person's decision: disputes, more time, follow-ups."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from huying.cases.queries.desks.waiting import DelayLine, DisputeLine, delays_for, disputes_for
from huying.kernel.cells import Cell
from huying.loop.evaluate.queries import FollowUp
from huying.web.case.lists import filters
from huying.web.evaluation.planned import page_of, wanted_list, why_chosen
from huying.web.exporting.cases import PAGE, cells, heads
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.oversight.asked import waiting_of
from huying.web.taking import DELAYS, DISPUTES, FOLLOW_UPS


def _by_number(read: Callable[[int], Sequence[Any]]) -> Iterator[Any]:
    """Every line of a list that is read from a number on; a page may be shorter than what was asked for."""

    def page(after: str) -> tuple[Sequence[Any], str]:
        found = read(int(after or 0))
        return found, str(found[-1].id) if found else ""

    return paged(page)


def _dispute_heads(asked: Asked) -> Sequence[str]:
    return [_("异议单位"), _("提出时间"), _("理由"), _("建议改派"), *heads(asked)]


def _disputes(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = waiting_of(asked.query)

    def row(one: DisputeLine) -> Sequence[Cell]:
        return [one.body, at(one.raised_at), one.grounds, one.proposed, *cells(one.line)]

    return map(row, _by_number(lambda after: disputes_for(asked.actor, asked.now, after, PAGE, wanted)))


def _delay_heads(asked: Asked) -> Sequence[str]:
    return [
        _("申请"),
        _("进度"),
        _("单位"),
        _("申请人"),
        _("申请时间"),
        _("挂账至"),
        _("原因"),
        _("初审"),
        *heads(asked),
    ]


def _delays(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = waiting_of(asked.query)

    def row(one: DelayLine) -> Sequence[Cell]:
        told: list[Cell] = [
            _(one.kind.zh),
            _(one.state.zh),
            one.body,
            one.by,
            at(one.asked_at),
            at(one.until),
        ]
        return [*told, one.reason, one.first, *cells(one.line)]

    return map(row, _by_number(lambda after: delays_for(asked.actor, asked.now, after, PAGE, wanted)))


def planned_cells(one: FollowUp) -> Sequence[Cell]:
    """What a plan wants of the case; empty where none does."""
    plan = one.planned
    return [plan.plan, _(plan.way.zh), at(plan.due_at), why_chosen(plan)] if plan else ["", "", "", ""]


def planned_heads() -> Sequence[str]:
    """The columns of what a plan wants."""
    return [_("回访计划"), _("回访方式"), _("回访期限"), _("为什么抽到")]


def _follow_up_heads(asked: Asked) -> Sequence[str]:
    return [*heads(asked), _("要回访的人数"), _("已打几次"), *planned_heads()]


def _follow_ups(asked: Asked) -> Iterator[Sequence[Cell]]:
    of, wanted = wanted_list(asked.query, asked.actor.district), filters.read(asked.query)

    def page(after: str) -> tuple[Sequence[FollowUp], str]:
        found = page_of(of, asked.actor, asked.now, after, PAGE, wanted)
        return found.cases, found.after

    def row(one: FollowUp) -> Sequence[Cell]:
        tried = max((appeal.attempts for appeal in one.appeals), default=0)
        return [*cells(one.line), len(one.appeals), tried, *planned_cells(one)]

    return map(row, paged(page))


LISTS: Final = (
    Listed(DISPUTES, _dispute_heads, _disputes),
    Listed(DELAYS, _delay_heads, _delays),
    Listed(FOLLOW_UPS, _follow_up_heads, _follow_ups),
)
