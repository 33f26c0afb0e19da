"""What a volunteer sees themselves: musters that are for them, where they said they come, the hours they gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from huying.emergency.rules.hours import Hours
from huying.volunteers.models import Claim, Muster, Volunteer
from huying.volunteers.queries.musters import MusterLine, lines_of
from huying.volunteers.queries.people import Gave, given_by, names_of
from huying.volunteers.queries.reach import whom
from huying.volunteers.rules.crediting import may_check_in, may_check_out
from huying.volunteers.rules.fitting import Person, Wanted, far, fits
from huying.volunteers.rules.kinds import Phase, Standing, VolunteerKind

_MOST_OPEN: Final = 200
_MOST_PAST: Final = 200
#: Who leads may be asked about hours so long after the end; then the link in the message shows nothing any more.
_REMEMBERED: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Own:
    """A volunteer as they see themselves."""

    district: int
    id: int
    caller_id: int
    name: str
    kind: VolunteerKind
    area: str
    home: str
    unit_id: int | None
    unit_name: str
    unit_text: str
    skills: tuple[str, ...]
    hours: Hours
    metres: int
    lon: float | None
    lat: float | None
    emergency: bool
    resting: bool
    agreed_at: datetime
    gave: Gave


@dataclass(frozen=True, slots=True)
class OwnMuster:
    """A muster as one volunteer sees it. ``metres``: from where they start; ``standing`` None: they said nothing yet."""

    line: MusterLine
    words: str
    check_metres: int
    metres: int | None
    standing: Standing | None
    minutes: int | None
    in_at: datetime | None
    out_at: datetime | None
    may_claim: bool
    may_leave: bool
    may_check_in: bool
    may_check_out: bool
    cancelled_why: str = ""


def own_for(district: int, caller_id: int) -> Own | None:
    """The volunteer behind a caller who proved the number theirs; None for who is none, or left."""
    row = Volunteer.objects.filter(district=district, caller_id=caller_id, left_at=None).first()
    return _own(row) if row else None


def own_by_id(district: int, volunteer_id: int) -> Own | None:
    """The volunteer of a personal link; None for who left."""
    row = Volunteer.objects.filter(district=district, id=volunteer_id, left_at=None).first()
    return _own(row) if row else None


def musters_near(own: Own, now: datetime) -> list[OwnMuster]:
    """What is still to be or runs and is for them: what they hold first, then what begins first."""
    rows = Muster.objects.filter(
        district=own.district, closed_at=None, cancelled_at=None, ends_at__gt=now
    ).order_by("ends_at")[:_MOST_OPEN]
    found = _own_musters(own, list(rows), now)
    kept = [one for one in found if one.standing is not None or one.may_claim]
    return sorted(kept, key=lambda one: (one.standing in {None, Standing.LEFT}, one.line.starts_at))


def muster_near(own: Own, muster_id: int, now: datetime) -> OwnMuster | None:
    """One that is for them or that they came forward for; None for others, and long after it was settled."""
    row = Muster.objects.filter(district=own.district, id=muster_id, ends_at__gt=now - _REMEMBERED).first()
    if row is None:
        return None
    (found,) = _own_musters(own, [row], now)
    return found if found.standing is not None or _is_for(own, row) else None


def gave_of(
    own: Own, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> list[OwnMuster]:
    """Where they were credited hours, the latest first: what stands on an attestation."""
    claims = Claim.objects.filter(district=own.district, volunteer_id=own.id, minutes__gt=0)
    span = Q() if since is None else Q(starts_at__gte=since)
    span &= Q() if until is None else Q(starts_at__lt=until)
    ids = list(claims.values_list("muster_id", flat=True))
    rows = Muster.objects.filter(span, district=own.district, id__in=ids).order_by("-starts_at")[:_MOST_PAST]
    return _own_musters(own, list(rows), now)


def open_to_all(district: int, now: datetime, limit: int = 20) -> list[MusterLine]:
    """What still looks for people, for everybody to see: no names, no numbers."""
    rows = Muster.objects.filter(
        district=district, closed_at=None, cancelled_at=None, starts_at__gt=now
    ).order_by("ends_at")[:limit]
    return [one for one in lines_of(district, rows, now) if one.phase is Phase.GATHERING]


def _own(row: Volunteer) -> Own:
    units = names_of(row.district, [row.unit_id] if row.unit_id else [])
    return Own(
        row.district, row.id, row.caller_id, row.name, VolunteerKind(row.kind), row.area, row.home, row.unit_id,
        units.get(row.unit_id or 0, "") or row.unit_text, row.unit_text, tuple(row.skills),
        Hours(row.days, row.since, row.until), row.metres, row.lon, row.lat, row.responder_id is not None,
        row.rests_since is not None, row.agreed_at, given_by(row.district, [row.id]).get(row.id, Gave()),
    )  # fmt: skip


def _own_musters(own: Own, rows: Sequence[Muster], now: datetime) -> list[OwnMuster]:
    lines = lines_of(own.district, rows, now)
    held = {
        one.muster_id: one
        for one in Claim.objects.filter(
            district=own.district, volunteer_id=own.id, muster_id__in=[row.id for row in rows]
        )
    }
    return [_own_muster(own, row, line, held.get(row.id), now) for row, line in zip(rows, lines, strict=True)]


def _own_muster(own: Own, row: Muster, line: MusterLine, claim: Claim | None, now: datetime) -> OwnMuster:
    standing = Standing(claim.standing) if claim else None
    running = row.closed_at is None and row.cancelled_at is None
    going = running and now < row.ends_at
    fresh = standing in {None, Standing.LEFT}
    return OwnMuster(
        line=line, words=row.words, check_metres=row.check_metres, metres=far(person_of(own), _place(row)),
        standing=standing, minutes=claim.minutes if claim else None, in_at=claim.in_at if claim else None,
        out_at=claim.out_at if claim else None,
        may_claim=going and fresh and _is_for(own, row),
        may_leave=going and standing in {Standing.HELD, Standing.WAITING},
        may_check_in=running and standing is Standing.HELD and row.lon is not None
        and may_check_in(now, row.starts_at, row.ends_at),
        may_check_out=running and standing is Standing.PRESENT and may_check_out(now, row.ends_at),
        cancelled_why=row.cancelled_why,
    )  # fmt: skip


def _is_for(own: Own, row: Muster) -> bool:
    """Whether the muster is for them; of their free times it is not asked: they know best whether they can come."""
    return fits(person_of(own), whom(row))


def _place(row: Muster) -> Wanted:
    return Wanted((), lon=row.lon, lat=row.lat)


def person_of(own: Own) -> Person:
    """Themselves, as a muster looks at them."""
    return Person(own.id, own.kind, own.area, own.home, own.skills, own.hours, own.lon, own.lat, own.metres)
