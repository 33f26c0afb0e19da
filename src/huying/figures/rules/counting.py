"""Which facts one entry of the ledger adds. A pure function of the entry and of how the case stood before.

Every limit is counted once, on the day its fate was known: kept, on the day it was kept; passed, on the day it
ran out. What was counted as late stays late, whatever is granted or done afterwards.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from huying.cases.ledger import Link
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.lifecycle import FollowUpReason as Reason
from huying.cases.rules.calling import on_spot
from huying.figures.rules.measures import Measure as M
from huying.loop.supervise.rules.cuts import Place, place
from huying.loop.supervise.rules.standing import (
    Key,
    Running,
    Standing,
    clock_key,
    moment,
    sent_wrongly,
)


class Fact(NamedTuple):
    """One thing counted: what, when (aware), where, and how much (1, or minutes)."""

    measure: M
    at: datetime
    place: Place
    amount: int = 1


class _Limit(NamedTuple):
    kept: M
    passed: M
    fulfilled_by: frozenset[str]


_LIMITS: Final[Mapping[str, _Limit]] = {
    ClockKind.ACCEPT: _Limit(
        M.ACCEPT_IN_TIME, M.ACCEPT_LATE, frozenset({Verb.FILE, Verb.REJECT, Verb.ANSWER})
    ),
    ClockKind.SIGN: _Limit(M.SIGN_IN_TIME, M.SIGN_LATE, frozenset({Verb.SIGN})),
    ClockKind.CONTACT: _Limit(M.CONTACT_IN_TIME, M.CONTACT_LATE, frozenset({Verb.CONTACT})),
    ClockKind.HANDLE: _Limit(M.HANDLE_IN_TIME, M.HANDLE_LATE, frozenset({Verb.REPORT, Verb.ARCHIVE})),
    ClockKind.CALL: _Limit(M.CALL_IN_TIME, M.CALL_LATE, frozenset({Verb.ANSWER_CALL, Verb.ARRIVE})),
    ClockKind.CHECK: _Limit(M.CHECK_IN_TIME, M.CHECK_LATE, frozenset({Verb.CHECK})),
}
_ASSIST: Final = _Limit(M.ASSIST_IN_TIME, M.ASSIST_LATE, frozenset({Verb.REPORT}))
_PLAIN: Final[Mapping[str, M]] = {
    Verb.RECEIVE: M.RECEIVED, Verb.FILE: M.FILED, Verb.REJECT: M.REJECTED, Verb.ADD_BODY: M.ADDED,
    Verb.MERGE: M.MERGED, Verb.SPLIT_OFF: M.SPLIT, Verb.REOPEN: M.REOPENED, Verb.HAND_UP: M.HANDED_UP,
    Verb.HAND_DOWN: M.HANDED_DOWN, Verb.DISPUTE: M.DISPUTED, Verb.REMIND: M.REMINDED, Verb.SUPERVISE: M.SUPERVISED,
    Verb.WITHDRAW: M.WITHDRAWN,
}  # fmt: skip
_BY_OUTCOME: Final[Mapping[tuple[str, str], M]] = {
    (Verb.CHECK, "passed"): M.PASSED,
    (Verb.CHECK, "rework"): M.REWORK,
    (Verb.RULE, "upheld"): M.UPHELD,
    (Verb.RULE, "dismissed"): M.DISMISSED,
    (Verb.RULE, "forced"): M.FORCED,
    (Verb.APPROVE, "extended"): M.EXTENDED,
    (Verb.APPROVE, "suspended"): M.SUSPENDED,
    (Verb.FOLLOW_UP, "unreached"): M.UNREACHED,
}
# Entries from before reasons were asked say none: they stay counted as unreached alone.
_UNREACHED: Final[Mapping[str, M]] = {
    Reason.NO_ANSWER: M.UNREACHED_SILENT,
    Reason.BUSY: M.UNREACHED_SILENT,
    Reason.NOT_HOME: M.UNREACHED_SILENT,
    Reason.WRONG_PERSON: M.UNREACHED_NUMBER,
    Reason.DEAD_NUMBER: M.UNREACHED_NUMBER,
    Reason.NO_NUMBER: M.UNREACHED_NUMBER,
    Reason.BROKEN_OFF: M.UNREACHED_REFUSED,
    Reason.REFUSED: M.UNREACHED_REFUSED,
    Reason.NUISANCE: M.UNREACHED_NUISANCE,
    Reason.LAPSED: M.UNREACHED_LAPSED,
}
_CLOSED_AT: Final[Mapping[str, M]] = {
    "grid": M.CLOSED_GRID,
    "community": M.CLOSED_COMMUNITY,
    "street": M.CLOSED_STREET,
    "district": M.CLOSED_DISTRICT,
}
_SAID: Final[Mapping[str, M]] = {
    "satisfied": M.SATISFIED,
    "basically": M.BASICALLY,
    "unsatisfied": M.UNSATISFIED,
}


def facts_of(link: Link, before: Standing) -> list[Fact]:
    """Everything this entry adds, in a fixed order."""
    here = _here(link, before)
    facts = [Fact(measure, link.at, here) for measure in _events(link)]
    special = _SPECIAL.get(link.verb)
    if special is not None:
        facts += special(link, before, here)
    if before.decided_at is not None and sent_wrongly(link):
        # On the day on which the body was chosen and once, so that the rate stays a share of the same decisions.
        wrong = link.facts["taken_from"] if link.verb == Verb.REASSIGN else link.facts["dispute"][0]
        facts.append(Fact(M.MISJUDGED, before.decided_at, here._replace(body=wrong)))
    return facts + list(_limits(link, before, here))


def _here(link: Link, before: Standing) -> Place:
    case = link.facts["case"]
    here = place(case["area"], case["body"] or before.place.body, case["item"])
    if link.verb == Verb.RULE:
        return here._replace(body=link.facts["dispute"][0])
    if link.verb == Verb.APPROVE and "extended" in link.facts:
        return here._replace(body=link.facts["extended"][0])
    if link.verb == Verb.DISPUTE:
        return here._replace(body=link.body_id or here.body)
    return here


def _events(link: Link) -> Iterator[M]:
    plain = _PLAIN.get(link.verb)
    if plain is not None and not (plain is M.WITHDRAWN and link.outcome != "last"):
        yield plain
    by_outcome = _BY_OUTCOME.get((link.verb, link.outcome))
    if by_outcome is not None:
        yield by_outcome


def _dispatched(link: Link, before: Standing, here: Place) -> list[Fact]:
    lead = here.body
    assists = [body for body in link.facts.get("assists", ()) if body != lead]
    return [Fact(M.DISPATCHED, link.at, here)] + [
        Fact(M.ADDED, link.at, here._replace(body=body)) for body in assists
    ]


def _reported(link: Link, before: Standing, here: Place) -> list[Fact]:
    # An assisting body's report does not move the case.
    reported = [Fact(M.REPORTED, link.at, here)] if link.before != link.after else []
    return reported + _promise(link, before, here)


def _closed(link: Link, before: Standing, here: Place) -> list[Fact]:
    case = link.facts["case"]
    minutes = int((link.at - moment(case["opened"])).total_seconds() // 60)
    facts = [
        Fact(M.CLOSED, link.at, here),
        Fact(_CLOSED_AT[case["level"]], link.at, here),
        Fact(M.CLOSE_MINUTES, link.at, here, minutes),
    ]
    return [*facts, Fact(M.ANSWERED, link.at, here)] if link.verb == Verb.ANSWER else facts


def _archived(link: Link, before: Standing, here: Place) -> list[Fact]:
    # Of a matter whose end nobody told, the day it was brought in says nothing.
    return _closed(link, before, here) if link.facts.get("ended") else []


def _verdict(link: Link, before: Standing, here: Place) -> list[Fact]:
    """What a caller who was reached said. One who says nothing of satisfaction when unsolved is unsatisfied."""
    if link.outcome == "unreached":
        why = _UNREACHED.get(link.facts.get("unreached_reason", ""))
        return [Fact(why, link.at, here)] if why else []
    solved = link.outcome == "solved"
    said = _SAID[link.facts.get("satisfaction", "unsatisfied")]
    found = [M.VALID, M.SOLVED if solved else M.UNSOLVED, said]
    # As the caller says; where nobody asked: somebody spoke with them, or the question was answered at once.
    if link.facts.get("responded", before.contacted or not here.body):
        found.append(M.RESPONDED)
    if not solved:
        found.append(M.REOPENED if link.before == "closed" else M.REWORK)
    return [Fact(measure, link.at, here) for measure in found]


def _called(link: Link, before: Standing, here: Place) -> list[Fact]:
    return [Fact(M.CALLED, link.at, here._replace(body=body)) for body in link.facts["called"]]


def _arrived(link: Link, before: Standing, here: Place) -> list[Fact]:
    there = here._replace(body=link.body_id or 0)
    facts = [Fact(M.ARRIVED, link.at, there)]
    return [*facts, Fact(M.ON_SPOT, link.at, there)] if on_spot(link.facts.get("metres")) else facts


def _judged_call(link: Link, before: Standing, here: Place) -> list[Fact]:
    there = here._replace(body=link.body_id or 0)
    return [Fact(M.CALL_RATED, link.at, there), Fact(M.CALL_STARS, link.at, there, link.facts["stars"])]


def _promise(link: Link, before: Standing, here: Place) -> list[Fact]:
    """What became of a promise, under the body that gave it. Done after its date, it stays broken."""
    kind = "promised" if "promised" in link.facts else "assigned"
    if kind not in link.facts:
        return []
    _number, body, state = link.facts[kind]
    there = here._replace(body=body)
    measure = _PROMISES.get((kind, state))
    facts = [Fact(measure, link.at, there)] if measure and not _done_too_late(link, state) else []
    if state == "broken" and "kept_at" in link.facts and kind == "promised":
        # On the day on which it was said to be kept, so that a rate stays a share of the same promises.
        facts.append(Fact(M.PROMISE_CONTESTED, moment(link.facts["kept_at"]), there))
    if link.before == "closed" and link.after != "closed":
        facts.append(Fact(M.REOPENED, link.at, here))
    return facts


def _done_too_late(link: Link, state: str) -> bool:
    return link.verb == Verb.KEEP_PROMISE and state == "broken"


_PROMISES: Final[Mapping[tuple[str, str], M]] = {
    ("promised", "open"): M.PROMISED,
    ("promised", "kept"): M.PROMISE_KEPT,
    ("promised", "broken"): M.PROMISE_BROKEN,
    ("assigned", "kept"): M.PART_KEPT,
    ("assigned", "broken"): M.PART_BROKEN,
}


def _reassigned(link: Link, before: Standing, here: Place) -> list[Fact]:
    # Counted under the body to which it was sent wrongly, as a ruling is.
    return [Fact(M.REASSIGNED, link.at, here._replace(body=link.facts["taken_from"]))]


_SPECIAL: Final[Mapping[str, Callable[[Link, Standing, Place], list[Fact]]]] = {
    Verb.DISPATCH: _dispatched,
    Verb.REPORT: _reported,
    Verb.CLOSE: _closed,
    Verb.ANSWER: _closed,
    Verb.ARCHIVE: _archived,
    Verb.FOLLOW_UP: _verdict,
    Verb.RATE: _verdict,
    Verb.REASSIGN: _reassigned,
    Verb.CALL: _called,
    Verb.ARRIVE: _arrived,
    Verb.RATE_CALL: _judged_call,
    Verb.PROMISE: _promise,
    Verb.ASSIGN: _promise,
    Verb.KEEP_PROMISE: _promise,
    Verb.BREAK_PROMISE: _promise,
}


def _limits(link: Link, before: Standing, here: Place) -> Iterator[Fact]:
    if link.verb == Verb.WARN:
        yield from _ran_out(link, before, here)
    for kind, body, due, late in link.facts.get("stopped", ()):
        limit = _limit(kind, body, before)
        if limit is not None:
            key = clock_key(kind, body)
            yield from _stopped(link, limit, before.clocks.get(key), _whose(here, key), moment(due), late)


def limit_kept_by(link: Link, before: Standing) -> Iterator[tuple[M, int]]:
    """The limits that this entry's step fulfilled, in time or late, with the body each was set to (0 none)."""
    for kind, body, _due, late in link.facts.get("stopped", ()):
        limit = _limit(kind, body, before)
        if limit is not None and link.verb in limit.fulfilled_by:
            yield limit.passed if late else limit.kept, int(body or before.place.body or 0)


