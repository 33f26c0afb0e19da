"""Patrols as files: tours, finds, tasks to look at something. Where somebody walked is in none of them."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.patrol.queries import CheckInfo, FindInfo, TourInfo, checks_for, finds_for, tours_for
from huying.places.queries import area_words
from huying.web.exporting.listed import Asked, Listed, at, backwards
from huying.web.patrol.desk.finds import kind_of
from huying.web.patrol.desk.tabs import area_of
from huying.web.present.patrols import find_line, tour_line
from huying.web.taking import PATROL_CHECKS, PATROL_FINDS, PATROL_TOURS

_STEP: Final = 500


def _tour_heads(asked: Asked) -> Sequence[str]:
    return [
        _("姓名"), _("责任区代码"), _("责任区"), _("上岗"), _("上岗地点"), _("下岗"), _("下岗地点"), _("公里"),
        _("状态"), _("说明"),
    ]  # fmt: skip


def _tours(asked: Asked) -> Iterator[Sequence[Cell]]:
    area, open_only = area_of(asked.query), asked.query.get("state") == "on"

    def page(before: int | None) -> Sequence[TourInfo]:
        return tours_for(asked.actor, area=area, open_only=open_only, before=before, limit=_STEP)

    for row in backwards(page, _STEP):
        line = tour_line(asked.actor.district, row)
        there = area_words(asked.actor.district, row.start_area)
        yield [
            row.name, row.area, line.where, at(row.started_at), there, at(row.ended_at),
            area_words(asked.actor.district, row.end_area), line.kilometres, line.state.text, "；".join(line.marks),
        ]  # fmt: skip


def _find_heads(asked: Asked) -> Sequence[str]:
    return [
        _("案件编号"), _("什么事"), _("做法"), _("谁"), _("区域代码"), _("区域"), _("发现"), _("收到"), _("状态"),
        _("说明"),
    ]  # fmt: skip


def _finds(asked: Asked) -> Iterator[Sequence[Cell]]:
    area, kind = area_of(asked.query), kind_of(asked.query)

    def page(before: int | None) -> Sequence[FindInfo]:
        return finds_for(asked.actor, area=area, kind=kind, before=before, limit=_STEP)

    for row in backwards(page, _STEP):
        line = find_line(asked.actor.district, row)
        yield [
            row.number, row.title, _(row.kind.zh), row.name, row.area, line.where, at(row.found_at),
            at(row.arrived_at), line.state.text, "；".join(line.marks),
        ]  # fmt: skip


def _check_heads(asked: Asked) -> Sequence[str]:
    return [
        _("案件编号"), _("类型"), _("看什么"), _("区域代码"), _("区域"), _("谁派的"), _("派出"), _("时限"),
        _("看到的情况"), _("说明"), _("谁看的"), _("看的时间"), _("收到"), _("撤回"),
    ]  # fmt: skip


def _checks(asked: Asked) -> Iterator[Sequence[Cell]]:
    open_only = asked.query.get("state") == "open"

    def page(before: int | None) -> Sequence[CheckInfo]:
        return checks_for(asked.actor, open_only=open_only, before=before, limit=_STEP)

    for row in backwards(page, _STEP):
        yield [
            row.number, _(row.kind.zh), row.words, row.area, area_words(asked.actor.district, row.area),
            row.asked_by, at(row.asked_at), at(row.due_at), _(row.answer.zh) if row.answer else "", row.note,
            row.answered_by, at(row.seen_at), at(row.answered_at), at(row.withdrawn_at),
        ]  # fmt: skip


LISTS: Final = (
    Listed(PATROL_TOURS, _tour_heads, _tours),
    Listed(PATROL_FINDS, _find_heads, _finds),
    Listed(PATROL_CHECKS, _check_heads, _checks),
)
