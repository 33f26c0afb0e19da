"""Facilities of another system's table: known again by source and key, so that a file may be brought in again and again.

What a person has entered, corrected or confirmed here is left as it is; so is what was ended.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

import numpy as np
from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.geo.datums import Datum, convert_many
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.queries import locate_points
from huying.places.queries.held import book
from huying.services.actions.marking import mark_places
from huying.services.models import Facility
from huying.services.policy import must_everywhere
from huying.services.queries.kinds import kinds_of
from huying.services.rules.entries import NewFacility
from huying.services.rules.hours import read_hours, words_of
from huying.services.rules.kinds import Amenity
from huying.services.rules.tables import Refused, TableMap, read_table

_BATCH: Final = 2000
_CONTENT: Final = ("kind", "name", "area", "lon", "lat", "address", "phone", "hours", "amenities", "note")
Numbered = tuple[int, NewFacility]


@dataclass(slots=True)
class ImportReport:
    """What came of a table; every row is in one of the numbers. ``kept``: as a person has them here; ``left``: of a
    kind that the map leaves out."""

    rows: int = 0
    made: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    doubled: int = 0
    left: int = 0
    outside: int = 0
    refused: list[Refused] = field(default_factory=list)
    dry_run: bool = False

    def as_dict(self) -> dict[str, object]:
        numbers = ("rows", "made", "changed", "same", "kept", "doubled", "left", "outside", "dry_run")
        told: dict[str, object] = {name: getattr(self, name) for name in numbers}
        refused = [{"line": one.line, "name": one.name, "why": one.why} for one in self.refused]
        return told | {"refused": refused}


def import_facilities(
    by: Actor, content: bytes, table: TableMap, now: datetime, *, dry_run: bool = False
) -> ImportReport:
    """Bring a table in: all that can be, in one transaction. Rows outside the district are counted and left out.

    Raises Denied for who does not enter in the whole district, Invalid for what is no such table.
    """
    must_everywhere(by, Permission.FACILITY_EDIT)
    unknown = {table.kind, *table.kinds.values()} - {one.code for one in kinds_of(by.district)} - {""}
    if unknown:
        raise Invalid(said("没有类型“%(kind)s”。", kind=min(unknown)))
    report = ImportReport(dry_run=dry_run)
    with transaction.atomic():
        known = {row.key: row for row in Facility.objects.filter(district=by.district, source=table.source)}
        for batch in _batches(_sound(read_table(content, table), report)):
            _bring(by, batch, known, report, now)
        if report.made or report.changed:
            mark_places(by.district)
            after = {"新增": str(report.made), "更新": str(report.changed)}
            note_change(
                by, NewChange(Subject.FACILITY, table.source, "批量导入", Deed.CREATE, {}, after), now
            )
        if dry_run:
            transaction.set_rollback(True)
    return report


def _sound(rows: Iterable[Numbered | Refused | None], report: ImportReport) -> Iterator[Numbered]:
    seen: set[str] = set()
    for row in rows:
        report.rows += 1
        if row is None:
            report.left += 1
        elif isinstance(row, Refused):
            report.refused.append(row)
        elif row[1].key in seen:
            report.doubled += 1
        else:
            seen.add(row[1].key)
            yield row


def _batches(rows: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _bring(
    by: Actor, batch: list[Numbered], known: dict[str, Facility], report: ImportReport, now: datetime
) -> None:
    given = [new for _line, new in batch]
    lons, lats = convert_many(
        np.array([new.lon for new in given]), np.array([new.lat for new in given]), Datum(given[0].datum)
    )
    areas: list[str | None] = list(locate_points(by.district, lons, lats))
    if not book(by.district).drawn:
        areas = [code or str(by.district) for code in areas]
    made, changed = [], []
    for new, lon, lat, area in zip(given, lons, lats, areas, strict=True):
        if area is None:
            report.outside += 1
            continue
        row = known.get(new.key)
        if row is None:
            row = Facility(
                district=by.district, source=new.source, key=new.key[:60], made_at=now, made_by=by.name[:60]
            )
            _put(row, new, float(lon), float(lat), area, now)
            made.append(row)
        elif row.ended_at is not None or row.checked_at is not None:
            report.kept += 1
        elif _put(row, new, float(lon), float(lat), area, now):
            changed.append(row)
        else:
            report.same += 1
    Facility.objects.bulk_create(made)
    Facility.objects.bulk_update(changed, [*_CONTENT, "changed_at"])
    report.made += len(made)
    report.changed += len(changed)


def _put(row: Facility, new: NewFacility, lon: float, lat: float, area: str, now: datetime) -> bool:
    """Whether the row says something else than before."""
    before = [getattr(row, name) for name in _CONTENT]
    row.kind, row.area, row.lon, row.lat = new.kind, area, round(lon, 7), round(lat, 7)
    row.name, row.address, row.phone, row.note = (
        " ".join(text.split()) for text in (new.name, new.address, new.phone, new.note)
    )
    row.hours = words_of(read_hours(new.hours))
    row.amenities = [one.value for one in Amenity if one in new.amenities]
    if before == [getattr(row, name) for name in _CONTENT]:
        return False
    row.changed_at = now
    return True
