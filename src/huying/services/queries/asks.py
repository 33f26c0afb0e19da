"""What was asked of centres: for the resident who holds the link, and for those who run the centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import NotFound
from huying.people.rules.masking import mask_name, mask_phone
from huying.services.models import Ask, Facility, Service, Slot
from huying.services.policy import kept_by, may_keep, must
from huying.services.queries.links import opened, read_link
from huying.services.queries.offered import ServiceInfo, SlotInfo, service_info, slot_info
from huying.services.rules.kinds import WAITING, AskState


@dataclass(frozen=True, slots=True)
class AskInfo:
    """One ask as staff see it in lists: name and phone masked. ``starts_at``: of its slot, or as arranged."""

    id: int
    number: str
    state: AskState
    service: ServiceInfo
    facility_id: int
    facility: str
    slot_id: int | None
    name: str
    phone: str
    community: str
    made_at: datetime
    starts_at: datetime | None
    worker: str
    told: str
    ended_at: datetime | None
    by_resident: bool
    stars: int | None


@dataclass(frozen=True, slots=True)
class OwnAsk:
    """One ask as its resident sees it, with what they wrote themselves."""

    district: int
    id: int
    number: str
    state: AskState
    service: ServiceInfo
    facility_id: int
    facility: str
    made_at: datetime
    starts_at: datetime | None
    told: str
    words: str
    stars: int | None
    review: str
    may_cancel: bool
    may_rate: bool


@dataclass(frozen=True, slots=True)
class SoughtAsks:
    """What narrows the list. ``state`` "": those that wait."""

    state: AskState | None = None
    facility_id: int | None = None
    service_id: int | None = None


def own_ask(link: str, now: datetime) -> OwnAsk:
    """What a personal link opens. Raises NotFound for one that nobody was given."""
    known = read_link(link)
    row = Ask.objects.filter(district=known[0], id=known[1]).first() if known else None
    if row is None:
        raise NotFound
    service = Service.objects.get(district=row.district, id=row.service_id)
    centre = Facility.objects.get(district=row.district, id=row.facility_id)
    state = AskState(row.state)
    begun = row.starts_at is not None and row.starts_at <= now
    return OwnAsk(
        row.district, row.id, row.number, state, service_info(service), row.facility_id, centre.name, row.made_at,
        row.starts_at, row.told, opened(row.district, "words", row.words_sealed), row.stars,
        opened(row.district, "review", row.review_sealed), state in WAITING and not begun,
        state is AskState.DONE and row.stars is None,
    )  # fmt: skip


def asks_for(
    actor: Actor, sought: SoughtAsks | None = None, before: int | None = None, limit: int = 50
) -> list[AskInfo]:
    """What was asked of the centres an actor runs, the newest first, below id ``before``. Raises Denied."""
    wanted = sought or SoughtAsks()
    rows = _run_by(actor)
    rows = (
        rows.filter(state=wanted.state.value)
        if wanted.state
        else rows.filter(state__in=[one.value for one in WAITING])
    )
    if wanted.facility_id is not None:
        rows = rows.filter(facility_id=wanted.facility_id)
    if wanted.service_id is not None:
        rows = rows.filter(service_id=wanted.service_id)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _infos(actor.district, list(rows.order_by("-id")[:limit]))


def ask_for(actor: Actor, ask_id: int) -> AskInfo:
    """One of them. Raises NotFound for one of another's centre, Denied."""
    row = _run_by(actor).filter(id=ask_id).first()
    if row is None:
        raise NotFound
    return _infos(actor.district, [row])[0]


def states_for(actor: Actor) -> Mapping[AskState, int]:
    """How many there are in each state. Raises Denied."""
    counted = _run_by(actor).values("state").annotate(n=Count("id")).values_list("state", "n")
    return {AskState(state): n for state, n in counted}


def service_for(actor: Actor, service_id: int) -> ServiceInfo:
    """A service of a centre the actor runs, also one that ended. Raises NotFound, Denied."""
    must(actor, Permission.SERVICE_RUN)
    row = Service.objects.filter(district=actor.district, id=service_id).first()
    centre = Facility.objects.filter(district=actor.district, id=row.facility_id).first() if row else None
    if row is None or centre is None:
        raise NotFound
    if not may_keep(actor, centre.area, centre.body_id, Permission.SERVICE_RUN):
        raise NotFound
    return service_info(row)


def services_for(actor: Actor, facility_id: int | None = None) -> list[tuple[ServiceInfo, str]]:
    """The services of the centres an actor runs, with the centre's name. Raises Denied."""
    must(actor, Permission.SERVICE_RUN)
    mine = Facility.objects.filter(kept_by(actor, Permission.SERVICE_RUN), ended_at=None)
    if facility_id is not None:
        mine = mine.filter(id=facility_id)
    rows = list(
        Service.objects.filter(district=actor.district, ended_at=None, facility_id__in=mine.values("id"))
        .order_by("facility_id", "category", "id")[:500]
    )  # fmt: skip
    about = Facility.objects.filter(district=actor.district, id__in={row.facility_id for row in rows})
    names = dict(about.values_list("id", "name"))
    return [(service_info(row), names[row.facility_id]) for row in rows]


def slots_for(actor: Actor, service_id: int, since: datetime, limit: int = 200) -> list[SlotInfo]:
    """The slots of a service from a moment on, the next first. Raises NotFound, Denied."""
    service_for(actor, service_id)
    rows = Slot.objects.filter(
        district=actor.district, service_id=service_id, cancelled_at=None, starts_at__gte=since
    )
    return [slot_info(row) for row in rows.order_by("starts_at")[:limit]]


def _run_by(actor: Actor) -> "QuerySet[Ask]":
    must(actor, Permission.SERVICE_RUN)
    mine = Facility.objects.filter(kept_by(actor, Permission.SERVICE_RUN)).values("id")
    return Ask.objects.filter(district=actor.district, facility_id__in=mine)


def _infos(district: int, rows: list[Ask]) -> list[AskInfo]:
    services = {
        row.id: service_info(row)
        for row in Service.objects.filter(district=district, id__in={row.service_id for row in rows})
    }
    about = Facility.objects.filter(district=district, id__in={row.facility_id for row in rows})
    names = dict(about.values_list("id", "name"))
    return [
        AskInfo(
            row.id, row.number, AskState(row.state), services[row.service_id], row.facility_id,
            names[row.facility_id], row.slot_id, mask_name(opened(district, "name", row.name_sealed)),
            mask_phone(opened(district, "phone", row.phone_sealed)), row.community, row.made_at, row.starts_at,
            row.worker, row.told, row.ended_at, row.by_resident, row.stars,
        )
        for row in rows
    ]  # fmt: skip
