"""Facilities as everybody sees them, and as lists of those who keep them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.errors import NotFound
from huying.services.models import Facility, FacilityPhoto, HoursException
from huying.services.policy import kept_by, must
from huying.services.rules.hours import Exceptional, Standing, Week, read_hours, read_spans, standing
from huying.services.rules.kinds import Amenity


@dataclass(frozen=True, slots=True)
class FacilityInfo:
    """One facility. Positions are CGCS2000 degrees; ``hours`` as an office writes them, "" where nobody knows."""

    id: int
    kind: str
    name: str
    area: str
    lon: float
    lat: float
    address: str
    phone: str
    hours: str
    amenities: tuple[Amenity, ...]
    note: str
    body_id: int | None
    source: str
    key: str
    changed_at: datetime
    checked_at: datetime | None
    ended_at: datetime | None
    ended_why: str

    @property
    def week(self) -> Week | None:
        return read_hours(self.hours)


@dataclass(frozen=True, slots=True)
class ExceptionInfo:
    """Days on which other times hold, both included; ``spans`` as times of one day."""

    id: int
    first: date
    last: date
    spans: str
    why: str


@dataclass(frozen=True, slots=True)
class SoughtFacilities:
    """What narrows the list. ``state``: "" in use, unknown (hours), unchecked, ended; ``own``: those the actor keeps."""

    kind: str = ""
    area: str = ""
    amenity: Amenity | None = None
    word: str = ""
    state: str = ""
    own: bool = False


def facilities_for(
    actor: Actor, sought: SoughtFacilities | None = None, after: int = 0, limit: int = 50
) -> list[FacilityInfo]:
    """The district's facilities, in the order they were entered, above id ``after``. Raises Denied."""
    must(actor, Permission.SERVICE_READ)
    wanted = sought or SoughtFacilities()
    rows = Facility.objects.filter(_asked(wanted), district=actor.district, id__gt=after)
    if wanted.own:
        rows = rows.filter(kept_by(actor))
    return [info(row) for row in rows.order_by("district", "id")[:limit]]


def facility_of(district: int, facility_id: int) -> FacilityInfo:
    """One of them, for everybody. Raises NotFound, also for one that is no more."""
    row = Facility.objects.filter(district=district, id=facility_id, ended_at=None).first()
    if row is None:
        raise NotFound
    return info(row)


def facility_for(actor: Actor, facility_id: int) -> FacilityInfo:
    """One of them for staff, also one that is no more. Raises NotFound, Denied."""
    must(actor, Permission.SERVICE_READ)
    row = Facility.objects.filter(district=actor.district, id=facility_id).first()
    if row is None:
        raise NotFound
    return info(row)


def rows_of(district: int, ids: Collection[int]) -> dict[int, FacilityInfo]:
    """Facilities in use by their ids; one query."""
    rows = Facility.objects.filter(district=district, id__in=list(ids), ended_at=None)
    return {row.id: info(row) for row in rows}


def names_of(district: int, ids: Iterable[int]) -> dict[int, str]:
    """Names by id, also of what is no more."""
    return dict(Facility.objects.filter(district=district, id__in=set(ids)).values_list("id", "name"))


def exceptions_of(district: int, facility_id: int, today: date) -> list[ExceptionInfo]:
    """Those of today and to come, in their order."""
    rows = HoursException.objects.filter(district=district, facility_id=facility_id, last__gte=today)
    return [
        ExceptionInfo(row.id, row.first, row.last, row.spans, row.why) for row in rows.order_by("first", "id")
    ]


def exceptional(district: int, ids: Collection[int], since: date) -> dict[int, list[Exceptional]]:
    """The exceptions of these facilities that are not over by ``since``; one query."""
    rows = HoursException.objects.filter(district=district, facility_id__in=list(ids), last__gte=since)
    found: dict[int, list[Exceptional]] = defaultdict(list)
    for row in rows:
        found[row.facility_id].append(Exceptional(row.first, row.last, read_spans(row.spans), row.why))
    return found


def standings(district: int, rows: Sequence[FacilityInfo], now: datetime) -> dict[int, Standing]:
    """How each of these stands at ``now``: open or not, until when; the same few queries for any number."""
    calendar = calendar_of(district)
    today = calendar.local_day(now)
    # What began yesterday evening may still be open.
    known = exceptional(district, [row.id for row in rows], date.fromordinal(today.toordinal() - 1))
    return {row.id: standing(row.week, known.get(row.id, ()), calendar, now) for row in rows}


def photos_of(district: int, facility_id: int) -> list[int]:
    """The ids of its photos, oldest first."""
    rows = FacilityPhoto.objects.filter(district=district, facility_id=facility_id)
    return list(rows.order_by("id").values_list("id", flat=True))


def photo_of(district: int, facility_id: int, photo_id: int) -> str:
    """Where in the store a photo lies. Raises NotFound."""
    rows = FacilityPhoto.objects.filter(district=district, facility_id=facility_id, id=photo_id)
    path = rows.values_list("path", flat=True).first()
    if path is None:
        raise NotFound
    return path


def _asked(sought: SoughtFacilities) -> Q:
    asked = Q(ended_at__isnull=sought.state != "ended")
    if sought.state == "unknown":
        asked &= Q(hours="")
    if sought.state == "unchecked":
        asked &= Q(checked_at=None)
    given: dict[str, Any] = {}
    if sought.kind:
        given["kind"] = sought.kind
    if sought.amenity is not None:
        given["amenities__contains"] = [sought.amenity.value]
    if sought.area:
        given |= {"area__gte": sought.area, "area__lt": f"{sought.area}:"}
    word = sought.word.strip()
    if word:
        asked &= Q(name__icontains=word) | Q(address__icontains=word)
    return asked & Q(**given)


def info(row: Facility) -> FacilityInfo:
    """A row as it is shown."""
    return FacilityInfo(
        id=row.id, kind=row.kind, name=row.name, area=row.area, lon=row.lon, lat=row.lat, address=row.address,
        phone=row.phone, hours=row.hours, amenities=tuple(Amenity(one) for one in row.amenities), note=row.note,
        body_id=row.body_id, source=row.source, key=row.key, changed_at=row.changed_at, checked_at=row.checked_at,
        ended_at=row.ended_at, ended_why=row.ended_why,
    )  # fmt: skip
