"""What of the ground is known: counts by kind, for whoever may draw grids on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from huying.access.actor import Actor
from huying.gridding.models import Site
from huying.gridding.policy import must_read
from huying.gridding.rules.kinds import SiteKind
from huying.places.queries import course_counts


@dataclass(frozen=True, slots=True)
class Stock:
    """Rows by kind, what they hold together, estates with an outline, ways to follow, and when it was changed last."""

    buildings: int
    estates: int
    outlined: int
    shops: int
    homes: int
    people: int
    roads: int
    waters: int
    changed_at: datetime | None

    @property
    def empty(self) -> bool:
        return not (self.buildings or self.estates or self.shops)


def stock_of(actor: Actor) -> Stock:
    """The district's. Raises Denied."""
    must_read(actor)
    told = Site.objects.filter(district=actor.district).aggregate(
        buildings=Count("id", filter=Q(kind=SiteKind.BUILDING.value)),
        estates=Count("id", filter=Q(kind=SiteKind.ESTATE.value)),
        outlined=Count("id", filter=Q(kind=SiteKind.ESTATE.value, outline__isnull=False)),
        shops=Count("id", filter=Q(kind=SiteKind.SHOP.value)),
        homes=Sum("homes", default=0),
        people=Sum("people", default=0),
        changed_at=Max("changed_at"),
    )
    roads, waters = course_counts(actor.district)
    return Stock(**told, roads=roads, waters=waters)
