"""Lists of follow-up plans: what is to be visited, what came of each plan, and the cases behind a number of one."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.lifecycle import FollowUpReason
from huying.kernel.cells import Cell
from huying.loop.evaluate.queries import AskedLine, FollowUp, visits_for
from huying.web.case.lists import filters
from huying.web.evaluation.planned import why_chosen
from huying.web.evaluation.plans import came_words, plans_asked, rates, reason_words
from huying.web.exporting.cases import PAGE, cells, heads
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.exporting.waiting import planned_cells, planned_heads
from huying.web.taking import ASKED, PLANS, VISITS

_REASONS: Final = (*(one.value for one in FollowUpReason), "unknown")


def _visit_heads(asked: Asked) -> Sequence[str]:
    return [*heads(asked), _("要回访的人数"), *planned_heads()]


def _visits(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = filters.read(asked.query)

    def page(after: str) -> tuple[Sequence[FollowUp], str]:
        found = visits_for(asked.actor, asked.now, after, PAGE, wanted)
        return found.cases, found.after

    return ([*cells(one.line), len(one.appeals), *planned_cells(one)] for one in paged(page))


def _plan_heads(asked: Asked) -> Sequence[str]:
    return [
        _("回访计划"), _("抽中"), _("还在回访"), _("有效回访"), _("无效回访"), _("已响应"), _("已解决"), _("满意"),
        _("基本满意"), _("响应率"), _("解决率"), _("满意率"), *map(reason_words, _REASONS),
    ]  # fmt: skip


def _plans(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one in plans_asked(asked.query, asked.actor, asked.now).results(asked.actor):
        yield [
            one.name, one.chosen, one.open, one.valid, one.invalid_count, one.responded, one.solved, one.satisfied,
            one.basically, *rates(one).values(), *(one.invalid.get(reason, 0) for reason in _REASONS),
        ]  # fmt: skip


def _asked_heads(asked: Asked) -> Sequence[str]:
    return [*heads(asked), _("抽中时间"), _("为什么抽到"), _("回访方式"), _("问得怎样"), _("回访结束")]


def _asked(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, code = plans_asked(asked.query, asked.actor, asked.now), asked.query.get("plan", "")

    def page(after: str) -> tuple[Sequence[AskedLine], str]:
        return wanted.cases(asked.actor, code, asked.now, after, PAGE)

    return (
        [
            *cells(one.line), at(one.chosen_at), why_chosen(one.planned), _(one.planned.way.zh), came_words(one),
            at(one.done_at),
        ]
        for one in paged(page)
    )  # fmt: skip


LISTS: Final = (
    Listed(VISITS, _visit_heads, _visits),
    Listed(PLANS, _plan_heads, _plans),
    Listed(ASKED, _asked_heads, _asked),
)
