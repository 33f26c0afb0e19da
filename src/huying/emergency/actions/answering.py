"""What responders say: they can go, they cannot, they are there, where they are. Their own link or account is enough."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.actions.casework import note_case
from huying.emergency.actions.marking import locked, mark, save
from huying.emergency.actions.ringing import carry_on
from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.policy import must
from huying.emergency.rules.kinds import Answer, MarkKind
from huying.geo.datums import Datum, convert
from huying.geo.measure import distance
from huying.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Answered:
    """What was made of an answer: ``answer`` as it now stands, and whether the card is over."""

    answer: Answer
    over: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An alert with its card and responder, both held for writing."""

    card: Emergency
    alert: Alert
    responder: Responder


@transaction.atomic
def answer(district: int, alert_id: int, wanted: Answer, now: datetime, *, noted_by: str = "") -> Answered:
    """Take an answer of somebody alerted: ACCEPTED, DECLINED, or LEFT for who had accepted and cannot after all.

    Whoever accepts when enough others did, or after the end, is thanked and told that they are not needed. The same
    answer twice changes nothing. Raises NotFound, Conflict for who is registered no more.
    """
    held = _held(district, alert_id)
    card, alert = held.card, held.alert
    if held.responder.left_at is not None:
        raise Conflict("您已退出应急力量登记。")
    now_answer = _as_it_stands(card, alert, wanted)
    if alert.answer == now_answer.value:
        return Answered(now_answer, card.over_at is not None)
    if alert.arrived_at is not None:
        raise Conflict("已经到场，不能再改。")
    alert.answer, alert.answered_at, alert.answered_by = now_answer.value, now, noted_by[:60]
    alert.save(update_fields=["answer", "answered_at", "answered_by"])
    facts = {"metres": alert.metres, **({"noted_by": noted_by} if noted_by else {})}
    mark(card, MarkKind(now_answer.value), now, who=alert.name, alert_id=alert.id, facts=facts)
    if now_answer is Answer.ACCEPTED:
        _tell_first(card, alert, now)
        _tell_enough(card, now)
    carry_on(card, now)
    return Answered(now_answer, card.over_at is not None)


def answer_for(by: Actor, card_id: int, alert_id: int, wanted: Answer, now: datetime) -> Answered:
    """Write down what a responder said by voice. Raises NotFound, Denied."""
    _must_lead(by, card_id, alert_id)
    return answer(by.district, alert_id, wanted, now, noted_by=by.name)


@transaction.atomic
def arrive(district: int, alert_id: int, now: datetime, *, noted_by: str = "") -> None:
    """Somebody is there. Whoever comes without having accepted has accepted by coming. Twice changes nothing.

    Raises NotFound, Conflict after the end or for who is registered no more.
    """
    held = _held(district, alert_id)
    card, alert = held.card, held.alert
    if alert.arrived_at is not None:
        return
    if held.responder.left_at is not None:
        raise Conflict("您已退出应急力量登记。")
    if card.over_at is not None:
        raise Conflict("已经解除，不用去了。谢谢您！")
    if alert.answer != Answer.ACCEPTED.value:
        alert.answer, alert.answered_at = Answer.ACCEPTED.value, now
    alert.arrived_at, alert.answered_by = now, alert.answered_by or noted_by[:60]
    alert.save(update_fields=["answer", "answered_at", "answered_by", "arrived_at"])
    facts = {"noted_by": noted_by} if noted_by else {}
    mark(card, MarkKind.ARRIVED, now, who=alert.name, alert_id=alert.id, facts=facts)
    carry_on(card, now)


def arrive_for(by: Actor, card_id: int, alert_id: int, now: datetime) -> None:
    """Write down that a responder is there. Raises NotFound, Denied, Conflict."""
    _must_lead(by, card_id, alert_id)
    arrive(by.district, alert_id, now, noted_by=by.name)


@transaction.atomic
def report_position(
    district: int, alert_id: int, lon: float, lat: float, now: datetime, datum: str = Datum.WGS84.value
) -> int | None:
    """Where somebody alerted is, because they pressed for it; metres to go, None where the card has no point.

    It is believed, and kept, for two hours. Raises NotFound, Invalid, Conflict after the end.
    """
    here = point_of(lon, lat, datum)
    held = _held(district, alert_id)
    card = held.card
    if card.over_at is not None or held.responder.left_at is not None:
        raise Conflict("已经解除，不用再报位置。谢谢您！")
    metres = None if card.lon is None or card.lat is None else round(distance(*here, card.lon, card.lat))
    rows = Responder.objects.filter(district=district, id=held.responder.id)
    rows.update(now_lon=here[0], now_lat=here[1], now_at=now)
    mark(
        card, MarkKind.POSITION, now, who=held.alert.name, alert_id=alert_id, lon=here[0], lat=here[1],
        facts={} if metres is None else {"metres": metres},
    )  # fmt: skip
    save(card)
    return metres


def point_of(lon: float, lat: float, datum: str) -> tuple[float, float]:
    """A position in CGCS2000 degrees. Raises Invalid for what is none."""
    known = {one.value: one for one in Datum}
    # Comparisons with what is no number are false.
    if not (abs(lon) <= 180 and abs(lat) <= 90) or datum not in known:
        raise Invalid("位置不对，请再试一次。")
    return convert(lon, lat, known[datum])


def _held(district: int, alert_id: int) -> Held:
    found = Alert.objects.filter(district=district, id=alert_id).first()
    # The card first, as everybody locks it: alert and responder after it.
    card = locked(district, found.emergency_id) if found else None
    if found is None or card is None:
        raise NotFound
    alert = Alert.objects.select_for_update().get(district=district, id=alert_id)
    responder = Responder.objects.get(district=district, id=alert.responder_id)
    return Held(card, alert, responder)


def _must_lead(by: Actor, card_id: int, alert_id: int) -> None:
    card = Emergency.objects.filter(district=by.district, id=card_id).first()
    if (
        card is None
        or not Alert.objects.filter(district=by.district, emergency_id=card_id, id=alert_id).exists()
    ):
        raise NotFound
    must(by, Permission.EMERGENCY_COMMAND, card)


def _as_it_stands(card: Emergency, alert: Alert, wanted: Answer) -> Answer:
    if wanted is Answer.LEFT and alert.answer != Answer.ACCEPTED.value:
        return Answer.DECLINED
    if wanted is not Answer.ACCEPTED or alert.answer == Answer.ACCEPTED.value:
        return wanted
    return Answer.NOT_NEEDED if card.over_at is not None or _enough(card) else Answer.ACCEPTED


def _accepted(card: Emergency) -> int:
    return Alert.objects.filter(
        district=card.district, emergency_id=card.id, answer=Answer.ACCEPTED.value
    ).count()


def _enough(card: Emergency) -> bool:
    return _accepted(card) >= int(card.plan["enough"])


def _tell_first(card: Emergency, alert: Alert, now: datetime) -> None:
    if _accepted(card) == 1:
        seconds = round((now - card.opened_at).total_seconds())
        note_case(card, f"首位响应：{alert.name}，报警后 {seconds} 秒，距现场 {alert.metres} 米。", now)


def _tell_enough(card: Emergency, now: datetime) -> None:
    if _enough(card):
        mark(card, MarkKind.ENOUGH, now, facts={"people": _accepted(card)})
