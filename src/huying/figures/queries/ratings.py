"""What streets gave departments: to be given by a street, and read by everybody within their posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.figures.models import StreetRating
from huying.figures.queries.boards.lists import belongs, naming
from huying.figures.queries.boards.sums import Counts, sums
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.queries.scopes import scope_for
from huying.loop.supervise.rules.cuts import Cut

_WORKED = (Measure.DISPATCHED, Measure.ADDED, Measure.REPORTED, Measure.HANDLE_IN_TIME, Measure.HANDLE_LATE)


@dataclass(frozen=True, slots=True)
class Handled:
    """A department that handled cases of a street in a period, with what was counted of them there."""

    body_id: int
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class RatingInfo:
    """What one street gave one department, who wrote it and when."""

    street: str
    street_name: str
    body_id: int
    body_name: str
    period: Period
    stars: int
    words: str
    at: datetime
    by_name: str


def handled_for(actor: Actor, street: str, period: Period) -> list[Handled]:
    """The departments that a street may rate. Raises Denied; NotFound outside the actor's posts."""
    scope = scope_for(actor, street)
    found = [
        (key, counts)
        for key, counts in sums(scope.district, Cut.BODY.value, [scope.area], period)
        if any(counts.get(measure) for measure in _WORKED)
    ]
    name = naming(scope.district, Cut.BODY)
    return [
        Handled(int(key), name(key).name, counts)
        for key, counts in found
        if belongs(Ranked.DEPARTMENTS, key, name(key), "")
    ]


def ratings_for(
    actor: Actor, period: Period, *, street: str = "", body_id: int | None = None
) -> Sequence[RatingInfo]:
    """The ratings of a period within the actor's posts, by street and department.

    A street reads its own, a department what it was given. Raises Denied; NotFound outside the posts.
    """
    scope = scope_for(actor, street, body_id)
    rows = StreetRating.objects.filter(
        district=scope.district, last=period.last, first=period.first, street__startswith=scope.area[:9]
    )
    wanted = scope.body_id if scope.body_id is not None else body_id
    if wanted is not None:
        rows = rows.filter(body_id=wanted)
    area, unit = namer(scope.district, Cut.AREA), namer(scope.district, Cut.BODY)
    return [
        RatingInfo(
            row.street, area(row.street), row.body_id, unit(str(row.body_id)), Period(row.first, row.last), row.stars,
            row.words, row.at, row.by_name,
        )
        for row in rows.order_by("street", "body_id")
    ]  # fmt: skip
