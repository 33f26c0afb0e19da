"""What people say at a meeting becomes an appeal at once; a body that is there claims it on the spot (R108)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from huying.access.actor import Actor, system
from huying.access.permissions import Permission
from huying.cases.actions import CaseRef, NewAppeal, advance, known_keys, receive
from huying.cases.lifecycle import CLOSED_STATES, Channel, State, Verb
from huying.cases.queries.lists.answering import answering_cases
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.catalogue.queries import condition_for_text
from huying.deliberation.actions.meetings import locked
from huying.deliberation.models import Meeting, MeetingAppeal
from huying.kernel.errors import Conflict, Denied, IllegalStep, Invalid, NotFound
from huying.kernel.saying import said
from huying.loop.allocate.queries import suggest_items
from huying.loop.collect.rules import AppealForm, clean
from huying.people.actions import ensure_callers
from huying.people.queries import body

SOURCE = "meeting"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said at a meeting. ``key`` is its form's own; ``body_id`` claims it at once; ``item`` may be ""."""

    key: str
    text: str
    place: str = ""
    name: str = ""
    phone: str = ""
    body_id: int | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the caller is told: the number at the meeting and the receipt; ``is_new`` False for a form sent twice."""

    number: int
    receipt: str
    case_id: int
    is_new: bool


@transaction.atomic
def take(by: Actor, meeting_id: int, one: Said, now: datetime) -> Taken:
    """Take an appeal, all or nothing; the same form twice is one appeal.

    Raises NotFound, Denied for who may not keep this meeting, Conflict for one that is over, Invalid, and what a
    claim is refused with.
    """
    meeting = locked(by, meeting_id)
    if not by.may(Permission.APPEAL_RECEIVE):
        raise Denied
    form = clean(AppealForm(
        text=one.text, channel=Channel.MEETING.value, place_text=one.place, name=one.name, phone=one.phone
    ))  # fmt: skip
    key = f"{SOURCE}:{meeting.pk}:{one.key}"
    if meeting.ended_at is not None and key not in known_keys(meeting.district, [key]):
        raise Conflict("这个会已经结束收集，不能再登记。要补登，请走热线或网页。")
    receipt = _received(meeting, by, key, form, now)
    known = MeetingAppeal.objects.filter(meeting=meeting, appeal_id=receipt.appeal_id).first()
    if known is not None:
        return Taken(known.number, known.receipt, known.case_id, False)
    last = MeetingAppeal.objects.filter(meeting=meeting).aggregate(n=Max("number"))["n"] or 0
    MeetingAppeal.objects.create(
        district=meeting.district, meeting=meeting, number=last + 1, appeal_id=receipt.appeal_id,
        case_id=receipt.case_id, receipt=receipt.receipt, taken_at=now, taken_by=by.name[:60],
    )  # fmt: skip
    if one.body_id is not None:
        claim(by, meeting_id, last + 1, one.body_id, now, item=one.item)
    return Taken(last + 1, receipt.receipt, receipt.case_id, True)


@transaction.atomic
def claim(by: Actor, meeting_id: int, number: int, body_id: int, now: datetime, *, item: str = "") -> None:
    """现场认领: the body that is there takes the matter; the case is filed and given to it through the table.

    The order's reason names meeting and number. Claimed twice by the same body changes nothing. Raises NotFound,
    Denied, Invalid for a body that is not present or an item nobody can tell, Conflict where another has it.
    """
    meeting = locked(by, meeting_id)
    row = MeetingAppeal.objects.filter(meeting=meeting, number=number).first()
    if row is None:
        raise NotFound
    if row.body_id == body_id:
        return
    if body_id not in meeting.bodies:
        told = said("这个单位不在参会单位里，请先在会议里加上。")
        raise Invalid(told, fields={"body": told})
    line = _line(meeting, row, now)
    if line.body_id is not None and line.body_id != body_id:
        raise Conflict(said("这件事已经派给%(body)s，不能再认领。", body=line.body_name))
    if line.body_id is None:
        _give(by, meeting, row, line, body_id, item, now)
    MeetingAppeal.objects.filter(meeting=meeting, number=number).update(
        body_id=body_id, claimed_at=now, claimed_by=by.name[:60]
    )


def _received(meeting: Meeting, by: Actor, key: str, form: AppealForm, now: datetime) -> Any:
    caller = None
    if form.name or form.phone:
        caller = ensure_callers(meeting.district, [(form.name, form.phone)], now)[0]
    new = NewAppeal(
        text=form.text, channel=form.channel, kind=form.kind, caller_id=caller, place_text=form.place_text,
        area=meeting.area, source=f"{SOURCE}:{meeting.pk}", idempotency_key=key,
    )  # fmt: skip
    return receive(meeting.district, [new], by=by, now=now)[0]


def _line(meeting: Meeting, row: MeetingAppeal, now: datetime) -> CaseLine:
    numbers = answering_cases(meeting.district, [row.appeal_id]).get(row.appeal_id, ())
    open_ones = [
        line
        for line in lines_of(system(meeting.district), list(numbers), now)
        if line.state not in CLOSED_STATES
    ]
    if not open_ones:
        raise Conflict("这件事已经办结，不用认领了。")
    return open_ones[0]


def _give(
    by: Actor, meeting: Meeting, row: MeetingAppeal, line: CaseLine, body_id: int, item: str, now: datetime
) -> None:
    ref: CaseRef = (meeting.district, line.id)
    # Whoever may file and dispatch does it in their own name; for others the platform does what the meeting decided.
    own = by.may(Permission.CASE_FILE) and by.may(Permission.CASE_DISPATCH)
    acting = by if own else system(meeting.district, f"会议登记 {by.name}")
    name = body(meeting.district, body_id).name
    reason = f"会议：{localdate(meeting.held_at)}“{meeting.title}”第 {row.number} 件，{name}现场认领"
    once = f"{SOURCE}:{meeting.pk}:{row.number}"
    try:
        if line.state is State.RECEIVED:
            facts = _filing(meeting.district, line, item)
            advance(ref, Verb.FILE, by=acting, now=now, key=f"{once}:file", **facts)
        advance(
            ref, Verb.DISPATCH, by=acting, now=now, key=f"{once}:dispatch:{body_id}", body=body_id,
            source=SOURCE, reasons=[reason],
        )  # fmt: skip
    except IllegalStep as moved:
        raise Conflict("这件事刚被别人处理了，请刷新后再看。") from moved


def _filing(district: int, line: CaseLine, item: str) -> dict[str, Any]:
    code = item or line.item
    if not code:
        guesses = suggest_items(district, [line.title], limit=1, words=False)[0]
        code = guesses[0].code if guesses else ""
    if not code:
        told = said("请选这件事属于哪个事项，再认领。")
        raise Invalid(told, fields={"item": told})
    condition = condition_for_text(district, code, line.title)
    return {"item": code, **({"condition": str(condition)} if condition is not None else {})}
