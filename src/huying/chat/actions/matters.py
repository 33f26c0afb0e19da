"""A person's matters: filed, added to, asked about, judged, hurried. All by the steps of the table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from huying.access.actor import Actor, system
from huying.cases.actions import Move, StoredPhoto, advance_many
from huying.cases.lifecycle import CLOSED_STATES, Channel, Outcome, Verb
from huying.cases.queries.track import Track, TrackCase, resident_of
from huying.chat.models import Account, Message, Person
from huying.chat.queries.own import own_glances, own_track
from huying.chat.queries.reaching import WHO
from huying.chat.rules import progress as words
from huying.chat.rules.conversation import Stage, Talk, says
from huying.chat.rules.kinds import Vendor
from huying.geo.datums import Datum
from huying.kernel.errors import Conflict, HuyingError, NotFound, OutsideDistrict
from huying.kernel.numbers import shown
from huying.loop.collect.actions import collect
from huying.loop.collect.rules import AppealForm
from huying.people.actions import ensure_callers
from huying.people.actions.nameless import new_nameless
from huying.people.queries.sealed import unseal
from huying.places.queries import locate_text

MOST_A_DAY: Final = 20
_SURE_ENOUGH: Final = 0.5
_FILED: Final = "已登记，回执号 {receipt}。办到哪里了，随时回复“进度”。{link}"
_ADDED: Final = "已补充到 {receipt}，办理单位看得到。"
_OVER: Final = "那一件已经办结，您这次说的按新的事登记。\n" + says.WHERE_AGAIN
_OUTSIDE: Final = (
    "您发的位置不在本区。事情发生在本区的，请写清地址再提交：回复 2 改地点。在别处的，请打 12345。"
)
_TOO_MANY: Final = "今天登记得太多了。请明天再说，或打 12345。"
_THANKS: Final = "谢谢您的评价。"
_AGAIN: Final = "记下了，已退回重办，办理单位会再联系您。"
_RATED: Final = "这一件现在不用评价，或已经评价过了。"
_HURRIED: Final = "已催办 {receipt}。"
_HURRIED_BEFORE: Final = "{receipt} 今天已经催过了，请再等等；急事请打 12345。"


def file(person: Person, talk: Talk, now: datetime) -> str:
    """File what was said; the answer with its receipt. Raises what refuses it, with the matter kept for another try."""
    if _filed_today(person, now) >= MOST_A_DAY:
        raise Conflict(_TOO_MANY)
    caller = _caller(person, now)
    by = system(person.district, Vendor(_vendor(person)).zh)
    form = AppealForm(
        text=talk.text or "（只发了照片）", channel=Channel.CHAT.value, kind=talk.kind, place_text=talk.place,
        lon=talk.lon, lat=talk.lat, datum=Datum.GCJ02.value, key=f"chat-{person.id}-{person.draft}",
        source=_vendor(person),
        caller_id=caller, pictures=_pictures(person), area=_area(person.district, talk),
    )  # fmt: skip
    answer = collect(person.district, [form], by, now)[0]
    if isinstance(answer, OutsideDistrict):
        raise Conflict(_OUTSIDE)
    if isinstance(answer, HuyingError):
        raise answer
    _messages(person).update(appeal_id=answer.appeal_id)
    return _FILED.format(receipt=shown(answer.receipt), link=_link(answer.receipt))


def as_new(talk: Talk) -> Talk:
    """A matter that was to be added to another, going on as one of its own."""
    return replace(talk, stage=Stage.PLACE, about="")


def add(person: Person, receipt: str, talk: Talk, now: datetime) -> tuple[str, bool]:
    """Add words and pictures to a matter that is open; (the answer, whether it was open still)."""
    followed = own_track(person, receipt, now)
    case = next(iter(_open(followed)), None)
    if case is None:
        return _OVER, False
    facts: dict[str, Any] = {"note": f"诉求人补充：{talk.text or '（照片）'}"}
    if pictures := _pictures(person):
        facts["photos"] = list(pictures)
    advance_many([_move(case, followed, Verb.NOTE, system(person.district, "居民对话"), facts)], now)
    _messages(person).update(appeal_id=followed.appeal_id)
    return _ADDED.format(receipt=shown(receipt)), True


def progress(person: Person, receipt: str, now: datetime) -> str:
    """How one matter stands, or all of them in a line each."""
    if not receipt:
        return words.listed([(one.receipt, one.title, one.state) for one in own_glances(person)])
    try:
        followed = own_track(person, receipt, now)
    except NotFound:
        return words.NOT_YOURS.format(link=_link(receipt))
    zone = ZoneInfo(settings.TIME_ZONE)
    parts = []
    for case in followed.cases:
        by_when = "" if case.state in CLOSED_STATES else words.due(case.due_at, zone)
        reply = f"\n答复：{case.reply}" if case.reply else ""
        parts.append(f"{case.title}：{words.headline(case.state, case.body)}{by_when}{reply}")
    return "\n\n".join([*parts, _link(receipt)])


def rate(person: Person, receipt: str, text: str, now: datetime, *, solved: bool) -> str:
    """The caller's say on every result that waits for it."""
    followed = own_track(person, receipt, now)
    facts = {
        "appeal": followed.appeal_id, "words": text, "satisfaction": "satisfied" if solved else "unsatisfied",
    }  # fmt: skip
    outcome = Outcome.SOLVED if solved else Outcome.UNSOLVED
    moves = [
        _move(case, followed, Verb.RATE, resident_of(followed), facts, outcome)
        for case in followed.cases
        if case.may_rate
    ]
    if not moves:
        return _RATED
    try:
        advance_many(moves, now)
    except Conflict:
        return _RATED
    return _THANKS if solved else _AGAIN


