"""People on duty as lines of a list: where, as what, until when, and the masked number that one tap opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.places.queries import area_name
from huying.teams.queries import OnDuty, leaders_of, on_duty_around


@dataclass(frozen=True, slots=True)
class Person:
    """One line. ``call`` is where a tap on the number goes, "" where the reader may not see it."""

    name: str
    role: str
    kind: str
    where: str
    post: str
    ends_at: datetime | None
    phone: str
    call: str
    lead: bool = False


def on_duty_people(actor: Actor, found: Iterable[OnDuty], why: str = "") -> list[Person]:
    """These people as lines; ``why`` goes into the audit with a call."""
    may = actor.may(P.TEAM_CALL)
    return [
        Person(
            one.name,
            _(one.role.zh),
            _(one.kind) if one.kind else "",
            area_name(actor.district, one.area),
            one.post,
            one.ends_at,
            one.phone,
            call_address(one.member_id, why) if may and one.phone else "",
            one.role == "lead",
        )
        for one in found
    ]


def around(actor: Actor, area: str, now: datetime, why: str) -> tuple[Sequence[Person], Sequence[Person]]:
    """Who is on duty for a place, and the grid's own people who are not; two queries."""
    if not actor.may(P.TEAM_READ):
        return (), ()
    found = on_duty_around(actor, area, now)
    here = {one.member_id for one in found}
    may = actor.may(P.TEAM_CALL)
    team = [
        Person(
            name,
            "",
            _(kind) if kind else "",
            "",
            "",
            None,
            phone,
            call_address(number, why) if may and phone else "",
        )
        for number, name, kind, phone in leaders_of(actor, area, now)
        if number not in here
    ]
    return on_duty_people(actor, found, why), team


def call_address(member_id: int, why: str = "") -> str:
    """Where the whole number of a member is asked for."""
    address = reverse("duty:phone", args=[member_id])
    return f"{address}?{urlencode({'for': why})}" if why else address
