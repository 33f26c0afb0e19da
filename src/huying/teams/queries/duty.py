"""Who is on duty now: one query by the index of shifts' beginnings, whatever the number of rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.places.rules.levels import path_codes
from huying.teams.models import Membership, Shift
from huying.teams.policy import may_see, must_see
from huying.teams.queries.phones import masked
from huying.teams.queries.teams import held_on
from huying.teams.rules.kinds import DutyRole, Part
from huying.teams.rules.turns import LONGEST


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty: where, as what, until when. ``kind`` is what they are in a grid's team, or their job."""

    shift_id: int
    member_id: int
    name: str
    role: DutyRole
    kind: str
    phone: str
    area: str
    post_id: int
    post: str
    turn: str
    starts_at: datetime
    ends_at: datetime


def on_duty_around(actor: Actor, area: str, now: datetime) -> list[OnDuty]:
    """Who answers for a place now: its grid's people, then its community's, street's and district's; one query."""
    if not area:
        area = str(actor.district)
    codes = [code for code in path_codes(area) if may_see(actor, code)]
    found = _now(actor.district, Q(area__in=codes), now) if codes else []
    return sorted(found, key=lambda one: (-len(one.area), one.role is not DutyRole.LEAD, one.name))


def on_duty_within(actor: Actor, area: str, now: datetime) -> list[OnDuty]:
    """Everybody on duty in an area and its parts, the widest first; one query. Raises NotFound."""
    must_see(actor, area)
    found = _now(actor.district, Q(area__startswith=area), now)
    return sorted(found, key=lambda one: (len(one.area), one.area, one.role is not DutyRole.LEAD, one.name))


def leaders_of(actor: Actor, grid: str, now: datetime) -> list[tuple[int, str, str, str]]:
    """(member id, name, kind, masked phone) of a grid's leader and workers; nobody for what is no grid."""
    if len(grid) != 15 or not may_see(actor, grid):
        return []
    wanted: Collection[str] = (Part.LEADER.value, Part.WORKER.value)
    rows = Membership.objects.filter(
        held_on(localdate(now)), district=actor.district, grid=grid, part__in=wanted
    )
    return [
        (row.member_id, row.member.name, row.kind.name, masked(actor.district, row.member.phone_sealed))
        for row in rows.select_related("member", "kind").order_by("kind__place", "id")
    ]


def _now(district: int, where: Q, now: datetime) -> list[OnDuty]:
    kinds = Membership.objects.filter(
        held_on(localdate(now)), member=OuterRef("member_id"), grid__startswith=OuterRef("area")
    )
    rows = Shift.objects.filter(
        where,
        district=district,
        cancelled_at=None,
        # Bounded on both sides: the index then holds what began within a day, not all that ever was.
        starts_at__lte=now,
        starts_at__gt=now - LONGEST,
        ends_at__gt=now,
    )
    rows = rows.select_related("member", "post", "turn")
    named = rows.annotate(kind=Subquery(kinds.order_by("kind__place").values("kind__name")[:1]))
    return [
        OnDuty(
            row.pk,
            row.member_id,
            row.member.name,
            DutyRole(row.role),
            row.kind or row.member.job,
            masked(district, row.member.phone_sealed),
            row.area,
            row.post_id,
            row.post.name,
            row.turn.name,
            row.starts_at,
            row.ends_at,
        )
        for row in named
    ]
