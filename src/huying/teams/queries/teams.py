"""The team of a grid, and what the teams below an area have and lack."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from huying.access.actor import Actor
from huying.teams.models import Membership
from huying.teams.policy import may_see, must_see
from huying.teams.queries.phones import masked
from huying.teams.rules.kinds import Part
from huying.teams.rules.teams import lacking


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One member of a grid's team on a day; the phone is masked."""

    id: int
    member_id: int
    name: str
    job: str
    kind_id: int
    kind: str
    part: Part
    phone: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One member in one grid's team; who is in several teams stands once for each. The phone is masked."""

    grid: str
    part: Part
    kind: str
    name: str
    job: str
    phone: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class GridTeam:
    """How a grid's team stands: the leader's name, how many of each part, what is lacking."""

    leader: str = ""
    counts: dict[Part, int] = field(default_factory=dict)

    @property
    def lacks(self) -> dict[Part, int]:
        return lacking(self.counts)


def held_on(day: date) -> Q:
    """Memberships in force on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def team_for(actor: Actor, grid: str, day: date) -> list[TeamLine]:
    """The team of a grid on a day and those decided for later, 1, 2 and N in this order. Raises NotFound."""
    must_see(actor, grid)
    later = Q(valid_from__gt=day)
    rows = Membership.objects.filter(held_on(day) | later, district=actor.district, grid=grid)
    found = rows.select_related("member", "kind").order_by("kind__place", "valid_from", "id")
    return [
        TeamLine(
            row.pk,
            row.member_id,
            row.member.name,
            row.member.job,
            row.kind_id,
            row.kind.name,
            Part(row.part),
            masked(actor.district, row.member.phone_sealed),
            row.valid_from,
            row.valid_to,
        )
        for row in found
    ]


def team_members_within(actor: Actor, area: str, day: date) -> list[TeamMember]:
    """Who is in the teams of all grids within an area that the actor sees, by grid, then 1, 2 and N; one query."""
    must_see(actor, area)
    rows = Membership.objects.filter(held_on(day), district=actor.district, grid__startswith=area)
    found = rows.select_related("member", "kind").order_by("grid", "kind__place", "valid_from", "id")
    return [
        TeamMember(
            row.grid,
            Part(row.part),
            row.kind.name,
            row.member.name,
            row.member.job,
            masked(actor.district, row.member.phone_sealed),
            row.valid_from,
        )
        for row in found
        if may_see(actor, row.grid)
    ]


def teams_within(actor: Actor, area: str, day: date) -> dict[str, GridTeam]:
    """The teams of all grids within an area by grid code; one query. A grid without anybody is not among them."""
    must_see(actor, area)
    rows = Membership.objects.filter(held_on(day), district=actor.district, grid__startswith=area)
    leaders: dict[str, str] = {}
    counts: dict[str, Counter[Part]] = defaultdict(Counter)
    for grid, part, name in rows.values_list("grid", "part", "member__name"):
        counts[grid][Part(part)] += 1
        if part == Part.LEADER:
            leaders[grid] = name
    return {grid: GridTeam(leaders.get(grid, ""), dict(number)) for grid, number in counts.items()}
