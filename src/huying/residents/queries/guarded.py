"""Whom a device guards: what an emergency card shows of them, and who may open their card from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.emergency.queries import alarmed_by
from huying.kernel.errors import Denied, NotFound
from huying.residents.models import Guarding, Person
from huying.residents.policy import READ, may_at
from huying.residents.queries.persons import places_of
from huying.residents.queries.sealed import masked_name
from huying.residents.rules.registering import age_of


@dataclass(frozen=True, slots=True)
class Guarded:
    """Somebody behind a button: masked, with where they live."""

    person_id: int
    name: str
    age: int | None
    where: str


def guarded_at(actor: Actor, card_id: int, now: datetime) -> Sequence[Guarded]:
    """Whom the device of an emergency card guards, for who sees the card and may open theirs.

    Three queries where nobody is behind it, six where somebody is.
    """
    try:
        alarm = alarmed_by(actor, card_id)
    except (Denied, NotFound):
        return []
    rows = persons_behind(actor.district, alarm.device)
    seen = [row for row in rows if may_at(actor, READ, row.area) or (alarm.open and alarm.leads)]
    where, today = places_of(actor.district, seen) if seen else {}, localdate(now)
    return [
        Guarded(
            row.id, masked_name(row.district, row.name_sealed), age_of(row.born, today), where[row.id].words
        )
        for row in seen
    ]


def persons_behind(district: int, device: str) -> list[Person]:
    """The persons a device guards today, for this package; two queries, none for no device."""
    if not device:
        return []
    held = Guarding.objects.filter(district=district, device=device, ended_at=None)
    ids = list(held.values_list("person_id", flat=True))
    return list(
        Person.objects.filter(district=district, id__in=ids, left_at=None, erased_at=None).order_by("id")
    )
