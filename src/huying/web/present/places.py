"""Where people on duty stand on a map, and which area a reader asks for."""

from django.http import QueryDict
from django.urls import reverse

from huying.access.actor import Actor
from huying.places.queries import Level, areas
from huying.teams.policy import scopes
from huying.teams.queries import OnDuty
from huying.web.guard import StaffRequest


def by_area(actor: Actor, found: list[OnDuty]) -> list[tuple[str, float, float, list[str]]]:
    """(code, longitude, latitude, names) of each area with somebody on duty that has a place on the map."""
    spots = {
        one.code: (one.lon, one.lat)
        for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)
        for one in areas(actor.district, level)
    }
    names: dict[str, list[str]] = {}
    for person in found:
        names.setdefault(person.area, []).append(person.name)
    kept = []
    for code, people in names.items():
        lon, lat = spots.get(code, (None, None))
        if lon is not None and lat is not None:
            kept.append((code, lon, lat, people))
    return kept


def duty_href(area: str) -> str:
    """The list of who is on duty in an area."""
    return f"{reverse('duty:now')}?area={area}"


def scope_of(request: StaffRequest) -> str:
    """The area asked for, else the widest of the reader's posts."""
    return scope_in(request.actor, request.GET)


def scope_in(actor: Actor, query: QueryDict) -> str:
    """The area an address asks for, else the widest of the actor's posts."""
    asked = query.get("area", "")
    if asked.isascii() and asked.isdigit() and len(asked) in {6, 9, 12, 15}:
        return asked
    return widest_of(actor)


def widest_of(actor: Actor) -> str:
    """The widest area of the actor's posts."""
    held = scopes(actor)
    return held[0] if held else str(actor.district)
