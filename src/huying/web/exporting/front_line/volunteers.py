"""Volunteers, musters and the lists of the joint meeting as files; numbers masked as on the screen."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.kernel.errors import NotFound
from huying.places.queries import area_name
from huying.volunteers.queries import (
    ListingRow,
    MusterLine,
    ProjectRow,
    UnitRow,
    figures_for,
    listings_for,
    muster_for,
    musters_for,
    projects_for,
    skills,
    units_for,
    volunteers_for,
)
from huying.web.admin.asked import number_of
from huying.web.exporting.listed import Asked, Listed, at, backwards, paged
from huying.web.taking import (
    LIST_PROJECTS,
    LISTINGS,
    MUSTERED,
    MUSTERS,
    UNITS,
    VOLUNTEER_FIGURES,
    VOLUNTEERS,
)
from huying.web.volunteers.figures import span_of
from huying.web.volunteers.joint.listings import wanted_of as listing_wanted
from huying.web.volunteers.joint.projects import wanted_of as project_wanted
from huying.web.volunteers.joint.units import wanted_of as unit_wanted
from huying.web.volunteers.listing import wanted_of as muster_wanted
from huying.web.volunteers.people.listing import wanted_of as people_wanted
from huying.web.volunteers.words import PersonRow, person_rows, skill_words

_STEP: Final = 500


def _people_heads(asked: Asked) -> Sequence[str]:
    return [
        _("姓名"), _("电话"), _("身份"), _("区域代码"), _("报到的社区"), _("所在单位"), _("技能"), _("日子"), _("时段"),
        _("能走多远（米）"), _("参加应急"), _("登记时间"), _("暂不接召集自"), _("退出时间"), _("到场次数"), _("没有到"),
        _("服务时长（分钟）"),
    ]  # fmt: skip


def _people(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = people_wanted(asked.query)

    def page(after: str) -> tuple[Sequence[PersonRow], str]:
        before = int(after) if after else None
        rows = volunteers_for(asked.actor, wanted, before=before, limit=_STEP)
        return person_rows(asked.actor.district, rows), str(rows[-1].id) if len(rows) == _STEP else ""

    for line in paged(page):
        one = line.row
        yield [
            one.name, one.phone, _(one.kind.zh), one.area, line.where, one.unit_name, line.skills, line.days, line.times,
            one.metres, _("是") if one.emergency else "", at(one.made_at), at(one.rests_since), at(one.left_at),
            one.came, one.absent, one.minutes,
        ]  # fmt: skip


def _muster_heads(asked: Asked) -> Sequence[str]:
    return [
        _("召集"), _("要做什么"), _("区域代码"), _("区域"), _("集合地点"), _("开始"), _("结束"), _("要几个人"),
        _("通知人数"), _("应答人数"), _("认领人数"), _("到场次数"), _("没有到"), _("首个应答（秒）"),
        _("报满用时（秒）"), _("服务时长（分钟）"), _("状态"), _("发起人"), _("发起时间"),
    ]  # fmt: skip


def _musters(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = muster_wanted(asked.query)

    def page(before: int | None) -> list[MusterLine]:
        return musters_for(asked.actor, wanted, asked.now, before=before, limit=_STEP)

    for one in backwards(page, _STEP):
        yield [
            one.id, one.title, one.area, area_name(asked.actor.district, one.area), one.place_text, at(one.starts_at),
            at(one.ends_at), one.quota, one.told, one.answered, one.taken, one.came, one.absent, one.first_seconds,
            one.full_seconds, one.minutes, _(one.phase.zh), one.made_by, at(one.made_at),
        ]  # fmt: skip


def _mustered_heads(asked: Asked) -> Sequence[str]:
    return [
        _("姓名"), _("身份"), _("报到的社区"), _("所在单位"), _("技能"), _("状态"), _("认领时间"), _("签到"),
        _("签到方式"), _("离集合点（米）"), _("签退"), _("服务时长（分钟）"),
    ]  # fmt: skip


def _mustered(asked: Asked) -> Iterator[Sequence[Cell]]:
    number, district = number_of(asked.query.get("muster", "")), asked.actor.district
    if number is None:
        raise NotFound
    names = skills(district)
    for one in muster_for(asked.actor, number, asked.now).claims:
        yield [
            one.name, _(one.kind.zh), area_name(district, one.area), one.unit_name, skill_words(names, one.skills),
            _(one.standing.zh), at(one.claimed_at), at(one.in_at), _(one.in_way.zh) if one.in_way else "", one.metres,
            at(one.out_at), one.minutes,
        ]  # fmt: skip


def _unit_heads(asked: Asked) -> Sequence[str]:
    return [
        _("单位名称"), _("单位类型"), _("区域代码"), _("在哪里报到"), _("联系人"), _("联系电话"), _("在册人员"),
        _("资源数"), _("认领项目"), _("完成项目"), _("登记时间"), _("退出时间"), _("简介"),
    ]  # fmt: skip


def _units(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = unit_wanted(asked.query)

    def page(before: int | None) -> list[UnitRow]:
        return units_for(asked.actor, wanted, before=before, limit=_STEP)

    for one in backwards(page, _STEP):
        yield [
            one.name, _(one.kind.zh), one.area, area_name(asked.actor.district, one.area), one.contact, one.phone,
            one.people, one.offers, one.projects, one.done, at(one.made_at), at(one.left_at), one.words,
        ]  # fmt: skip


def _listing_heads(asked: Asked) -> Sequence[str]:
    return [
        _("清单"), _("类别"), _("一句话"), _("详细情况"), _("哪个单位的"), _("区域代码"), _("区域"), _("从哪天起"),
        _("到哪天止"), _("项目编号"), _("登记时间"), _("移出时间"),
    ]  # fmt: skip


def _listings(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = listing_wanted(asked.query)

    def page(before: int | None) -> list[ListingRow]:
        return listings_for(asked.actor, wanted, before=before, limit=_STEP)

    for one in backwards(page, _STEP):
        yield [
            _(one.sheet.zh), _(one.matter.zh), one.title, one.words, one.unit_name, one.area,
            area_name(asked.actor.district, one.area), one.since, one.until, one.project_id, at(one.made_at),
            at(one.ended_at),
        ]  # fmt: skip


def _project_heads(asked: Asked) -> Sequence[str]:
    return [
        _("项目编号"), _("项目名称"), _("需求"), _("用哪条资源"), _("认领单位"), _("负责人"), _("承诺做到什么"),
        _("哪天前做到"), _("状态"), _("最近进展"), _("做成了什么"), _("区域代码"), _("区域"),
    ]  # fmt: skip


def _projects(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, today = project_wanted(asked.query), localdate(asked.now)

    def page(before: int | None) -> list[ProjectRow]:
        return projects_for(asked.actor, wanted, today, before=before, limit=_STEP)

    for one in backwards(page, _STEP):
        yield [
            one.id, one.title, one.need_title, one.resource_title, one.unit_name, one.who, one.promise, one.due_on,
            _(one.state.zh), one.last, one.result, one.area, area_name(asked.actor.district, one.area),
        ]  # fmt: skip


def _figure_heads(asked: Asked) -> Sequence[str]:
    return [
        _("区域代码"), _("社区"), _("志愿者"), _("报到党员"), _("到场次数"), _("没有到"), _("服务时长（分钟）"),
    ]  # fmt: skip


def _figures(asked: Asked) -> Iterator[Sequence[Cell]]:
    for one in figures_for(asked.actor, *span_of(asked.query, asked.now)).communities:
        yield [
            one.area, area_name(asked.actor.district, one.area), one.people, one.members, one.came, one.absent,
            one.minutes,
        ]  # fmt: skip


LISTS: Final = (
    Listed(VOLUNTEERS, _people_heads, _people),
    Listed(MUSTERS, _muster_heads, _musters),
    Listed(MUSTERED, _mustered_heads, _mustered),
    Listed(UNITS, _unit_heads, _units),
    Listed(LISTINGS, _listing_heads, _listings),
    Listed(LIST_PROJECTS, _project_heads, _projects),
    Listed(VOLUNTEER_FIGURES, _figure_heads, _figures),
)
