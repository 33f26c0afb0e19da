"""One case with everything its page shows, read in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.clocks import Lamp, lamp, warn_at
from huying.cases.lifecycle import FACTS, ClockKind, OrderRole, OrderState, Outcome, Verb
from huying.cases.models import (
    Attachment,
    Clock,
    Delay,
    DelayKind,
    DelayState,
    Dispute,
    DisputeState,
    Entry,
    Matter,
    Order,
    Rating,
    Supervision,
)
from huying.cases.policy import may, sees
from huying.cases.queries.buttons import Button, buttons_for
from huying.cases.queries.called import CallView, PromiseView, calls_of, promises_of
from huying.cases.queries.erasing import said_of
from huying.cases.queries.lists.queue import CaseLine, line_of
from huying.cases.queries.photos import PhotoView, photo_views
from huying.cases.queries.settings.timing import timing_of
from huying.cases.queries.whole import Whole, whole
from huying.cases.rules.erasing import ERASED
from huying.kernel.errors import NotFound
from huying.kernel.numbers import hidden
from huying.people.queries import MaskedCaller, account_names, callers_masked, unit_names
from huying.worktime import Calendar, Limit, explain
from huying.worktime.arithmetic import Pause

_WAITING: Final = frozenset({DelayState.ASKED, DelayState.RECOMMENDED})


@dataclass(frozen=True, slots=True)
class AppealView:
    """One caller's words on the case; the caller is masked.

    ``receipt`` is whole only for those who speak with callers: whoever holds it may judge the work, and with the
    end of the phone, which a masked number shows, those who did the work could praise themselves.
    """

    id: int
    receipt: str
    channel: str
    kind: str
    text: str
    place_text: str
    received_at: datetime
    caller: MaskedCaller | None
    active: bool
    rating: Rating | None
    answers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class OrderView:
    """One body's order."""

    id: int
    body_id: int
    body_name: str
    role: OrderRole
    state: OrderState
    sent_at: datetime
    signed_at: datetime | None
    contacted_at: datetime | None
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock, running or stopped, with the reasons for its due time line by line.

    ``longer``: when it would be due if the extension were granted that its body has asked for; None without one.
    """

    kind: ClockKind
    body_name: str
    limit: str
    starts_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    paused: bool
    lamp: Lamp
    why: Sequence[str]
    longer: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the timeline. ``texts`` are (name, Chinese label, public, text); ``said`` are plain facts."""

    seq: int
    verb: Verb
    outcome: Outcome | None
    at: datetime
    actor_kind: str
    actor_name: str
    body_name: str
    before: str
    after: str
    texts: Sequence[tuple[str, str, bool, str]]
    said: Mapping[str, Any]
    attachments: Sequence[Attachment]
    seal: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case's page.

    ``may_unmask`` and ``may_speak``: on this case, in a post whose scope holds it; another post may only read it.
    ``erased``: its persons' data were erased by law, and nothing is done with it any more.
    """

    line: CaseLine
    condition: int | None
    merged_into: int | None
    split_from: int | None
    appeals: Sequence[AppealView]
    orders: Sequence[OrderView]
    clocks: Sequence[ClockView]
    entries: Sequence[EntryView]
    delays: Sequence[Delay]
    disputes: Sequence[Dispute]
    supervisions: Sequence[Supervision]
    calls: Sequence[CallView]
    promises: Sequence[PromiseView]
    attachments: Sequence[Attachment]
    photos: Sequence[PhotoView]
    buttons: Sequence[Button]
    may_unmask: bool
    may_speak: bool
    erased: bool

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What bodies asked for and wait to hear about, as Chinese terms: (延期, 待初审), (争议, 待裁定)."""
        delays = [
            (DelayKind(one.kind).zh, DelayState(one.state).zh) for one in self.delays if one.state in _WAITING
        ]
        open_disputes = [one for one in self.disputes if one.state == DisputeState.OPEN]
        return [*delays, *((Verb.DISPUTE.zh, DisputeState.OPEN.zh) for _one in open_disputes)]


def case_for(actor: Actor, district: int, case_id: int, now: datetime, lang: str = "zh") -> CaseView:
    """The case as this actor may see it. Raises NotFound when it does not exist or is not theirs to see."""
    found = whole(district, case_id)
    appeals = [link.appeal_id for link in found.links]
    if not found.cases or not sees(actor, found.cases[0], found.orders, appeals):
        raise NotFound
    case, clocks = found.cases[0], found.clocks
    matter = Matter(
        case,
        orders=found.orders,
        clocks=[clock for clock in clocks if clock.stopped_at is None],
        links=found.links,
        delays=found.delays,
        disputes=found.disputes,
        supervisions=found.supervisions,
        ratings=found.ratings,
        calls=found.calls,
        called=found.called,
        call_ratings=found.call_ratings,
        promises=found.promises,
    )
    names = unit_names(district)
    files = [file for file in found.attachments if file.case_id is not None]
    return CaseView(
        line=line_of(case, now),
        condition=case.condition,
        merged_into=case.merged_into,
        split_from=case.split_from,
        appeals=_appeals(
            found,
            set(matter.active_appeals),
            whole_receipts=_speaks_with_callers(actor, found),
        ),
        orders=[_order(order, names) for order in found.orders],
        clocks=[_clock(clock, found, names, now, lang) for clock in clocks],
        entries=_entries(found, names, files),
        delays=found.delays,
        disputes=found.disputes,
        supervisions=found.supervisions,
        calls=calls_of(found, names, now),
        promises=promises_of(found, names),
        attachments=files,
        photos=photo_views(found.attachments),
        buttons=buttons_for(actor, matter, now),
        may_unmask=may(actor, Permission.CALLER_UNMASK, case, orders=found.orders),
        may_speak=may(actor, Permission.CASE_SPEAK, case, orders=found.orders),
        erased=case.erased_at is not None,
    )


