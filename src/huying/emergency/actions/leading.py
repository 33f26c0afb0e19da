"""What whoever leads does with a card: take it over, alert further people now, hand over outside, note, stand down."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.actions.casework import note_case
from huying.emergency.actions.marking import locked, mark, save
from huying.emergency.actions.ringing import carry_on
from huying.emergency.actions.telling import tell_over
from huying.emergency.models import Alert, Emergency, Mark, Outside, Review
from huying.emergency.policy import may, must, must_see
from huying.emergency.rules.kinds import Answer, MarkKind
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said

_EARLY = timedelta(days=1)


@transaction.atomic
def take_over(by: Actor, card_id: int, now: datetime) -> None:
    """Lead the card: no further level of duty is asked. Twice changes nothing. Raises NotFound, Denied, Conflict."""
    card = _led(by, card_id)
    _must_run(card)
    if card.taken_at is not None:
        if card.taken_by_account == by.account_id:
            return
        raise Conflict(said("%(who)s已经接手了。", who=card.taken_by))
    card.taken_at, card.taken_by, card.taken_by_account = now, by.name[:60], by.account_id
    mark(card, MarkKind.TAKEN, now, who=by.name, account_id=by.account_id)
    carry_on(card, now)
    note_case(card, f"{by.name}接手指挥。", now)


@transaction.atomic
def next_ring(by: Actor, card_id: int, seen: int, now: datetime) -> int:
    """Alert the next ring without waiting; how many people. ``seen``: how many rings whoever presses saw alerted, so
    that two who press at once alert one ring. Raises NotFound, Denied, Conflict when there is none left."""
    card = _led(by, card_id)
    _must_run(card)
    if card.ring != seen:
        return 0
    return carry_on(card, now, due=True)


@transaction.atomic
def hand_outside(
    by: Actor, card_id: int, line: str, reference: str, words: str, at: datetime, key: str, now: datetime
) -> None:
    """Write down that it was handed to 110, 119, 120 or another: when, its number, what was said. Once a ``key``.

    Raises NotFound, Denied, Invalid (fields named).
    """
    card = _led(by, card_id)
    line, reference, words = line.strip(), reference.strip(), words.strip()
    wrong = {}
    if not 0 < len(line) <= 20:
        wrong["line"] = said("移交给谁，最多 20 字。")
    if len(reference) > 60:
        wrong["reference"] = said("对方编号最多 60 个字符。")
    if len(words) > 500:
        wrong["words"] = said("说了什么，最多 500 字。")
    if not card.opened_at - _EARLY <= at <= now + timedelta(minutes=1):
        wrong["at"] = said("移交时间不对。")
    if wrong:
        raise Invalid(fields=wrong)
    _row, made = Outside.objects.get_or_create(
        district=card.district,
        emergency_id=card.id,
        key=key[:80],
        defaults={
            "line": line, "reference": reference, "words": words, "at": at, "by": by.name[:60],
            "by_account": by.account_id, "noted_at": now,
        },
    )  # fmt: skip
    if made:
        facts = {"line": line, "reference": reference}
        mark(card, MarkKind.OUTSIDE, at, words=words, who=by.name, account_id=by.account_id, facts=facts)
        save(card)
        number = f"，编号 {reference}" if reference else ""
        note_case(card, f"移交 {line}{number}。{words}", now)


@transaction.atomic
def add_note(
    by: Actor,
    card_id: int,
    words: str,
    key: str,
    now: datetime,
    *,
    photos: Sequence[str] = (),
    sound: str = "",
) -> None:
    """Words, photos or a voice message on the timeline; sent twice under one key it stands once.

    Whoever sees the card may speak, also after its end. Raises NotFound, Invalid for nothing at all.
    """
    card = must_see(by, locked(by.district, card_id))
    words = words.replace("\x00", "").strip()
    if not (words or photos or sound):
        raise Invalid("写点什么，或者拍张照、说句话。", fields={"words": "不能为空"})
    if len(words) > 1000:
        raise Invalid(fields={"words": "最多 1000 字。"})
    if Mark.objects.filter(district=card.district, emergency_id=card.id, key=key[:80]).exists():
        return
    kind = MarkKind.VOICE if sound else MarkKind.PHOTO if photos else MarkKind.NOTE
    first, *rest = [*photos] or [""]
    mark(
        card,
        kind,
        now,
        words=words,
        who=by.name,
        account_id=by.account_id,
        photo=first,
        sound=sound,
        key=key[:80],
    )
    for photo in rest:
        mark(card, MarkKind.PHOTO, now, who=by.name, account_id=by.account_id, photo=photo)
    save(card)


@transaction.atomic
def stand_down(by: Actor, card_id: int, words: str, now: datetime) -> None:
    """解除: it is over, nobody further is alerted, who was alerted is told. Twice changes nothing.

    Whoever opened it may say that it was a false alarm. Raises NotFound, Denied, Invalid without a reason.
    """
    card = must_see(by, locked(by.district, card_id))
    own = by.account_id is not None and card.opened_by_account == by.account_id
    if not own and not may(by, Permission.EMERGENCY_COMMAND, card):
        raise Denied
    if card.over_at is not None:
        return
    words = " ".join(words.split())
    if not 0 < len(words) <= 300:
        raise Invalid("请写解除原因，最多 300 字。", fields={"words": "请写解除原因，最多 300 字。"})
    card.over_at, card.over_by, card.over_words = now, by.name[:60], words
    card.over_by_account, card.next_at = by.account_id, None
    mark(card, MarkKind.OVER, now, words=words, who=by.name, account_id=by.account_id)
    save(card)
    tell_over(card, now)
    came = Alert.objects.filter(
        district=card.district, emergency_id=card.id, arrived_at__isnull=False
    ).count()
    gone = Alert.objects.filter(
        district=card.district, emergency_id=card.id, answer=Answer.ACCEPTED.value
    ).count()
    note_case(card, f"应急解除：{words}（{gone} 人响应，{came} 人到场）", now)


@transaction.atomic
def write_review(by: Actor, card_id: int, lessons: str, measures: str, now: datetime) -> None:
    """复盘: what was learned, what is to be done. The same words again add nothing.

    Raises NotFound, Denied, Conflict while it still runs, Invalid.
    """
    card = _led(by, card_id)
    if card.over_at is None:
        raise Conflict("解除以后再复盘。")
    lessons, measures = lessons.strip(), measures.strip()
    if not 0 < len(lessons) <= 4000 or len(measures) > 4000:
        raise Invalid(fields={"lessons": "请写经验教训，最多 4000 字；措施最多 4000 字。"})
    last = Review.objects.filter(district=card.district, emergency_id=card.id).order_by("-id").first()
    if last is not None and (last.lessons, last.measures) == (lessons, measures):
        return
    Review.objects.create(
        district=card.district,
        emergency_id=card.id,
        lessons=lessons,
        measures=measures,
        at=now,
        by=by.name[:60],
        by_account=by.account_id,
    )
    mark(card, MarkKind.REVIEWED, now, who=by.name, account_id=by.account_id)
    save(card)


def _led(by: Actor, card_id: int) -> Emergency:
    card = locked(by.district, card_id)
    if card is None:
        raise NotFound
    must(by, Permission.EMERGENCY_COMMAND, card)
    return card


def _must_run(card: Emergency) -> None:
    if card.over_at is not None:
        raise Conflict("已经解除了。")
