"""Registering who may be alerted, correcting what is known of them, and ending it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.actions.marking import locked, mark
from huying.emergency.actions.ringing import carry_on
from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.policy import may_at, responders_of
from huying.emergency.queries.phones import opened, place
from huying.emergency.queries.plans import skills_of
from huying.emergency.rules.choosing import FRESH
from huying.emergency.rules.hours import Hours
from huying.emergency.rules.kinds import Answer, MarkKind, ResponderKind
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import NewViewing, record_viewings
from huying.people.models.keyring import keyring
from huying.people.queries import account_named
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.phones import normal_phone
from huying.places.queries import placed
from huying.teams.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResponder:
    """As typed. ``lon`` and ``lat`` are degrees in ``datum``; ``login`` names their account; ``on_roster``: alerted
    while the roster has them on duty (known by the phone), whatever ``hours`` say."""

    kind: ResponderKind
    name: str
    phone: str
    skills: Sequence[str]
    lon: float
    lat: float
    datum: str = Datum.CGCS2000.value
    contact: str = ""
    place_text: str = ""
    hours: Hours = field(default_factory=Hours)
    login: str = ""
    on_roster: bool = False


def register(by: Actor, new: NewResponder, now: datetime) -> tuple[int, bool]:
    """Register somebody; (id, whether they are new). Known by their phone they are corrected instead.

    Raises Denied for where the post does not register, Invalid (fields named), OutsideDistrict.
    """
    row = _row(by, new, now)
    known = Responder.objects.filter(
        district=by.district, phone_digest=row.phone_digest, left_at=None
    ).first()
    if known is not None:
        return change(by, known.id, new, now), False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这个电话刚刚登记过。", fields={"phone": "已经登记"}) from None
    return row.id, True


@transaction.atomic
def change(by: Actor, responder_id: int, new: NewResponder, now: datetime) -> int:
    """Correct what is known; an empty phone leaves the one there is. The id.

    Raises NotFound, Denied, Invalid, OutsideDistrict, Conflict for a phone that is another's.
    """
    held = _held(by, responder_id)
    phone = new.phone or opened(by.district, held.phone_sealed)
    row = _row(by, new, now, phone=phone)
    held.kind, held.name, held.contact, held.skills = row.kind, row.name, row.contact, row.skills
    held.area, held.place_text, held.lon, held.lat = row.area, row.place_text, row.lon, row.lat
    held.days, held.since, held.until = row.days, row.since, row.until
    held.member_id, held.account_id = row.member_id, row.account_id
    held.phone_sealed, held.phone_digest = row.phone_sealed, row.phone_digest
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise Conflict("这个电话是别人登记的。", fields={"phone": "电话是别人的"}) from None
    return held.id


@transaction.atomic
def leave(by: Actor, responder_id: int, now: datetime) -> None:
    """Alerted no more. Who had accepted for a card that still runs counts no more for it. Twice changes nothing.

    Raises NotFound, Denied.
    """
    # Cards first, in their order, as everybody holds them before anything else.
    running = _running(by.district, responder_id)
    cards = [locked(by.district, card_id) for card_id, _alert in running]
    row = _held(by, responder_id)
    if row.left_at is not None:
        return
    row.left_at, row.left_by = now, by.name[:60]
    row.now_lon = row.now_lat = row.now_at = None
    row.save(update_fields=["left_at", "left_by", "now_lon", "now_lat", "now_at"])
    for card, (_card_id, alert_id) in zip(cards, running, strict=True):
        if card is not None and card.over_at is None:
            _drop(card, alert_id, now)


@transaction.atomic
def rest(district: int, responder_id: int, resting: bool, now: datetime) -> None:
    """They want no alarms for now, or want them again. Twice changes nothing. Raises NotFound."""
    rows = Responder.objects.filter(district=district, id=responder_id, left_at=None)
    if not rows.exists():
        raise NotFound
    if resting:
        rows.filter(rests_since=None).update(rests_since=now, now_lon=None, now_lat=None, now_at=None)
    else:
        rows.update(rests_since=None)


def call_responder(by: Actor, responder_id: int, reason: str, now: datetime) -> str:
    """The whole number, with the viewing written down. Raises Denied without ``responder:call``, NotFound."""
    if not by.may(Permission.RESPONDER_CALL):
        raise Denied
    row = Responder.objects.filter(responders_of(by, Permission.RESPONDER_CALL), id=responder_id).first()
    if row is None or row.phone_sealed is None:
        raise NotFound("没有留电话。")
    viewing = NewViewing(ViewingKind.UNMASK, f"应急力量电话：{row.name}", None, None, reason)
    record_viewings(by, [viewing], now)
    return opened(by.district, row.phone_sealed)


def forget_positions(district: int, now: datetime) -> int:
    """Take away reported positions that are believed no more; how many."""
    old = Responder.objects.filter(district=district, now_at__lte=now - FRESH)
    return old.update(now_lon=None, now_lat=None, now_at=None)


def _running(district: int, responder_id: int) -> list[tuple[int, int]]:
    """(card, alert) of this responder where they may still be counted on, by card."""
    return [
        (row.emergency_id, row.id)
        for row in Alert.objects.filter(
            district=district,
            responder_id=responder_id,
            answer__in=["", Answer.ACCEPTED.value],
            arrived_at=None,
        ).order_by("emergency_id")
    ]


def _drop(card: Emergency, alert_id: int, now: datetime) -> None:
    alert = Alert.objects.get(district=card.district, id=alert_id)
    alert.answer, alert.answered_at = Answer.LEFT.value, now
    alert.save(update_fields=["answer", "answered_at"])
    mark(card, MarkKind.LEFT, now, who=alert.name, alert_id=alert.id, facts={"why": "registration"})
    carry_on(card, now)


def _held(by: Actor, responder_id: int) -> Responder:
    row = Responder.objects.select_for_update(of=("self",)).filter(responders_of(by), id=responder_id).first()
    if row is None:
        raise NotFound
    _must_edit(by, row.area)
    return row


def _row(by: Actor, new: NewResponder, now: datetime, *, phone: str | None = None) -> Responder:
    name, number = " ".join(new.name.split()), normal_phone(new.phone if phone is None else phone)
    wrong = {}
    if not 0 < len(name) <= 40:
        wrong["name"] = said("请填姓名或名称，最多 40 字。")
    if missing := _unknown(new.skills, skills_of(by.district)):
        wrong["skills"] = said("没有这项技能：%(code)s。", code=missing)
    if wrong:
        raise Invalid(fields=wrong)
    lon, lat = _point(new)
    area = placed(by.district, lon, lat).code
    _must_edit(by, area)
    digest = keyring().digest(number, place(by.district))
    member = Member.objects.filter(
        district=by.district,
        left_at=None,
        phone_digest=keyring().digest(number, f"{by.district}:member.phone"),
    ).first()
    if new.on_roster and member is None:
        raise Invalid("队员名册里没有这个电话，不能按值班表告警。", fields={"on_roster": "名册里没有"})
    return Responder(
        district=by.district,
        kind=new.kind.value,
        name=name,
        contact=" ".join(new.contact.split())[:40],
        phone_sealed=keyring().seal(number, place(by.district)),
        phone_digest=digest,
        skills=list(dict.fromkeys(new.skills)),
        area=area,
        place_text=new.place_text.strip()[:120],
        lon=lon,
        lat=lat,
        days=new.hours.days,
        since=new.hours.since,
        until=new.hours.until,
        member=member if new.on_roster else None,
        account_id=_account(by.district, new.login) or (member.account_id if member else None),
        made_at=now,
        made_by=by.name[:60],
    )


def _point(new: NewResponder) -> tuple[float, float]:
    known = {one.value: one for one in Datum}
    if not (abs(new.lon) <= 180 and abs(new.lat) <= 90) or new.datum not in known:
        raise Invalid("位置不对：经度、纬度写成度数，如 114.31、22.71。", fields={"lon": "位置不对"})
    return convert(new.lon, new.lat, known[new.datum])


def _unknown(skills: Sequence[str], known: Collection[str]) -> str:
    return next((code for code in skills if code not in known), "")


def _account(district: int, login: str) -> int | None:
    if not login.strip():
        return None
    found = account_named(district, login)
    if found is None:
        raise Invalid("没有这个登录名。", fields={"login": "没有这个登录名"})
    return found[0]


def _must_edit(by: Actor, area: str) -> None:
    if not may_at(by, Permission.RESPONDER_EDIT, area):
        raise Denied
