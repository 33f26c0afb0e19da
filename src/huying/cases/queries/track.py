"""What the holder of a receipt may follow, like a parcel's track: public steps and public words alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role
from huying.cases.clocks import Lamp, lamp
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, Outcome, State, Verb
from huying.cases.models import (
    Appeal,
    Attachment,
    Case,
    CaseAppeal,
    Entry,
    Promise,
    Rating,
    Statement,
)
from huying.cases.policy.guards import RATING_DAYS
from huying.cases.queries.erasing import said_of
from huying.cases.queries.glances import title_for
from huying.cases.queries.track_promises import TrackPromise, promises_of, told_promises
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number, parse_receipt
from huying.people.queries import unit_names

# What happens among offices (disputes, reminders, applications) is not the caller's to follow.
PUBLIC_VERBS: Final = frozenset({
    Verb.RECEIVE, Verb.FILE, Verb.REJECT, Verb.ANSWER, Verb.SPLIT_OFF, Verb.MERGE, Verb.DISPATCH, Verb.SIGN,
    Verb.CONTACT, Verb.NOTE, Verb.REPORT, Verb.CHECK, Verb.FOLLOW_UP, Verb.RATE, Verb.CLOSE, Verb.REOPEN,
    Verb.HAND_UP, Verb.HAND_DOWN, Verb.ADD_BODY, Verb.RULE, Verb.APPROVE, Verb.SUPERVISE, Verb.WITHDRAW,
    Verb.ARCHIVE, Verb.CALL, Verb.ARRIVE, Verb.PROMISE, Verb.KEEP_PROMISE, Verb.BREAK_PROMISE, Verb.REASSIGN,
    Verb.ERASE,
})  # fmt: skip
_OF_A_PROMISE: Final = frozenset({Verb.KEEP_PROMISE, Verb.BREAK_PROMISE})
_HIDDEN_OUTCOMES: Final = frozenset({Outcome.DISMISSED, Outcome.DECLINED})
# A reply is the caller's once it has passed the check.
_REPLIES_AFTER_CHECK: Final = frozenset({State.CHECKED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One step of the track. ``words`` is what was said to the caller with it, "" where nothing was.

    ``own`` is False for what another caller of the same case said: their report, their say, their withdrawal.
    """

    seq: int
    at: datetime
    verb: Verb
    outcome: Outcome | None
    body: str
    words: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class TrackCase:
    """One case that answers the appeal. ``due_at`` is by when something happens next."""

    case_id: int
    number: str
    title: str
    state: State
    body: str
    due_kind: ClockKind | None
    due_at: datetime | None
    lamp: Lamp
    reply: str
    steps: Sequence[TrackStep]
    rating: Rating | None
    may_rate: bool
    may_withdraw: bool
    version: int
    photos: Sequence[Attachment]
    promises: Sequence[TrackPromise] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """Everything the holder of the receipt sees. ``has_phone``: the last four digits are asked for first."""

    district: int
    appeal_id: int
    receipt: str
    channel: str
    kind: str
    text: str
    place_text: str
    lon: float | None
    lat: float | None
    received_at: datetime
    caller_id: int | None
    photos: Sequence[Attachment]
    cases: Sequence[TrackCase]


def resident_of(track: "Track") -> Actor:
    """The holder of the receipt as an actor: they may act on this appeal alone."""
    return Actor(
        kind=ActorKind.RESIDENT,
        district=track.district,
        name="居民",
        appeal_id=track.appeal_id,
        grants=(Grant(Role.RESIDENT, str(track.district)),),
    )