def _speaks_with_callers(actor: Actor, found: Whole) -> bool:
    if actor.body_ids & {order.body_id for order in found.orders}:
        return False
    return may(actor, Permission.CASE_FOLLOW_UP, found.cases[0], orders=found.orders)


def _appeals(found: Whole, active: set[int], *, whole_receipts: bool) -> list[AppealView]:
    district = found.cases[0].district
    masked = callers_masked(district, [row.caller_id for row in found.appeals if row.caller_id])
    ratings = {rating.appeal_id: rating for rating in found.ratings}
    answers: dict[int, list[tuple[str, str]]] = {}
    for answer in found.answers:
        answers.setdefault(answer.appeal_id, []).append((answer.question, answer.said))
    return [
        AppealView(
            id=row.id,
            receipt=row.receipt if whole_receipts else hidden(row.receipt),
            channel=row.channel,
            kind=row.kind,
            text=said_of(row),
            place_text=row.place_text,
            received_at=row.received_at,
            caller=masked.get(row.caller_id) if row.caller_id else None,
            active=row.id in active,
            rating=ratings.get(row.id),
            answers=answers.get(row.id, ()),
        )
        for row in found.appeals
    ]


def _order(order: Order, names: Mapping[int, str]) -> OrderView:
    return OrderView(
        id=order.id, body_id=order.body_id, body_name=names.get(order.body_id, ""), role=OrderRole(order.role),
        state=OrderState(order.state), sent_at=order.sent_at, signed_at=order.signed_at,
        contacted_at=order.contacted_at, reported_at=order.reported_at,
    )  # fmt: skip


@lru_cache(8192)
def _why(
    start: datetime, limit: Limit, calendar: Calendar, pauses: tuple[Pause, ...], extensions: int, lang: str
) -> tuple[str, ...]:
    return tuple(explain(start, limit, calendar, pauses, extensions, lang))


def _clock(clock: Clock, found: Whole, names: Mapping[int, str], now: datetime, lang: str) -> ClockView:
    limit, district = Limit(clock.amount, clock.unit), clock.district
    pauses = tuple(
        (row.starts_at, row.ends_at or max(now, row.starts_at))
        for row in found.pauses
        if row.clock_id == clock.id and (clock.paused_at or clock.extensions)
    )
    dated = ClockKind(clock.kind).to_a_date
    why = (
        ()
        if dated
        else _why(clock.starts_at, limit, timing_of(district).calendar, pauses, clock.extensions, lang)
    )
    stands = Lamp.STILL
    if clock.stopped_at is None and clock.paused_at is None:
        stands = lamp(now, warn_at(clock.starts_at, clock.due_at), clock.due_at)
    return ClockView(
        kind=ClockKind(clock.kind), body_name=names.get(clock.body_id or 0, ""),
        limit="" if dated else (limit.zh if lang == "zh" else limit.en), starts_at=clock.starts_at,
        due_at=clock.due_at, stopped_at=clock.stopped_at, paused=clock.paused_at is not None, lamp=stands, why=why,
        longer=_longer(clock, found),
    )  # fmt: skip


def _longer(clock: Clock, found: Whole) -> datetime | None:
    asks = any(
        one.kind == DelayKind.EXTENSION and one.body_id == clock.body_id and one.state in _WAITING
        for one in found.delays
    )
    if not asks or clock.kind != ClockKind.HANDLE or clock.stopped_at is not None:
        return None
    stood = [(row.starts_at, row.ends_at) for row in found.pauses if row.clock_id == clock.id and row.ends_at]
    timing, limit = timing_of(clock.district), Limit(clock.amount, clock.unit)
    return timing.due(clock.starts_at, limit, stood, clock.extensions + 1)


def _who(entry: Entry, people: Mapping[int, str]) -> str:
    """Who took the step; a person whose assistant did it with a key of theirs is named with it."""
    name = people.get(entry.account_id or 0, "")
    return f"{name}（助手）" if name and entry.key_id else name


def _entries(found: Whole, names: Mapping[int, str], files: Sequence[Attachment]) -> list[EntryView]:
    texts: dict[int, list[tuple[str, str, bool, str]]] = {}
    for row in found.statements:
        texts.setdefault(row.seq, []).append((row.name, FACTS[row.name].zh, row.public, row.text or ERASED))
    people = account_names([entry.account_id for entry in found.entries if entry.account_id])
    return [
        EntryView(
            seq=entry.seq,
            verb=Verb(entry.verb),
            outcome=Outcome(entry.outcome) if entry.outcome else None,
            at=entry.at,
            actor_kind=entry.actor_kind,
            actor_name=_who(entry, people),
            body_name=names.get(entry.body_id or 0, ""),
            before=entry.before,
            after=entry.after,
            texts=texts.get(entry.seq, []),
            said=entry.facts,
            attachments=[file for file in files if file.seq == entry.seq],
            seal=bytes(entry.seal).hex(),
        )
        for entry in found.entries
    ]
