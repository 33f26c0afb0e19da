"""One person's card: who lives with them, whom to call, on what their data are kept, which devices guard them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.residents.models import Contact, Ground, Guarding, KeyLabel, Person
from huying.residents.policy import EDIT, WHOLE, may_at, visible_to
from huying.residents.queries.kinds import names_for
from huying.residents.queries.persons import LabelInfo, PersonLine, label, lines_of
from huying.residents.queries.sealed import masked_id, masked_name, masked_phone
from huying.residents.rules.keeping import Held, erase_at
from huying.residents.rules.kinds import ConsentForm, LegalBasis, Purpose, Relation


@dataclass(frozen=True, slots=True)
class ContactInfo:
    """Whom to call, masked."""

    id: int
    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class GroundInfo:
    """On what and for what; ``holds``: still today."""

    id: int
    purpose: Purpose
    basis: LegalBasis
    consent: ConsentForm | None
    detail: str
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    withdrawn_why: str
    made_by: str
    holds: bool


@dataclass(frozen=True, slots=True)
class GuardInfo:
    """A device that guards them."""

    id: int
    device_id: int
    device: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """The whole card, masked. ``erase_at``: when everything has to go, None while a ground without an end holds."""

    line: PersonLine
    relation: Relation
    phone: str
    id_number: str
    has_note: bool
    household: Sequence[PersonLine]
    contacts: Sequence[ContactInfo]
    grounds: Sequence[GroundInfo]
    devices: Sequence[GuardInfo]
    past: Sequence[LabelInfo]
    erase_at: datetime | None
    left_at: datetime | None
    editable: bool
    whole: bool


def card_of(actor: Actor, row: Person, now: datetime) -> Card:
    """A row as a card, for the actions of this package: they write down that it was seen."""
    mates = Person.objects.filter(
        visible_to(actor), household_id=row.household_id, left_at=None, erased_at=None
    ).exclude(id=row.id)
    grounds = grounds_of(row, now)
    return Card(
        line=lines_of(actor, [row], now)[0],
        relation=Relation(row.relation),
        phone=masked_phone(row.district, row.phone_sealed),
        id_number=masked_id(row.district, row.id_sealed),
        has_note=row.note_sealed is not None,
        household=lines_of(actor, list(mates.order_by("id")), now),
        contacts=contacts_of(row),
        grounds=grounds,
        devices=_devices(row),
        past=_past(actor, row),
        erase_at=erase_at([held(one) for one in grounds]),
        left_at=row.left_at,
        editable=may_at(actor, EDIT, row.area),
        whole=may_at(actor, WHOLE, row.area),
    )


def contacts_of(row: Person) -> list[ContactInfo]:
    """Whom to call, masked."""
    rows = Contact.objects.filter(district=row.district, person_id=row.id).order_by("id")
    return [
        ContactInfo(
            one.id, masked_name(one.district, one.name_sealed), one.relation,
            masked_phone(one.district, one.phone_sealed),
        )
        for one in rows
    ]  # fmt: skip


def grounds_of(row: Person, now: datetime) -> list[GroundInfo]:
    """Every ground there was, the newest first."""
    rows = Ground.objects.filter(district=row.district, person_id=row.id).order_by("-id")
    return [
        GroundInfo(
            one.id, Purpose(one.purpose), LegalBasis(one.basis), ConsentForm(one.consent) if one.consent else None,
            one.detail, one.since, one.until, one.withdrawn_at, one.withdrawn_why, one.made_by,
            Held(Purpose(one.purpose), LegalBasis(one.basis), one.since, one.until, one.withdrawn_at).holds(now),
        )
        for one in rows
    ]  # fmt: skip


def held(one: GroundInfo) -> Held:
    """As the rules know it."""
    return Held(one.purpose, one.basis, one.since, one.until, one.withdrawn_at)


def _devices(row: Person) -> list[GuardInfo]:
    rows = Guarding.objects.filter(district=row.district, person_id=row.id, ended_at=None).order_by("id")
    return [GuardInfo(one.id, one.device_id, one.device, one.since) for one in rows]


def _past(actor: Actor, row: Person) -> list[LabelInfo]:
    rows = KeyLabel.objects.filter(district=row.district, person_id=row.id, ended_at__isnull=False)
    names = names_for(actor, row.district)
    return [label(one, names) for one in rows.order_by("-ended_at")[:20]]
