"""What allocation learns from the ledger: what persons chose, rulings, automatic dispatches that stood."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from huying.access.actor import ActorKind, system
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.queries.described import described
from huying.cases.queries.told import ruling_words
from huying.kernel.numbers import case_number
from huying.loop.allocate.actions import (
    LearnedBody,
    LearnedItem,
    NewPrecedent,
    learn_bodies,
    learn_items,
    record_precedent,
)
from huying.loop.allocate.queries.learned import taught_by
from huying.people.queries import account_names

# How many digits of the case's area a ruling binds (先例范围).
_REACH: Final[Mapping[str, int]] = {"community": 12, "street": 9, "district": 6}


class Told(Protocol):
    """What is read of a ledger entry."""

    @property
    def case_id(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def verb(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor_kind(self) -> str: ...
    @property
    def account_id(self) -> int | None: ...
    @property
    def facts(self) -> Any: ...


def remember(district: int, entries: Sequence[Told], now: datetime) -> None:
    """A reaction to the ledger; the same entries given twice change nothing."""
    _teach_items(district, [entry for entry in entries if _names_item(entry)])
    _bind(district, [entry for entry in entries if entry.verb == Verb.RULE])
    closed = {entry.case_id for entry in entries if entry.verb == Verb.CLOSE}
    known = taught_by(district, closed) | {entry.case_id for entry in entries if _teaches(entry)}
    lessons = [
        lesson
        for entry in entries
        if _teaches(entry) or (entry.verb == Verb.CLOSE and entry.case_id not in known)
        for lesson in [_lesson(entry)]
        if lesson is not None
    ]
    if lessons:
        learn_bodies(district, lessons)


def _names_item(entry: Told) -> bool:
    named = entry.verb in {Verb.FILE, Verb.CORRECT} and entry.actor_kind == ActorKind.ACCOUNT
    return named and bool(entry.facts.get("item"))


def _teach_items(district: int, entries: Sequence[Told]) -> None:
    cases = described(district, sorted({entry.case_id for entry in entries}))
    lessons = [
        LearnedItem(
            entry.case_id,
            entry.seq,
            entry.at,
            cases[entry.case_id].text,
            entry.facts["item"],
            entry.account_id,
        )
        for entry in entries
        if entry.case_id in cases and cases[entry.case_id].text
    ]
    if lessons:
        learn_items(district, lessons)


def _teaches(entry: Told) -> bool:
    # An automatic dispatch may not prove itself right: it counts when the case is closed without a change.
    by_person = entry.verb in {Verb.DISPATCH, Verb.REASSIGN} and entry.actor_kind == ActorKind.ACCOUNT
    return by_person or (entry.verb == Verb.RULE and entry.outcome == Outcome.UPHELD)


def _lesson(entry: Told) -> LearnedBody | None:
    case = entry.facts["case"]
    body_id = entry.facts.get("body") or case["body"]
    if not body_id or not case["item"]:
        return None
    return LearnedBody(
        case_id=entry.case_id,
        seq=entry.seq,
        at=datetime.fromisoformat(case["opened"]),
        item=case["item"],
        area=case["area"],
        kind=case["kind"],
        channel=case["channel"],
        body_id=body_id,
    )


def _bind(district: int, rulings: Sequence[Told]) -> None:
    names = account_names(entry.account_id for entry in rulings if entry.account_id is not None)
    words = ruling_words(district, {entry.case_id for entry in rulings})
    for entry in rulings:
        reach, lesson = _REACH.get(entry.facts.get("reach", "")), _lesson(entry)
        if reach is None or lesson is None:
            continue
        ruled = NewPrecedent(
            item=lesson.item,
            area=lesson.area[:reach],
            body_id=lesson.body_id,
            case_id=entry.case_id,
            seq=entry.seq,
            case_number=case_number(district, entry.case_id),
            grounds=words.get((entry.case_id, entry.seq), ""),
            condition=int(entry.facts["condition"]) if "condition" in entry.facts else None,
        )
        by = system(district, names.get(entry.account_id or 0, "裁定"))
        record_precedent(ruled, by=by, now=entry.at)
