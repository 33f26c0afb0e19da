"""What a resident does: asks for a service, takes it back, reviews it. No account is needed, a telephone number is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.numbers import receipt
from huying.kernel.saying import said
from huying.people.actions.callers import ensure_callers
from huying.people.models.keyring import keyring
from huying.people.rules.phones import normal_phone
from huying.places.queries import Level, area, locate_text
from huying.services.actions.asking.places import give_back, take_place
from huying.services.actions.asking.telling import tell_asked, tell_cancelled
from huying.services.models import Ask, Facility, Service
from huying.services.queries.links import sealed_place
from huying.services.rules.kinds import WAITING, AskState
from huying.services.rules.slots import MOST_OPEN

_COMMUNITY_DIGITS = 12
_SURE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsk:
    """As typed. ``slot_id`` None: the centre arranges a time; ``community``: where they live, "" to be read out of the
    address. ``key`` is the form's own, so that it is sent once."""

    key: UUID
    name: str
    phone: str
    slot_id: int | None = None
    address: str = ""
    words: str = ""
    community: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was kept: ``fresh`` False where the same form came before."""

    id: int
    number: str
    state: AskState
    fresh: bool


def ask(district: int, service_id: int, new: NewAsk, now: datetime) -> Asked:
    """Ask a centre for a service. The same form again is the same ask, and never overbooks a slot.

    Raises NotFound for a service that is offered no more, Invalid (fields named), Conflict for a slot that is full, one
    that the same number has a place in, and for who has too much waiting.
    """
    known = _known(district, new.key)
    if known is not None:
        return known
    phone = _checked(new)
    try:
        with transaction.atomic():
            return _kept(district, service_id, new, phone, now)
    except IntegrityError:
        known = _known(district, new.key)
        if known is not None:
            return known
        raise Conflict("您已约了这个时段。", fields={"slot": "您已约了这个时段"}) from None


def _kept(district: int, service_id: int, new: NewAsk, phone: str, now: datetime) -> Asked:
    service = Service.objects.filter(district=district, id=service_id, ended_at=None).first()
    if service is None:
        raise NotFound
    centre = Facility.objects.filter(district=district, id=service.facility_id, ended_at=None).first()
    if centre is None:
        raise NotFound
    if service.at_home and not new.address.strip():
        raise Invalid(fields={"address": "上门服务请写地址。"})
    (caller,) = ensure_callers(district, [(new.name, phone)], now)
    # Whoever asks twice at once is counted one after the other.
    waiting = Ask.objects.filter(
        district=district, caller_id=caller, state__in=[one.value for one in WAITING]
    )
    if len(waiting.select_for_update().order_by("id")) >= MOST_OPEN:
        raise Conflict(said("您已有 %(n)s 件在办，办完或取消后再约。", n=MOST_OPEN))
    slot = None
    if new.slot_id is not None:
        since = now + timedelta(hours=service.notice)
        slot = take_place(district, new.slot_id, service.id, since)
    elif not service.confirms:
        raise Invalid(fields={"slot": "请选一个时段。"})
    state = AskState.ASKED if service.confirms else AskState.ARRANGED
    row = Ask.objects.create(
        district=district, number=receipt(), key=new.key, service_id=service.id, facility_id=centre.id,
        slot_id=slot.id if slot else None, state=state.value, caller_id=caller,
        community=_community(district, new), made_at=now, starts_at=slot.starts_at if slot else None,
        arranged_at=now if state is AskState.ARRANGED else None,
        **{f"{column}_sealed": keyring().seal(text, sealed_place(district, column)) for column, text in (
            ("name", new.name.strip()[:40]), ("phone", phone), ("address", new.address.strip()),
            ("words", new.words.strip()),
        )},
    )  # fmt: skip
    tell_asked(row, service, centre, phone, now)
    return Asked(row.id, row.number, state, True)


def cancel_own(district: int, ask_id: int, now: datetime) -> None:
    """Whoever asked needs it no more; the place is another's. Twice changes nothing.

    Raises NotFound, Conflict for what was done already or begins now.
    """
    with transaction.atomic():
        row = locked(district, ask_id)
        if row.state == AskState.CANCELLED.value:
            return
        if AskState(row.state) not in WAITING or (row.starts_at is not None and row.starts_at <= now):
            raise Conflict("已经开始或办完，不能取消；请打中心电话。")
        cancel(row, "", now, by_resident=True)
        tell_cancelled(row, now, by_resident=True)


def rate(district: int, ask_id: int, stars: int, words: str, now: datetime) -> None:
    """How it was, one to five, once. Raises NotFound, Invalid, Conflict for what was not done or was rated."""
    text = " ".join(words.replace("\x00", "").split())
    wrong = {}
    if not 1 <= stars <= 5:
        wrong["stars"] = said("请选一到五颗星。")
    if len(text) > 300:
        wrong["words"] = said("最多 %(most)s 字。", most=300)
    if wrong:
        raise Invalid(fields=wrong)
    with transaction.atomic():
        row = locked(district, ask_id)
        if row.state != AskState.DONE.value or row.stars is not None:
            raise Conflict("服务完成后可以评价一次。")
        row.stars, row.rated_at = stars, now
        row.review_sealed = keyring().seal(text, sealed_place(district, "review"))
        row.save(update_fields=["stars", "rated_at", "review_sealed"])


def locked(district: int, ask_id: int) -> Ask:
    """An ask, locked. Raises NotFound. Must run in a transaction."""
    row = Ask.objects.select_for_update().filter(district=district, id=ask_id).first()
    if row is None:
        raise NotFound
    return row


def cancel(row: Ask, by: str, now: datetime, *, by_resident: bool) -> None:
    """It is not wanted, or cannot be had; the place is free. In the caller's transaction, the row locked."""
    give_back(row.district, row.slot_id)
    row.state, row.ended_at, row.ended_by = AskState.CANCELLED.value, now, by[:60]
    row.by_resident, row.slot_id = by_resident, None
    row.save(update_fields=["state", "ended_at", "ended_by", "by_resident", "slot_id"])


def _known(district: int, key: UUID) -> Asked | None:
    row = Ask.objects.filter(district=district, key=key).values_list("id", "number", "state").first()
    return Asked(row[0], row[1], AskState(row[2]), False) if row else None


def _checked(new: NewAsk) -> str:
    """The phone in its normal form. Raises Invalid with all that is wrong."""
    wrong: dict[str, str] = {}
    phone = ""
    try:
        phone = normal_phone(new.phone)
    except Invalid as error:
        wrong |= error.fields
    if not 0 < len(new.name.strip()) <= 40:
        wrong["name"] = said("请写怎么称呼您，最多 40 字。")
    for field, most in (("address", 120), ("words", 300)):
        if len(getattr(new, field).strip()) > most:
            wrong[field] = said("最多 %(most)s 字。", most=most)
    if wrong:
        raise Invalid(fields=wrong)
    return phone


def _community(district: int, new: NewAsk) -> str:
    """Where they live, to the community: as chosen, else as their address says surely; "" where nobody knows."""
    if new.community:
        try:
            row = area(district, new.community)
        except NotFound:
            raise Invalid(fields={"community": "没有这个社区。"}) from None
        return row.code if row.level is Level.COMMUNITY else ""
    guess = next(iter(locate_text(district, new.address)), None) if new.address.strip() else None
    if guess is None or guess.confidence < _SURE or len(guess.area) < _COMMUNITY_DIGITS:
        return ""
    return guess.area[:_COMMUNITY_DIGITS]
