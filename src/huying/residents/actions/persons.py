"""Persons: taken in with the ground on which their data are kept, corrected, gone."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import said
from huying.people.rules.phones import phone_or_none
from huying.residents.actions.grounds import NewGround, end_all, wrong_in_ground
from huying.residents.actions.grounds import write as write_ground
from huying.residents.actions.homes import ensure_home, ensure_household, held_building
from huying.residents.models import Building, Guarding, KeyLabel, Person
from huying.residents.policy import EDIT, must_at
from huying.residents.queries.persons import person_row
from huying.residents.queries.sealed import digest, sealed
from huying.residents.rules.kinds import Leaving
from huying.residents.rules.registering import NewPerson, born_in, wrong_in_person


@transaction.atomic
def add_person(by: Actor, new: NewPerson, ground: NewGround, now: datetime) -> int:
    """Take somebody in; their id. Without a ground nobody is kept.

    Raises Denied, NotFound, Invalid (fields named), Conflict for who is registered in this district already.
    """
    wrong = _wrong(new, now) | dict(wrong_in_ground(ground, now))
    if wrong:
        raise Invalid(fields=wrong)
    building = held_building(by, new.building_id)
    row = Person(district=by.district, made_at=now, made_by=by.name[:60])
    _fill(row, by, building, new, now)
    _save(row, new=True)
    write_ground(by, row.id, ground, now)
    return row.id


@transaction.atomic
def change_person(by: Actor, person_id: int, new: NewPerson, now: datetime) -> None:
    """Correct what is known, or let them move within the district; an empty number leaves the one there is.

    Raises Denied, NotFound, Invalid, Conflict.
    """
    row = held_person(by, person_id)
    wrong = _wrong(new, now)
    if wrong:
        raise Invalid(fields=wrong)
    building = held_building(by, new.building_id)
    area = row.area
    _fill(row, by, building, new, now)
    _save(row, new=False)
    if row.area != area:
        KeyLabel.objects.filter(district=row.district, person_id=row.id).update(area=row.area)


@transaction.atomic
def leave(by: Actor, person_id: int, why: Leaving, now: datetime) -> None:
    """No longer here: no more visits, no device guards them, and every ground for keeping their data ends.

    What is kept goes 30 days later (``erasure``). Twice changes nothing. Raises Denied, NotFound.
    """
    row = held_person(by, person_id)
    if row.left_at is not None:
        return
    who = by.name[:60]
    row.left_at, row.left_by, row.left_why = now, who, why.value
    row.save(update_fields=["left_at", "left_by", "left_why"])
    of = {"district": row.district, "person_id": row.id, "ended_at": None}
    KeyLabel.objects.filter(**of).update(ended_at=now, ended_by=who, ended_why=why.zh)
    Guarding.objects.filter(**of).update(ended_at=now, ended_by=who)
    end_all(by, row.id, why.zh, now)


def held_person(by: Actor, person_id: int) -> Person:
    """A person the actor may change, locked. Raises Denied, NotFound. Must run in a transaction."""
    row = person_row(by, person_id)
    must_at(by, EDIT, row.area)
    return Person.objects.select_for_update().get(district=row.district, id=row.id)


def _wrong(new: NewPerson, now: datetime) -> dict[str, str]:
    wrong = dict(wrong_in_person(new, localdate(now)))
    if new.phone.strip() and phone_or_none(new.phone) is None:
        wrong["phone"] = said("电话号码不对，请填 11 位手机号，或区号加座机号。")
    return wrong


def _fill(row: Person, by: Actor, building: Building, new: NewPerson, now: datetime) -> None:
    home = ensure_home(by, building, new.room, new.use, now)
    household = ensure_household(by, home, new.household, new.household_kind, now)
    row.household_id, row.building_id, row.area = household.id, building.id, building.area
    row.relation, row.sex = new.relation.value, new.sex.value if new.sex else ""
    row.name_sealed = sealed(row.district, "name", " ".join(new.name.split()))
    row.born = new.born or born_in(new.id_number) or row.born
    if new.note.strip() or row.note_sealed is None:
        row.note_sealed = sealed(row.district, "note", new.note.strip())
    if phone := phone_or_none(new.phone):
        row.phone_sealed = sealed(row.district, "phone", phone)
        row.phone_digest = digest(row.district, "phone", phone)
    if number := new.id_number.strip().upper():
        row.id_sealed, row.id_digest = sealed(row.district, "id", number), digest(row.district, "id", number)


def _save(row: Person, *, new: bool) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=new, force_update=not new)
    except IntegrityError:
        told = said("这个身份证号已经登记过。")
        raise Conflict(told, fields={"id_number": told}) from None
