"""Services near home as files: the facilities, the circle by kind and community, demand against supply."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.kernel.errors import NotFound
from huying.people.queries import unit_names
from huying.places.queries import area_words
from huying.services.queries import (
    FacilityInfo,
    balances_for,
    circle_for,
    facilities_for,
    kind_names,
)
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.services.entries.listing import wanted_of
from huying.web.services.words import amenity_words
from huying.web.taking import CIRCLE, FACILITIES, SERVICE_DEMAND

_STEP: Final = 500


def _facility_heads(asked: Asked) -> Sequence[str]:
    return [
        _("编号"), _("类型"), _("名称"), _("区域代码"), _("区域"), _("地址"), _("经度"), _("纬度"), _("电话"),
        _("开放时间"), _("有什么"), _("说明"), _("维护单位"), _("核对时间"), _("来源"),
    ]  # fmt: skip


def _facility_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, district = wanted_of(asked.query), asked.actor.district
    kinds, keepers = kind_names(district), unit_names(district)

    def page(after: str) -> tuple[Sequence[FacilityInfo], str]:
        rows = facilities_for(asked.actor, wanted, after=int(after or 0), limit=_STEP)
        return rows, str(rows[-1].id) if len(rows) == _STEP else ""

    for row in paged(page):
        yield [
            row.id, _(kinds.get(row.kind, row.kind)), row.name, row.area, area_words(district, row.area), row.address,
            row.lon, row.lat, row.phone, row.hours, "、".join(amenity_words(row)), row.note,
            keepers.get(row.body_id or 0, ""), at(row.checked_at), row.source,
        ]  # fmt: skip


def _circle_heads(asked: Asked) -> Sequence[str]:
    return [
        _("服务"), _("步行（分钟）"), _("现有"), _("社区代码"), _("社区"), _("人口"), _("走得到的人"), _("走得到的比例"),
    ]  # fmt: skip


def _circle_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    try:
        circle = circle_for(asked.actor)
    except NotFound:
        return
    for one in circle.kinds:
        for code, (people, covered) in sorted(one.communities.items()):
            share = round(covered / people, 4) if people else None
            where = area_words(asked.actor.district, code)
            yield [_(one.name), one.minutes, one.places, code, where, round(people), round(covered), share]


def _demand_heads(asked: Asked) -> Sequence[str]:
    return [_("社区代码"), _("社区"), _("类别"), _("要约的"), _("办成的"), _("名额"), _("缺口")]


def _demand_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    found = balances_for(asked.actor, asked.now, asked.query.get("category", "")[:12])
    for one in found.rows:
        where = area_words(asked.actor.district, one.community)
        yield [
            one.community, where, one.category, one.demand, one.served, round(one.supply, 1), round(one.gap, 1),
        ]  # fmt: skip


LISTS: Final = (
    Listed(FACILITIES, _facility_heads, _facility_rows),
    Listed(CIRCLE, _circle_heads, _circle_rows),
    Listed(SERVICE_DEMAND, _demand_heads, _demand_rows),
)
