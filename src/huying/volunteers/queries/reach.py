"""Who registered in these areas and wants to be called: as far as a muster looks at them."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from huying.emergency.rules.hours import Hours
from huying.volunteers.models import Muster, Volunteer
from huying.volunteers.rules.fitting import Person, Wanted
from huying.volunteers.rules.kinds import VolunteerKind


def people_in(district: int, areas: Sequence[str]) -> list[Person]:
    """Those who registered in one of the areas, or start from there, did not leave and do not rest; one query."""
    if not areas:
        return []
    here = [(area, f"{area}:") for area in areas]
    within = reduce(
        or_, (Q(area__gte=low, area__lt=high) | Q(home__gte=low, home__lt=high) for low, high in here)
    )
    rows = Volunteer.objects.filter(within, district=district, left_at=None, rests_since=None)
    return [person(row) for row in rows.order_by("id").iterator(2000)]


def person(row: Volunteer) -> Person:
    """One of them."""
    return Person(
        row.id, VolunteerKind(row.kind), row.area, row.home, tuple(row.skills),
        Hours(row.days, row.since, row.until), row.lon, row.lat, row.metres,
    )  # fmt: skip


def whom(row: Muster, local: datetime | None = None) -> Wanted:
    """Whom a muster is for; ``local``: also only who is free then, by the district's clock."""
    return Wanted(
        areas=tuple(row.areas), skills=tuple(row.skills), only=VolunteerKind(row.only) if row.only else None,
        lon=row.lon, lat=row.lat, near=row.near, local=local,
    )  # fmt: skip
