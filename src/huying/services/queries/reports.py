"""What people say is wrong with entries, for those who keep them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.services.models import EntryReport, Facility
from huying.services.policy import kept_by, must
from huying.services.queries.facilities import FacilityInfo, info
from huying.services.rules.kinds import EntryFault, Settling


@dataclass(frozen=True, slots=True)
class EntryReportInfo:
    """One report with the entry it is about; ``settled_at`` None: a task of its keeper."""

    id: int
    facility: FacilityInfo
    fault: EntryFault
    words: str
    made_at: datetime
    settled_at: datetime | None
    settled_by: str
    settling: Settling | None
    answer: str


def reports_for(
    actor: Actor, *, settled: bool = False, before: int | None = None, limit: int = 50
) -> list[EntryReportInfo]:
    """Reports about the entries an actor keeps, the newest first, below id ``before``. Raises Denied."""
    rows = _kept(actor).filter(settled_at__isnull=not settled)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:limit])
    about = Facility.objects.filter(district=actor.district, id__in={row.facility_id for row in found})
    named = {row.id: info(row) for row in about}
    return [_info(row, named[row.facility_id]) for row in found]


def open_reports(actor: Actor) -> int:
    """How many wait for the actor. Raises Denied."""
    return _kept(actor).filter(settled_at=None).count()


def _kept(actor: Actor) -> "QuerySet[EntryReport]":
    must(actor, Permission.FACILITY_EDIT)
    mine = Facility.objects.filter(kept_by(actor), id=OuterRef("facility_id"))
    return EntryReport.objects.filter(Exists(mine), district=actor.district)


def _info(row: EntryReport, about: FacilityInfo) -> EntryReportInfo:
    return EntryReportInfo(
        row.id, about, EntryFault(row.fault), row.words, row.made_at, row.settled_at, row.settled_by,
        Settling(row.settling) if row.settling else None, row.answer,
    )  # fmt: skip
