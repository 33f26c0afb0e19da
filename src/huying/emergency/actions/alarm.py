"""One action or one alarm opens a card: its case, its place, its first ring, all in one transaction."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Channel
from huying.cases.queries import must_see
from huying.cases.queries.told import place_of
from huying.catalogue.rules import AppealKind
from huying.emergency.actions.casework import note_case
from huying.emergency.actions.marking import mark, save
from huying.emergency.actions.ringing import carry_on
from huying.emergency.actions.telling import tell_opened
from huying.emergency.models import Alert, Emergency
from huying.emergency.queries.plans import plan_for
from huying.emergency.rules.kinds import MarkKind, Source
from huying.emergency.rules.plans import Plan
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Denied, Invalid, NotFound, OutsideDistrict
from huying.kernel.saying import said
from huying.places.queries import locate_text, placed

URGENT: Final = 3
#: How sure a written place must be to send people there.
_SURE: Final = 0.6
_CHANNELS: Final = {
    Source.DEVICE: Channel.DEVICE,
    Source.SEAT: Channel.HOTLINE,
    Source.PATROL: Channel.GRID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlarm:
    """What an alarm says. ``lon`` and ``lat`` are degrees in ``datum``. ``case_id``: the case it belongs to, none yet:
    one is opened. ``device`` and ``key`` name the device and its alarm; of a person ``key`` is that of the form.
    ``at``: when the device says it was raised, None where it does not."""

    kind: str
    source: Source
    key: str
    words: str = ""
    place_text: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.CGCS2000.value
    case_id: int | None = None
    device: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The card: whether this alarm opened it, and how many were alerted by the time it was written."""

    id: int
    case_id: int
    is_new: bool
    alerted: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where it is; ``dropped``: a position was given that cannot be, and is written down instead of used."""

    area: str
    lon: float | None
    lat: float | None
    dropped: str = ""


@transaction.atomic
def open_card(by: Actor, new: NewAlarm, now: datetime) -> Opened:
    """Open the card and alert its first ring. The same alarm again is the same card, with a line that says so.

    An alarm is never refused for its position: one that cannot be is written down, and people are asked instead.
    Raises Denied, NotFound for a case not seen or a kind unknown, Invalid for words that are too long.
    """
    if not by.may(Permission.EMERGENCY_OPEN):
        raise Denied
    _check(new)
    plan = plan_for(by.district, new.kind)
    if new.case_id is not None:
        must_see(by, by.district, new.case_id)
    _one_at_a_time(by.district, new)
    known = _known(by, new, plan, now)
    if known is not None:
        return _again(known, by, new, now)
    spot = _spot(by.district, new)
    case_id = new.case_id or _open_case(by, new, plan, spot, now)
    card = Emergency.objects.create(
        district=by.district,
        case_id=case_id,
        kind=plan.code,
        plan=plan.as_data(),
        source=new.source.value,
        device=new.device,
        device_key=new.key,
        words=new.words.strip(),
        place_text=new.place_text.strip(),
        area=spot.area,
        lon=spot.lon,
        lat=spot.lat,
        opened_at=now,
        opened_by=by.name[:60],
        opened_by_account=by.account_id,
        opened_by_key=by.key_id,
        alarmed_at=now,
    )
    facts = {"source": new.source.value, **({"dropped": spot.dropped} if spot.dropped else {})}
    mark(card, MarkKind.OPENED, now, words=card.words, who=by.name, account_id=by.account_id, facts=facts)
    alerted = carry_on(card, now)
    tell_opened(card, now)
    note_case(card, f"{by.name}发起应急（{plan.name}），首圈告警 {alerted} 人。", now)
    return Opened(card.id, case_id, True, alerted)


def _check(new: NewAlarm) -> None:
    wrong = {}
    if len(new.words) > 500:
        wrong["words"] = said("情况最多 500 字。")
    if len(new.place_text) > 300:
        wrong["place_text"] = said("地点最多 300 字。")
    if not 0 < len(new.key) <= 80 or len(new.device) > 64:
        wrong["key"] = said("报警编号 1 到 80 个字符，设备编号最多 64 个。")
    if wrong:
        raise Invalid(fields=wrong)


def _one_at_a_time(district: int, new: NewAlarm) -> None:
    """Alarms that might be the same wait for each other; all others pass."""
    names = [f"{district}:{new.device}:{new.key}"]
    if new.case_id is not None:
        names.append(f"{district}:case:{new.case_id}")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8306))", [name])


def _known(by: Actor, new: NewAlarm, plan: Plan, now: datetime) -> Emergency | None:
    """The card this alarm belongs to: that of its case, that of its form, or of its device and key while the card is
    open or the last alarm lies within the plan's window. What was raised after the card was over is another."""
    rows = Emergency.objects.select_for_update().filter(district=by.district)
    if new.case_id is not None and (found := rows.filter(case_id=new.case_id, over_at=None).first()):
        return found
    same = rows.filter(device=new.device, device_key=new.key)
    if not new.device:
        return same.filter(opened_by_account=by.account_id, opened_by_key=by.key_id).first()
    last = same.order_by("-alarmed_at").first()
    if last is None or last.over_at is None:
        return last
    raised_before = new.at is None or new.at <= last.over_at
    return last if raised_before and last.alarmed_at > now - timedelta(seconds=plan.window) else None


