"""What the worker does for services, and files brought in whole."""

from datetime import datetime

import numpy as np
from shapely.geometry.base import BaseGeometry

from huying.access.actor import Actor
from huying.geo.datums import Datum
from huying.kernel.errors import NotFound
from huying.places.queries import area, locate_points
from huying.services.actions import clear_asks, clear_reports, put_homes, put_roads, remind_due
from huying.services.rules.homes import Spot, read_homes
from huying.services.rules.walking import Ways, read_roads


def remind(district: int, now: datetime) -> None:
    """Every few minutes: what begins within a day."""
    remind_due(district, now)


def clear_old(district: int, now: datetime) -> None:
    """Once an hour: what is kept no longer."""
    clear_asks(district, now)
    clear_reports(district, now)


def import_roads(
    by: Actor, content: bytes, datum: Datum, source: str, now: datetime, *, crossing: bool, dry_run: bool
) -> tuple[Ways, list[str]]:
    """Ways on foot out of a GeoJSON file, in place of those before. Raises Denied, Invalid."""
    ways, told = read_roads(content, datum, crossing=crossing)
    if not dry_run:
        put_roads(by, ways, source, now)
    return ways, told


def import_homes(
    by: Actor, content: bytes, datum: Datum, source: str, now: datetime, *, dry_run: bool
) -> tuple[list[Spot], list[str]]:
    """Where people live out of a CSV table, in place of what was known before; what lies outside is left out and told.

    Raises Denied, Invalid.
    """
    spots, problems = read_homes(content, datum, lambda code: _outline(by.district, code))
    lons, lats = np.array([one.lon for one in spots]), np.array([one.lat for one in spots])
    codes = locate_points(by.district, lons, lats) if spots else []
    kept = [
        Spot(one.lon, one.lat, one.people, one.name, one.area or code or "")
        for one, code in zip(spots, codes, strict=True)
        if one.area or code
    ]
    outside = len(spots) - len(kept)
    if outside:
        problems.append(f"{outside} 个居住点不在本区，没有导入。")
    if not dry_run:
        put_homes(by, kept, source, now)
    return kept, problems


def _outline(district: int, code: str) -> BaseGeometry | None:
    try:
        return area(district, code).outline
    except NotFound:
        return None
