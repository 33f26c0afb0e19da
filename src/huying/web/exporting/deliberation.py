"""Meetings and proposals as files: nothing of who said what at a meeting, nothing of any ballot."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.deliberation.queries.meetings import PAGE, MeetingLine, meetings_for
from huying.deliberation.queries.proposals import PAGE as PROPOSALS_PAGE
from huying.deliberation.queries.proposals import proposals_for
from huying.kernel.cells import Cell
from huying.web.deliberation.asked import meetings_asked, proposals_asked
from huying.web.exporting.listed import Asked, Listed, at, backwards
from huying.web.taking import MEETINGS, PROPOSALS


def _meeting_heads(asked: Asked) -> Sequence[str]:
    return [
        _("会议名称"), _("会议类型"), _("区域代码"), _("区域"), _("地点"), _("时间"), _("主持人"), _("收集件数"),
        _("收集已结束"),
    ]  # fmt: skip


def _meetings(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, before = meetings_asked(asked.query), None
    while True:
        found: list[MeetingLine] = meetings_for(asked.actor, wanted, before)
        for one in found:
            yield [
                one.title, one.kind, one.area, one.area_name, one.venue, at(one.held_at), one.host, one.taken,
                _("是") if one.over else "",
            ]  # fmt: skip
        if len(found) < PAGE:
            return
        before = (found[-1].held_at, found[-1].id)


def _proposal_heads(asked: Asked) -> Sequence[str]:
    return [_("提案名称"), _("区域代码"), _("区域"), _("表决方式"), _("进展"), _("提出时间"), _("投票截止")]


def _proposals(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = proposals_asked(asked.query)
    for one in backwards(
        lambda before: proposals_for(asked.actor, wanted, asked.now, before), PROPOSALS_PAGE
    ):
        yield [
            one.title,
            one.area,
            one.area_name,
            one.kind,
            _(one.phase.zh),
            at(one.made_at),
            at(one.closes_at),
        ]


LISTS: Final = (
    Listed(MEETINGS, _meeting_heads, _meetings),
    Listed(PROPOSALS, _proposal_heads, _proposals),
)