def _again(card: Emergency, by: Actor, new: NewAlarm, now: datetime) -> Opened:
    alerted = Alert.objects.filter(district=card.district, emergency_id=card.id).count()
    if new.device or card.device_key != new.key:
        card.alarmed_at = now
        mark(card, MarkKind.AGAIN, now, words=new.words.strip(), who=by.name, account_id=by.account_id)
        save(card)
    return Opened(card.id, card.case_id, False, alerted)


def _spot(district: int, new: NewAlarm) -> _Spot:
    whole = str(district)
    dropped = ""
    if new.lon is not None and new.lat is not None:
        try:
            lon, lat = _here(new.lon, new.lat, new.datum)
            return _Spot(placed(district, lon, lat).code, lon, lat)
        except (OutsideDistrict, Invalid):
            dropped = f"{new.lon!r}, {new.lat!r} ({new.datum})"
    if new.case_id is not None:
        case = place_of(district, new.case_id)
        if case is None:
            raise NotFound
        return _Spot(case.area or whole, case.lon, case.lat, dropped)
    guess = next(iter(locate_text(district, new.place_text)), None) if new.place_text.strip() else None
    if guess is not None and guess.area and guess.confidence >= _SURE:
        return _Spot(guess.area, guess.lon, guess.lat, dropped)
    return _Spot(whole, None, None, dropped)


def _here(lon: float, lat: float, datum: str) -> tuple[float, float]:
    """The position in the platform's own datum. Raises Invalid for what is no position."""
    known = {one.value: one for one in Datum}
    sound = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
    if not sound or datum not in known:
        raise Invalid
    return convert(lon, lat, known[datum])


def _open_case(by: Actor, new: NewAlarm, plan: Plan, spot: _Spot, now: datetime) -> int:
    words = new.words.strip() or new.place_text.strip()
    appeal = NewAppeal(
        text=f"【应急】{plan.name}{'：' if words else ''}{words}",
        channel=_CHANNELS.get(new.source, Channel.API if by.key_id else Channel.GRID).value,
        kind=AppealKind.HELP.value,
        place_text=new.place_text.strip(),
        lon=spot.lon,
        lat=spot.lat,
        area=spot.area,
        source=new.device[:40],
        idempotency_key=_case_key(by, new, now),
        urgency=URGENT,
    )
    return receive(by.district, [appeal], by=by, now=now)[0].case_id


def _case_key(by: Actor, new: NewAlarm, now: datetime) -> str:
    # A digest, for device and key together may be longer than a key; the moment, for devices say the same key again.
    said = f"{by.account_id}|{by.key_id}|{new.device}|{new.key}|{now.isoformat()}"
    return f"emergency-{sha256(said.encode()).hexdigest()[:40]}"
