"""Members one by one: who may be put on a roster here, and one of them with all they belong to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.teams.models import Member, Membership
from huying.teams.policy import may_see
from huying.teams.queries.phones import masked
from huying.teams.queries.teams import held_on


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member; ``login`` is the account they sign in with, "" without one. The phone is masked."""

    id: int
    name: str
    job: str
    area: str
    phone: str
    login: str
    left: bool
    grids: tuple[tuple[str, str], ...] = ()


def near(district: int, area: str, now: datetime) -> QuerySet[Member]:
    """Members who belong to an area or a part of it, or to a grid's team within it."""
    joined = Membership.objects.filter(held_on(localdate(now)), member=OuterRef("pk"), grid__startswith=area)
    here = Q(area__startswith=area) | Exists(joined)
    return Member.objects.filter(here, district=district, left_at=None)


def members_near(actor: Actor, area: str, now: datetime, most: int = 500) -> list[MemberRow]:
    """Who may be on duty for an area, by name. Raises NotFound for an area the actor does not see."""
    if not may_see(actor, area):
        raise NotFound
    rows = near(actor.district, area, now).select_related("account").order_by("name", "id")[:most]
    return [_row(row) for row in rows]


def member_for(actor: Actor, member_id: int, now: datetime) -> MemberRow:
    """One member with the grids they work in now, as (grid, kind). Raises NotFound."""
    row = Member.objects.filter(district=actor.district, pk=member_id).select_related("account").first()
    if row is None:
        raise NotFound
    held = Membership.objects.filter(held_on(localdate(now)), member=row).order_by("grid")
    grids = tuple(held.values_list("grid", "kind__name"))
    if not (may_see(actor, row.area) or any(may_see(actor, grid) for grid, _kind in grids)):
        raise NotFound
    return _row(row, grids)


def _row(row: Member, grids: tuple[tuple[str, str], ...] = ()) -> MemberRow:
    return MemberRow(
        row.pk,
        row.name,
        row.job,
        row.area,
        masked(row.district, row.phone_sealed),
        row.account.login if row.account else "",
        row.left_at is not None,
        grids,
    )
