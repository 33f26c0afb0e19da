"""How the people answered: by community, in a span of days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from django.db.models import Count, Q, Sum

from huying.access.actor import Actor
from huying.volunteers.models import Claim, Muster, Volunteer
from huying.volunteers.policy import about, within
from huying.volunteers.queries.people import must_read
from huying.volunteers.rules.kinds import Standing, VolunteerKind

_COMMUNITY: Final = 12
_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class CommunityFigures:
    """One community: who is registered, and what its people gave in the span."""

    area: str
    people: int
    members: int
    came: int
    absent: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole. ``answered``: how many came forward of ``told``; ``first_seconds``, ``full_seconds``: the medians, from
    the call to the first who came forward and to the last place; ``filled``: how many musters found everybody."""

    musters: int
    filled: int
    wanted: int
    told: int
    answered: int
    came: int
    absent: int
    minutes: int
    first_seconds: int | None
    full_seconds: int | None
    communities: tuple[CommunityFigures, ...]


def figures_for(actor: Actor, since: datetime, until: datetime) -> Figures:
    """Of the musters called within the span that the actor sees; four statements. Raises Denied."""
    must_read(actor)
    rows = list(
        Muster.objects.filter(
            about(actor), made_at__gte=since, made_at__lt=until, cancelled_at=None
        ).order_by("-id")[:_MOST]
    )
    claims = Claim.objects.filter(district=actor.district, muster_id__in=[row.id for row in rows])
    whole = claims.aggregate(
        answered=Count("volunteer_id"),
        came=Count("volunteer_id", filter=_stands(Standing.PRESENT, Standing.DONE)),
        absent=Count("volunteer_id", filter=_stands(Standing.ABSENT)),
        minutes=Sum("minutes"),
    )
    return Figures(
        len(rows), sum(row.filled_at is not None for row in rows), sum(row.quota for row in rows),
        sum(row.told for row in rows), whole["answered"], whole["came"], whole["absent"], whole["minutes"] or 0,
        _median([(row.first_at - row.made_at).total_seconds() for row in rows if row.first_at]),
        _median([(row.filled_at - row.made_at).total_seconds() for row in rows if row.filled_at]),
        tuple(_communities(actor, [row.id for row in rows])),
    )  # fmt: skip


def _communities(actor: Actor, musters: list[int]) -> list[CommunityFigures]:
    people = Volunteer.objects.filter(within(actor), left_at=None).values("area")
    counted = {
        one["area"][:_COMMUNITY]: (one["n"], one["members"])
        for one in people.annotate(
            n=Count("id"), members=Count("id", filter=Q(kind=VolunteerKind.MEMBER.value))
        )
    }
    gave = _given(actor, musters)
    return [
        CommunityFigures(area, *counted.get(area, (0, 0)), *gave.get(area, (0, 0, 0)))
        for area in sorted(counted.keys() | gave.keys())
        if area
    ]


def _given(actor: Actor, musters: list[int]) -> Mapping[str, tuple[int, int, int]]:
    where = dict(Volunteer.objects.filter(within(actor)).values_list("id", "area"))
    found: dict[str, tuple[int, int, int]] = {}
    rows = Claim.objects.filter(district=actor.district, muster_id__in=musters)
    for who, standing, minutes in rows.values_list("volunteer_id", "standing", "minutes"):
        if who not in where:
            continue
        came, absent, given = found.get(where[who][:_COMMUNITY], (0, 0, 0))
        came += standing in {Standing.PRESENT, Standing.DONE}
        found[where[who][:_COMMUNITY]] = (
            came,
            absent + (standing == Standing.ABSENT),
            given + (minutes or 0),
        )
    return found


def _stands(*standings: Standing) -> Q:
    return Q(standing__in=[one.value for one in standings])


def _median(seconds: list[float]) -> int | None:
    return round(median(seconds)) if seconds else None
