"""Districts and areas by code, name and kinship."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from huying.geo.datums import Datum
from huying.kernel.errors import NotFound
from huying.kernel.saying import said
from huying.places.models import Area, District
from huying.places.queries.held import book
from huying.places.queries.standing import in_force
from huying.places.rules.book import AreaRow
from huying.places.rules.levels import Level

_DISTRICT: Final = "SELECT code, name, city, zone, datum, lon, lat FROM places_district WHERE code = %s"


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district: its IANA time zone, the datum its people are shown, and its middle in CGCS2000 degrees."""

    code: int
    name: str
    city: str
    zone: str
    datum: Datum
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class AreaVersion:
    """One version of an area; ``valid_to`` is None for the one in force. Times are aware."""

    code: str
    name: str
    source: str
    valid_from: datetime
    valid_to: datetime | None


def district(code: int) -> DistrictRow:
    """One district; NotFound when there is none of that code."""
    with connection.cursor() as cursor:
        # Asked several times with every page of figures: building the question costs more than answering it.
        cursor.execute(_DISTRICT, [code])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(said("没有代码为 %(code)s 的区。", code=code))
    number, name, city, zone, datum, lon, lat = row
    return DistrictRow(number, name, city, zone, Datum(datum), lon, lat)


def districts() -> list[DistrictRow]:
    """Every district, by code."""
    return [_district(row) for row in District.objects.order_by("code")]


def _district(row: District) -> DistrictRow:
    return DistrictRow(row.code, row.name, row.city, row.zone, Datum(row.datum), row.lon, row.lat)


def areas(district: int, level: Level) -> list[AreaRow]:
    """The areas of a level in force, by code."""
    return book(district).of_level(level)


def children(district: int, code: str) -> list[AreaRow]:
    """The areas directly below one, by code."""
    return book(district).children(code)


def area(district: int, code: str) -> AreaRow:
    """One area in force; NotFound when there is none of that code."""
    found = book(district).by_code.get(code)
    if found is None:
        raise NotFound(said("没有代码为 %(code)s 的区域。", code=code))
    return found


def area_path(district: int, code: str) -> tuple[str, ...]:
    """The names from the district down to an area."""
    return book(district).path(code)


def area_words(district: int, code: str) -> str:
    """Where an area lies below the district, as it is read out: 福坞街道 霞岗社区 第04网格; "" for none."""
    return book(district).words(code)


def area_name(district: int, code: str) -> str:
    """Like ``area_words``, but of the whole district its own name, and of an area nobody knows its code."""
    return area_words(district, code) or " ".join(area_path(district, code)) or code


def find_area(district: int, name: str, level: Level, scope: str = "") -> AreaRow | None:
    """The area of a level by name, in any usual spelling (龙田, 龙田街道, 坪山区龙田街道办事处).

    None when there is none, or more than one within the scope (a code prefix).
    """
    return book(district).find(name, level, scope)


def area_history(district: int, code: str) -> list[AreaVersion]:
    """Every version of an area, oldest first."""
    rows = Area.objects.filter(district=district, code=code).order_by("valid_from")
    return [AreaVersion(row.code, row.name, row.source, row.valid_from, row.valid_to) for row in rows]


def area_at(district: int, code: str, at: datetime) -> AreaVersion:
    """The version of an area that was in force at a moment; NotFound when there was none."""
    row = Area.objects.filter(in_force(at), district=district, code=code).first()
    if row is None:
        raise NotFound(said("当时没有代码为 %(code)s 的区域。", code=code))
    return AreaVersion(row.code, row.name, row.source, row.valid_from, row.valid_to)


def ended_areas(district: int, now: datetime) -> dict[str, str]:
    """Areas that were once in force and are no longer, by code, with the name they had last."""
    rows = Area.objects.filter(district=district, valid_to__lte=now).order_by("valid_from")
    known = book(district).by_code
    return {code: name for code, name in rows.values_list("code", "name") if code not in known}