def _limit(kind: str, body: Any, before: Standing) -> _Limit | None:
    if kind == ClockKind.HANDLE and before.place.body and body != before.place.body:
        return _ASSIST
    return _LIMITS.get(kind)


def _whose(here: Place, key: Key) -> Place:
    return here._replace(body=key[1]) if ClockKind(key[0]).of_order else here


def _ran_out(link: Link, before: Standing, here: Place) -> Iterator[Fact]:
    key = clock_key(link.facts["clock"], link.body_id)
    clock = before.clocks.get(key)
    limit = _limit(key[0], key[1], before)
    if limit is not None and clock is not None and not clock.counted and clock.due <= link.at:
        yield Fact(limit.passed, clock.due, _whose(here, key))


def _stopped(
    link: Link, limit: _Limit, clock: Running | None, where: Place, due: datetime, late: bool
) -> Iterator[Fact]:
    done = link.verb in limit.fulfilled_by
    counted = clock is not None and clock.counted
    if late and not counted:
        yield Fact(limit.passed, due, where)
    if limit.passed is M.HANDLE_LATE and done and (late or counted):
        # Beside the day on which it should have been done, so that a rate stays a share of the same matters.
        day = due if late else link.at
        yield Fact(M.HANDLE_LATE_DONE, day, where)
    if done and not late and not counted:
        yield Fact(limit.kept, link.at, where)
