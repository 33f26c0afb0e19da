"""Persons, buildings and visits as files: names masked; who took persons away is written down page by page."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.people.rules.kinds import ViewingKind
from huying.places.queries import area_words
from huying.residents.actions import take_list
from huying.residents.queries import BuildingInfo, PersonLine, buildings_for
from huying.visits.actions import see_missed, see_visits
from huying.visits.queries import VisitLine, workload_for
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.residents.listing import wanted_of
from huying.web.residents.words import line_of
from huying.web.taking import BUILDINGS, MISSED_VISITS, RESIDENTS, VISITS_OF_DAY, WORKLOAD
from huying.web.visits.planning import month_asked
from huying.web.visits.today import area_of
from huying.web.visits.today import wanted_of as visits_wanted
from huying.web.visits.words import line_of as visit_line

_STEP: Final = 500


def _person_heads(asked: Asked) -> Sequence[str]:
    return [_("住户编号"), _("姓名"), _("性别和年龄"), _("类别"), _("等级"), _("住址"), _("网格")]


def _persons(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = wanted_of(asked.query)

    def page(after: str) -> tuple[Sequence[PersonLine], str]:
        rows = take_list(asked.actor, wanted, asked.now, int(after or 0), _STEP)
        return rows, str(rows[-1].id) if len(rows) == _STEP else ""

    for row in paged(page):
        line = line_of(asked.actor, row)
        yield [
            row.id,
            row.name,
            line.who,
            "、".join(chip.text for chip in line.chips),
            line.level.text if line.level else "",
            row.where,
            line.grid,
        ]


def _building_heads(asked: Asked) -> Sequence[str]:
    return [
        _("小区"),
        _("楼栋"),
        _("地址"),
        _("网格"),
        _("经度"),
        _("纬度"),
        _("层数"),
        _("人数"),
        _("重点人员"),
    ]


def _buildings(asked: Asked) -> Iterator[Sequence[Cell]]:
    word = asked.query.get("q", "").replace("\x00", "").strip()[:40]

    def page(after: str) -> tuple[Sequence[BuildingInfo], str]:
        rows = buildings_for(asked.actor, area_of(asked.query), word, int(after or 0), _STEP)
        return rows, str(rows[-1].id) if len(rows) == _STEP else ""

    for row in paged(page):
        where = area_words(asked.actor.district, row.area)
        yield [row.estate, row.name, row.address, where, row.lon, row.lat, row.floors, row.people, row.keys]


def _visit_heads(asked: Asked) -> Sequence[str]:
    return [
        _("日期"),
        _("次序"),
        _("走访人"),
        _("姓名"),
        _("住址"),
        _("网格"),
        _("等级"),
        _("事由"),
        _("最晚"),
        _("状态"),
        _("已告诉"),
    ]


def _visit(asked: Asked, row: VisitLine) -> Sequence[Cell]:
    line = visit_line(asked.actor, row, asked.now)
    return [
        f"{row.day:%Y-%m-%d}",
        row.place or None,
        row.worker,
        line.name,
        line.where,
        line.grid,
        line.level.text if line.level else "",
        _(row.reason.zh),
        at(row.due_at),
        line.state.text,
        _(row.rung.zh) if row.rung else "",
    ]


def _visits(asked: Asked) -> Iterator[Sequence[Cell]]:
    sought = visits_wanted(asked.query, timezone.localdate(asked.now))
    for row in see_visits(asked.actor, sought, asked.now, 5000, ViewingKind.EXPORT):
        yield _visit(asked, row)


def _missed(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(after: str) -> tuple[Sequence[VisitLine], str]:
        rows = see_missed(
            asked.actor, area_of(asked.query), asked.now, int(after or 0), _STEP, ViewingKind.EXPORT
        )
        return rows, str(rows[-1].id) if len(rows) == _STEP else ""

    for row in paged(page):
        yield _visit(asked, row)


def _load_heads(asked: Asked) -> Sequence[str]:
    return [_("走访人"), _("计划户次"), _("已走访"), _("逾期"), _("出门天数")]


def _load(asked: Asked) -> Iterator[Sequence[Cell]]:
    month = month_asked(asked.query.get("month", ""), timezone.localdate(asked.now))
    for one in workload_for(asked.actor, area_of(asked.query), month, asked.now):
        yield [one.name, one.planned, one.done, one.missed, one.days]


LISTS: Final = (
    Listed(RESIDENTS, _person_heads, _persons),
    Listed(BUILDINGS, _building_heads, _buildings),
    Listed(VISITS_OF_DAY, _visit_heads, _visits),
    Listed(MISSED_VISITS, _visit_heads, _missed),
    Listed(WORKLOAD, _load_heads, _load),
)