def remind(person: Person, receipt: str, now: datetime) -> str:
    """Hurry whoever works on a matter, once a day."""
    followed = own_track(person, receipt, now)
    cases = _open(followed)
    if not cases:
        return says.NOT_OPEN
    day = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    by = system(person.district, "居民对话")
    moves = [
        _move(case, followed, Verb.REMIND, by, {"words": "诉求人催办"}, key=f"chat-{case.case_id}-{day}")
        for case in cases
    ]
    before = sum(case.version for case in cases)
    after = sum(case.length for case in advance_many(moves, now))
    told = _HURRIED if after > before else _HURRIED_BEFORE
    return told.format(receipt=shown(receipt))


def append_pictures(person: Person, appeal_id: int, pictures: Sequence[StoredPhoto], now: datetime) -> None:
    """Pictures that came from the vendor after their matter was filed, put to its case; a closed one takes none."""
    for line in own_glances(person):
        followed = own_track(person, line.receipt, now)
        if followed.appeal_id == appeal_id and (cases := _open(followed)):
            facts = {"note": "诉求人补充：（照片）", "photos": list(pictures)}
            by = system(person.district, "居民对话")
            advance_many([_move(cases[0], followed, Verb.NOTE, by, facts)], now)
            return


def _area(district: int, talk: Talk) -> str:
    """Where the words say it is, for a matter without a point."""
    if talk.lon is not None:
        return ""
    guess = next(iter(locate_text(district, f"{talk.place} {talk.text}")), None)
    return guess.area or "" if guess is not None and guess.confidence >= _SURE_ENOUGH else ""


def _open(followed: Track) -> list[TrackCase]:
    return [case for case in followed.cases if case.state not in CLOSED_STATES]


def _move(
    case: TrackCase,
    followed: Track,
    verb: Verb,
    by: Actor,
    facts: dict[str, Any],
    outcome: Outcome | None = None,
    key: str | None = None,
) -> Move:
    return Move(
        case=(followed.district, case.case_id), verb=verb, by=by, outcome=outcome, facts=facts, key=key
    )


def _caller(person: Person, now: datetime) -> int:
    """Whose the matter is: of the phone that was proved or wrote, else a caller of whom nothing is known."""
    if person.phone_caller_id is None and _vendor(person) == Vendor.SMS:
        phone = unseal(person.district, WHO, person.who_sealed)
        person.phone_caller_id = ensure_callers(person.district, [("", phone)], now)[0]
    if person.phone_caller_id is not None:
        return person.phone_caller_id
    if person.caller_id is None:
        person.caller_id = new_nameless(person.district, now)
    return person.caller_id


def _messages(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(district=person.district, person_id=person.id, draft=person.draft)


def _pictures(person: Person) -> tuple[StoredPhoto, ...]:
    kept = _messages(person).exclude(photos=[]).order_by("id").values_list("photos", flat=True)
    return tuple(StoredPhoto(**photo) for photos in kept for photo in photos)


def _filed_today(person: Person, now: datetime) -> int:
    rows = Message.objects.filter(
        district=person.district, person_id=person.id, appeal_id__isnull=False, at__gt=now - timedelta(days=1)
    )
    return rows.values("appeal_id").distinct().count()


def _vendor(person: Person) -> str:
    return Account.objects.values_list("vendor", flat=True).get(pk=person.account_id)


def _link(receipt: str) -> str:
    site: str = settings.HUYING_ADDRESS
    return site.rstrip("/") + reverse("citizen:track", args=[receipt])
