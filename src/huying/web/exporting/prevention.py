"""What prevention lists, as files."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.prevent.hot_issues.queries import issues_for
from huying.prevent.recurring.queries import projects_for, recurrences_for
from huying.prevent.recurring.rules.states import ProjectState
from huying.web.case import showing
from huying.web.exporting.listed import Asked, Listed, at
from huying.web.hot.issues import wanted_of
from huying.web.recurring.listing import area_of, chip_of
from huying.web.risk.listing import heard_for, narrowed_by
from huying.web.taking import HOT_ISSUES, PROJECTS, RECURRING, RISKS


def _heads(asked: Asked) -> Sequence[str]:
    return [
        _("名次"), _("问题"), _("地点"), _("人群"), _("热度"), _("件数"), _("人数"), _("最集中30天占比"), _("最早"),
        _("最近"),
    ]  # fmt: skip


def _rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    found = issues_for(asked.actor, wanted_of(asked.query), asked.now)
    for rank, one in enumerate(found, 1):
        heat = one.heat
        yield [
            rank, one.title, one.place, one.people, round(heat.value, 1), heat.messages, heat.people,
            round(heat.focus, 2), at(one.first), at(one.last),
        ]  # fmt: skip


def _recurring_heads(asked: Asked) -> Sequence[str]:
    return [
        _("问题"),
        _("事项编码"),
        _("区域"),
        _("件数"),
        _("结案后又来"),
        _("最早"),
        _("最近"),
        _("治理项目"),
    ]


def _recurring(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one in recurrences_for(asked.actor, area_of(asked.query)):
        yield [
            one.title, one.item, one.area_name, one.count, one.again, at(one.first_at), at(one.last_at),
            chip_of(one.state).text,
        ]  # fmt: skip


def _project_heads(asked: Asked) -> Sequence[str]:
    return [
        _("名称"), _("牵头单位"), _("负责人"), _("原因"), _("措施"), _("经费说明"), _("开始"), _("计划完成"), _("状态"),
        _("完成日期"), _("做成了什么"),
    ]  # fmt: skip


def _projects(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one, body in projects_for(asked.actor):
        yield [
            one.name, body, one.owner, one.cause, one.measure, one.cost, one.starts_on.isoformat(),
            one.ends_on.isoformat(), chip_of(ProjectState(one.state)).text,
            one.finished_on.isoformat() if one.finished_on else "", one.outcome,
        ]  # fmt: skip


def _risk_heads(asked: Asked) -> Sequence[str]:
    return [
        _("案件编号"), _("标题"), _("区域"), _("状态"), _("类别"), _("紧急程度"), _("把握"), _("听到的话"), _("时间"),
        _("判定"),
    ]  # fmt: skip


def _risks(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one in narrowed_by(heard_for(asked.actor, asked.now), asked.query):
        yield [
            one.line.number, one.line.title, one.line.area_name, showing.state_chip(one.line.state).text,
            _(one.kind.zh), _(one.urgency.zh), _("明白说了") if one.precise else _("可能是"), "、".join(one.words),
            at(one.at), _(one.verdict.zh) if one.verdict else "",
        ]  # fmt: skip


LISTS: Final = (
    Listed(RISKS, _risk_heads, _risks),
    Listed(HOT_ISSUES, _heads, _rows),
    Listed(RECURRING, _recurring_heads, _recurring),
    Listed(PROJECTS, _project_heads, _projects),
)