def track(receipt: str, now: datetime) -> Track:
    """The track of a receipt number, typed in any usual way.

    Raises Invalid for a number that cannot be one, NotFound for one that was never given.
    """
    appeal = Appeal.objects.filter(receipt=parse_receipt(receipt)).first()
    if appeal is None:
        raise NotFound("没有找到这个回执号，请核对后再查。")
    of = {"district": appeal.district}
    links = {link.case_id: link for link in CaseAppeal.objects.filter(appeal_id=appeal.id, **of)}
    cases = list(Case.objects.filter(id__in=links, **of).order_by("id"))
    entries = list(Entry.objects.filter(case_id__in=links, **of).order_by("case_id", "seq"))
    words = _public_words(appeal.district, list(links))
    files = list(Attachment.objects.filter(case_id__in=links, **of)) + list(
        Attachment.objects.filter(appeal_id=appeal.id, case_id=None, **of)
    )
    ratings = {row.case_id: row for row in Rating.objects.filter(appeal_id=appeal.id, **of).order_by("id")}
    names = unit_names(appeal.district)
    promises = promises_of(appeal.district, entries)
    return Track(
        district=appeal.district, appeal_id=appeal.id, receipt=appeal.receipt, channel=appeal.channel, kind=appeal.kind,
        text=said_of(appeal), place_text=appeal.place_text, lon=appeal.lon, lat=appeal.lat,
        received_at=appeal.received_at, caller_id=appeal.caller_id,
        photos=[file for file in files if file.appeal_id == appeal.id],
        cases=[
            _case(
                case,
                [entry for entry in entries if entry.case_id == case.id],
                words,
                names,
                ratings.get(case.id),
                [file for file in files if file.case_id == case.id and file.stage == "after"],
                [row for row in promises if row.case_id == case.id],
                links[case.id].until is None,
                title_for(appeal, case, links[case.id]),
                appeal.id,
                now,
            )
            for case in cases
        ],
    )  # fmt: skip


def _public_words(district: int, ids: Sequence[int]) -> Mapping[tuple[int, int], Mapping[str, str]]:
    words: dict[tuple[int, int], dict[str, str]] = {}
    for row in Statement.objects.filter(district=district, case_id__in=ids, public=True):
        words.setdefault((row.case_id, row.seq), {})[row.name] = row.text
    return words


def _case(
    case: Case,
    entries: Sequence[Entry],
    words: Mapping[tuple[int, int], Mapping[str, str]],
    names: Mapping[int, str],
    rating: Rating | None,
    photos: Sequence[Attachment],
    promises: Sequence[Promise],
    active: bool,
    title: str,
    appeal: int,
    now: datetime,
) -> TrackCase:
    state = State(case.state)
    closed = state in CLOSED_STATES
    in_time = case.closed_at is None or now <= case.closed_at + timedelta(days=RATING_DAYS)
    return TrackCase(
        case_id=case.id, number=case_number(case.district, case.id), title=title, state=state,
        body=names.get(case.body_id or 0, ""), due_kind=ClockKind(case.due_kind) if case.due_kind else None,
        due_at=case.due_at, lamp=Lamp.STILL if closed else lamp(now, case.warn_at, case.due_at),
        reply=_reply(case, entries, words), steps=_steps(entries, words, names, appeal), rating=rating,
        may_rate=active and case.erased_at is None and state in _REPLIES_AFTER_CHECK and in_time,
        may_withdraw=active and not closed,
        version=case.length, photos=photos if state in _REPLIES_AFTER_CHECK else (),
        promises=told_promises(promises, entries, words, names, now, active=active),
    )  # fmt: skip


def _reply(case: Case, entries: Sequence[Entry], words: Mapping[tuple[int, int], Mapping[str, str]]) -> str:
    for entry in reversed(entries):
        reply = words.get((case.id, entry.seq), {}).get("reply")
        if reply and (entry.verb != Verb.REPORT or case.state in _REPLIES_AFTER_CHECK):
            return reply
    return ""


def _steps(
    entries: Sequence[Entry],
    words: Mapping[tuple[int, int], Mapping[str, str]],
    names: Mapping[int, str],
    appeal: int,
) -> list[TrackStep]:
    steps = []
    for entry in entries:
        outcome = Outcome(entry.outcome) if entry.outcome else None
        said = words.get((entry.case_id, entry.seq), {})
        progress = said.get("progress", "")
        if entry.verb not in PUBLIC_VERBS or outcome in _HIDDEN_OUTCOMES:
            continue
        if entry.verb == Verb.NOTE and not progress:
            continue
        if entry.verb in _OF_A_PROMISE and "promised" not in entry.facts:
            # A part of a consultation was promised among offices.
            continue
        body = names.get(entry.body_id or 0, "")
        own = entry.appeal_id in {None, appeal}
        steps.append(TrackStep(entry.seq, entry.at, Verb(entry.verb), outcome, body, progress, own))
    return steps
