"""Warnings, the cases of each, and campaigns as files."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.cases.queries.lists.queue import lines_of
from huying.kernel.cells import Cell
from huying.prevent.campaigns.queries.campaigns import PAGE as CAMPAIGN_PAGE
from huying.prevent.campaigns.queries.campaigns import campaign_for, campaigns_for
from huying.prevent.warnings.queries.lists import PAGE, warning_for, warnings_for
from huying.web.campaigns.asked import state_asked, task_state_asked
from huying.web.exporting.cases import cells, heads
from huying.web.exporting.listed import Asked, Listed, at, backwards
from huying.web.taking import CAMPAIGN_TASKS, CAMPAIGNS, WARNED_CASES, WARNINGS
from huying.web.warnings.asked import warnings_asked


def _warning_heads(asked: Asked) -> Sequence[str]:
    return [
        _("事项"), _("区域代码"), _("区域"), _("自"), _("至"), _("实际件数"), _("往常件数"), _("平静的月份有几次"),
        _("状态"), _("结论"), _("原因"), _("发现时间"),
    ]  # fmt: skip


def _warnings(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, before = warnings_asked(asked.query), None
    while True:
        found = warnings_for(asked.actor, wanted, before)
        for one in found:
            yield [
                one.item_name, one.area, one.area_name, one.began.isoformat(), one.last_day.isoformat(), one.seen,
                round(one.expected, 1), round(one.chance, 3), _(one.state.zh), _(one.verdict.zh) if one.verdict else "",
                one.cause, at(one.noticed_at),
            ]  # fmt: skip
        if len(found) < PAGE:
            return
        before = (found[-1].noticed_at, found[-1].id)


def _case_heads(asked: Asked) -> Sequence[str]:
    return heads(asked)


def _cases(asked: Asked) -> Iterator[Sequence[Cell]]:
    number = asked.query.get("warning", "")
    view = warning_for(
        asked.actor, int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    )
    for line in lines_of(asked.actor, sorted(view.cases, reverse=True), asked.now):
        yield cells(line)


def _campaign_heads(asked: Asked) -> Sequence[str]:
    return [
        _("名称"), _("区域代码"), _("区域"), _("怎么来的"), _("牵头单位"), _("自"), _("至"), _("任务数"), _("已办"),
        _("发现问题"), _("逾期未办"), _("状态"),
    ]  # fmt: skip


def _campaigns(asked: Asked) -> Iterator[Sequence[Cell]]:
    today, state = timezone.localdate(asked.now), state_asked(asked.query)
    for one in backwards(lambda before: campaigns_for(asked.actor, today, state, before), CAMPAIGN_PAGE):
        yield [
            one.name, one.area, one.area_name, _(one.origin.zh), one.lead, one.begins.isoformat(), one.due.isoformat(),
            one.tasks, one.done, one.found, one.late, _(one.state.zh),
        ]  # fmt: skip


def _task_heads(asked: Asked) -> Sequence[str]:
    return [
        _("网格代码"), _("网格"), _("完成日期"), _("状态"), _("发现"), _("说明"), _("案件"), _("办理时间"), _("办理人"),
        _("照片张数"),
    ]  # fmt: skip


def _tasks(asked: Asked) -> Iterator[Sequence[Cell]]:
    number = asked.query.get("campaign", "")
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    view = campaign_for(asked.actor, known, timezone.localdate(asked.now), task_state_asked(asked.query))
    for one in view.tasks:
        yield [
            one.grid, one.grid_name, one.due.isoformat(), _(one.state.zh), _(one.finding.zh) if one.finding else "",
            one.words, one.case, at(one.done_at), one.done_by,
            len(one.photos),
        ]  # fmt: skip


LISTS: Final = (
    Listed(CAMPAIGNS, _campaign_heads, _campaigns),
    Listed(CAMPAIGN_TASKS, _task_heads, _tasks),
    Listed(WARNINGS, _warning_heads, _warnings),
    Listed(WARNED_CASES, _case_heads, _cases),
)
