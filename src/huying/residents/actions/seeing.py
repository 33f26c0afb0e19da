"""Looking into the register: whoever does so is written down in the same transaction (个人信息保护法 51)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.emergency.queries import alarmed_by
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.phones import phone_or_none
from huying.residents.models import Contact, Person
from huying.residents.policy import READ, WHOLE, may_at, must, visible_to
from huying.residents.queries.cards import Card, card_of
from huying.residents.queries.guarded import persons_behind
from huying.residents.queries.persons import Asked, PersonLine, lines_of, people, person_row
from huying.residents.queries.sealed import digest, masked_name, opened
from huying.residents.rules.registering import is_id_number

REASON_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of a person, readable. Show it to whoever asked and keep it nowhere."""

    name: str
    phone: str
    id_number: str
    note: str
    contacts: Sequence[tuple[str, str, str]]


def see_list(by: Actor, asked: Asked, now: datetime, after: int = 0, limit: int = 50) -> list[PersonLine]:
    """A page of the list, with the viewing written down where anybody stands on it. Raises Denied."""
    found = people(by, asked, now, after, limit)
    if found:
        what = f"住户名单：{len(found)} 人（#{found[0].id} – #{found[-1].id}）"
        record_viewings(by, [NewViewing(ViewingKind.VIEW, what)], now)
    return found


def take_list(by: Actor, asked: Asked, now: datetime, after: int = 0, limit: int = 500) -> list[PersonLine]:
    """A page of the list that leaves the house as a file, written down as that. Raises Denied."""
    found = people(by, asked, now, after, limit)
    if found:
        what = f"住户名单：{len(found)} 人（#{found[0].id} – #{found[-1].id}）"
        record_viewings(by, [NewViewing(ViewingKind.EXPORT, what)], now)
    return found


def see_card(by: Actor, person_id: int, now: datetime, emergency: int | None = None) -> Card:
    """One person's card, masked, with the viewing written down.

    ``emergency``: the card of an alarm whose device guards them; while it is open who leads it may look. Raises
    NotFound, Denied.
    """
    reason = f"应急卡 {emergency}" if emergency else ""
    row = _in_emergency(by, person_id, emergency) if emergency else None
    row = row or person_row(by, person_id)
    with transaction.atomic():
        record_viewings(by, [NewViewing(ViewingKind.VIEW, about(row), reason=reason)], now)
        return card_of(by, row, now)


def see_whole(by: Actor, person_id: int, reason: str, now: datetime, emergency: int | None = None) -> Whole:
    """Everything readable, with the viewing and its reason written down.

    Raises NotFound, Denied for whose post does not see whole data there, Invalid without a reason.
    """
    row = _in_emergency(by, person_id, emergency) if emergency else None
    if row is None:
        row = person_row(by, person_id)
        if not may_at(by, WHOLE, row.area):
            raise Denied
    if not REASON_MIN <= len(reason.strip()) <= 200:
        raise Invalid(fields={"reason": said("请写明查看原因，例如“上门前电话联系”。")})
    with transaction.atomic():
        record_viewings(by, [NewViewing(ViewingKind.UNMASK, about(row), reason=reason.strip())], now)
        return _whole(row)


def find(by: Actor, number: str, now: datetime) -> list[PersonLine]:
    """Who has this telephone or identity number, masked, within the actor's area; the search is written down.

    Raises Denied, Invalid for what is neither.
    """
    must(by, READ)
    phone = phone_or_none(number)
    if phone is None and not is_id_number(number):
        raise Invalid(fields={"number": said("请填电话或 18 位身份证号。")})
    column, text = ("phone", phone) if phone else ("id", number.strip().upper())
    key = digest(by.district, column, text or "")
    rows = Person.objects.filter(visible_to(by), **{f"{column}_digest": key}, left_at=None, erased_at=None)
    found = list(rows.order_by("id")[:20])
    what = "住户：按电话" if phone else "住户：按身份证号"
    record_viewings(by, [NewViewing(ViewingKind.SEARCH, f"{what}，找到 {len(found)} 人")], now)
    return lines_of(by, found, now)


def about(row: Person) -> str:
    """How a person is named in the audit: by the register's number, masked."""
    return f"住户 #{row.id} {masked_name(row.district, row.name_sealed)}"


def _in_emergency(by: Actor, person_id: int, emergency: int) -> Person | None:
    """The person, where they are behind the device of an open card that the actor leads."""
    try:
        alarm = alarmed_by(by, emergency)
    except NotFound:
        return None
    if not (alarm.open and alarm.leads):
        return None
    return next((row for row in persons_behind(by.district, alarm.device) if row.id == person_id), None)


def _whole(row: Person) -> Whole:
    rows = Contact.objects.filter(district=row.district, person_id=row.id).order_by("id")
    told = [
        (
            opened(row.district, "name", one.name_sealed),
            one.relation,
            opened(row.district, "phone", one.phone_sealed),
        )
        for one in rows
    ]
    name, phone, number, note = (
        opened(row.district, column, getattr(row, f"{column}_sealed"))
        for column in ("name", "phone", "id", "note")
    )
    return Whole(name, phone, number, note, told)


def see_at_visit(by: Actor, person_id: int, visit_id: int, now: datetime) -> Card:
    """The card for whoever is sent there, whatever their post; whoever calls this has asked whether they are.

    Raises NotFound for who is erased.
    """
    row = Person.objects.filter(district=by.district, id=person_id, erased_at=None).first()
    if row is None:
        raise NotFound
    with transaction.atomic():
        record_viewings(by, [NewViewing(ViewingKind.VIEW, about(row), reason=f"走访任务 {visit_id}")], now)
        return card_of(by, row, now)


def see_whole_at_visit(by: Actor, person_id: int, visit_id: int, now: datetime) -> Whole:
    """Everything readable for whoever is sent there, written down with the visit. Raises NotFound."""
    row = Person.objects.filter(district=by.district, id=person_id, erased_at=None).first()
    if row is None:
        raise NotFound
    with transaction.atomic():
        record_viewings(by, [NewViewing(ViewingKind.UNMASK, about(row), reason=f"走访任务 {visit_id}")], now)
        return _whole(row)
