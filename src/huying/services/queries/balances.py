"""Demand against supply by community, ranked; as ``rules.demand`` reckons it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, Sum

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.places.queries import Level, areas
from huying.services.models import Ask, Facility, PeopleSpot, Service, Slot
from huying.services.policy import must
from huying.services.rules.demand import Balance, balances
from huying.services.rules.kinds import AskState

LOOKED_BACK: Final = timedelta(days=90)
_STREET_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Balances:
    """Ranked balances of the days looked back on, and the categories there are."""

    since: datetime
    until: datetime
    rows: list[Balance]
    categories: list[str]


def balances_for(actor: Actor, now: datetime, category: str = "") -> Balances:
    """What was asked for in each community in ninety days, against the places there were. Raises Denied."""
    must(actor, Permission.SERVICE_READ)
    district, since = actor.district, now - LOOKED_BACK
    services = list(Service.objects.filter(district=district).values_list("id", "category", "facility_id"))
    of = {number: kind for number, kind, _centre in services if not category or kind == category}
    centres = dict(
        Facility.objects.filter(district=district, id__in={row[2] for row in services}).values_list(
            "id", "area"
        )
    )
    street = {number: centres.get(centre, "")[:_STREET_DIGITS] for number, _kind, centre in services}
    codes = [row.code for row in areas(district, Level.COMMUNITY)]
    rows = balances(
        _asked(district, since, now, of), _places(district, since, now, of, street), codes, _people(district)
    )
    return Balances(since, now, rows, sorted({kind for _number, kind, _centre in services}))


def _asked(
    district: int, since: datetime, now: datetime, of: dict[int, str]
) -> dict[tuple[str, str], tuple[int, int]]:
    own = Q(state=AskState.CANCELLED.value, by_resident=True)
    counted = (
        Ask.objects.filter(district=district, made_at__gte=since, made_at__lt=now, service_id__in=list(of))
        .exclude(own)
        .exclude(community="")
        .values("community", "service_id")
        .annotate(n=Count("id"), done=Count("id", filter=Q(state=AskState.DONE.value)))
    )
    asked: Counter[tuple[str, str]] = Counter()
    served: Counter[tuple[str, str]] = Counter()
    for row in counted:
        key = row["community"], of[row["service_id"]]
        asked[key] += row["n"]
        served[key] += row["done"]
    return {key: (asked[key], served[key]) for key in asked}


def _places(
    district: int, since: datetime, now: datetime, of: dict[int, str], street: dict[int, str]
) -> dict[tuple[str, str], int]:
    counted = (
        Slot.objects.filter(
            district=district,
            starts_at__gte=since,
            starts_at__lt=now,
            cancelled_at=None,
            service_id__in=list(of),
        )
        .values("service_id")
        .annotate(n=Sum("capacity"))
    )
    places: Counter[tuple[str, str]] = Counter()
    for row in counted:
        places[street[row["service_id"]], of[row["service_id"]]] += row["n"]
    return dict(places)


def _people(district: int) -> dict[str, float]:
    found: Counter[str] = Counter()
    counted = PeopleSpot.objects.filter(district=district).values("area").annotate(n=Sum("people"))
    for row in counted:
        found[row["area"][:12]] += row["n"]
    return dict(found)
