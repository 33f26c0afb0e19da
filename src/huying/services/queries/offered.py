"""What centres offer, and the places that are left, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from huying.kernel.errors import NotFound
from huying.services.models import Facility, Service, Slot
from huying.services.queries.facilities import FacilityInfo, info


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """One service of a centre. ``minutes`` of one slot; ``notice`` hours ahead it must be asked for."""

    id: int
    facility_id: int
    name: str
    words: str
    category: str
    minutes: int
    notice: int
    confirms: bool
    at_home: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One slot with the places it has and those that are taken."""

    id: int
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        return self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Offered:
    """A service with the centre that offers it."""

    service: ServiceInfo
    facility: FacilityInfo


def offered_in(district: int, category: str = "") -> list[Offered]:
    """Every service on offer, by category and centre; two queries."""
    asked = Q(district=district, ended_at=None) & (Q(category=category) if category else Q())
    rows = [
        service_info(row) for row in Service.objects.filter(asked).order_by("category", "facility_id", "id")
    ]
    about = Facility.objects.filter(
        district=district, id__in={row.facility_id for row in rows}, ended_at=None
    )
    centres = {row.id: info(row) for row in about}
    return [Offered(row, centres[row.facility_id]) for row in rows if row.facility_id in centres]


def offered_by(district: int, facility_id: int) -> list[ServiceInfo]:
    """What one centre offers."""
    rows = Service.objects.filter(district=district, facility_id=facility_id, ended_at=None)
    return [service_info(row) for row in rows.order_by("category", "id")]


def service_of(district: int, service_id: int) -> Offered:
    """One of them with its centre. Raises NotFound for one that is offered no more."""
    row = Service.objects.filter(district=district, id=service_id, ended_at=None).first()
    centre = (
        Facility.objects.filter(district=district, id=row.facility_id, ended_at=None).first() if row else None
    )
    if row is None or centre is None:
        raise NotFound
    return Offered(service_info(row), info(centre))


def slots_of(
    district: int, service: ServiceInfo, now: datetime, days: int = 30, *, free: bool = True
) -> Sequence[SlotInfo]:
    """Its slots that may still be asked for, the next first; ``free``: only those with places left."""
    first = now + timedelta(hours=service.notice)
    rows = Slot.objects.filter(
        district=district, service_id=service.id, cancelled_at=None,
        starts_at__gte=first, starts_at__lt=now + timedelta(days=days),
    ).order_by("starts_at")  # fmt: skip
    if free:
        rows = rows.filter(taken__lt=F("capacity"))
    return [slot_info(row) for row in rows[:400]]


def service_info(row: Service) -> ServiceInfo:
    """A row as it is shown."""
    return ServiceInfo(
        row.id, row.facility_id, row.name, row.words, row.category, row.minutes, row.notice, row.confirms,
        row.at_home, row.ended_at,
    )  # fmt: skip


def slot_info(row: Slot) -> SlotInfo:
    """A row as it is shown."""
    return SlotInfo(row.id, row.starts_at, row.ends_at, row.capacity, row.taken)
