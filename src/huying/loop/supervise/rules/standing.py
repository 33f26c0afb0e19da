"""How one case stands, followed entry by entry: which clocks run, which ran out, what is being asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from huying.cases.ledger import Link
from huying.cases.lifecycle import ClockKind, State, Verb
from huying.loop.supervise.rules.cuts import Place, place

Key = tuple[str, int]


class Running(NamedTuple):
    """A clock that runs. ``late`` from when its passing was told; ``counted`` once for ever (never erased)."""

    due: datetime
    late: bool = False
    counted: bool = False


_NO_CLOCKS: Final[Mapping[Key, Running]] = MappingProxyType({})
_NOWHERE: Final = Place("", 0, "")


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as far as the ledger was followed. ``disputes`` holds the bodies whose dispute is open.

    ``delay`` is the body whose application for more time is open; ``contacted`` is true once a body reached the
    caller. ``decided_at`` is when a body was chosen, None before and once that was found to be wrong.
    ``clocks`` are keyed (kind, body), with body 0 for the clocks of the case.
    """

    state: str = ""
    level: str = ""
    place: Place = _NOWHERE
    contacted: bool = False
    suspended: bool = False
    disputes: frozenset[int] = frozenset()
    delay: int | None = None
    decided_at: datetime | None = None
    clocks: Mapping[Key, Running] = field(default_factory=lambda: _NO_CLOCKS)
    seq: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in _OPEN

    @property
    def late(self) -> list[tuple[Key, Running]]:
        """The clocks that ran out and still run, longest late first."""
        return sorted(
            (each for each in self.clocks.items() if each[1].late), key=lambda each: (each[1].due, each[0])
        )


_OPEN: Final = frozenset(
    {State.RECEIVED, State.FILED, State.DISPATCHED, State.HANDLING, State.REPORTED, State.CHECKED}
)
_LEAD_DONE: Final = frozenset({Verb.HAND_UP, Verb.MERGE, Verb.WITHDRAW, Verb.CLOSE, Verb.ANSWER, Verb.REJECT})


OF_ORDER: Final = frozenset(kind.value for kind in ClockKind if kind.of_order)
# A body may have given several promises on one case: they are followed one by one, not by kind.
_PROMISE: Final = ClockKind.PROMISE.value
_SUSPENSION: Final = (ClockKind.SUSPENSION.value, 0)


def moment(text: Any) -> datetime:
    """A moment as an entry's facts write it."""
    return datetime.fromisoformat(str(text))


def clock_key(kind: str, body: int | None) -> Key:
    """Under which a clock is known: clocks of orders by body, the others by kind alone."""
    return kind, (body or 0) if kind in OF_ORDER else 0


def after(before: Standing, link: Link) -> Standing:
    """The case as it stands after one more entry; a pure function of the two.

    An entry that comes late, because a reaction stumbled over it, does not lead the case back.
    """
    if link.seq <= before.seq:
        return before
    case = link.facts["case"]
    clocks = _clocks(before, link)
    return Standing(
        state=link.after,
        level=case["level"],
        place=place(case["area"], case["body"], case["item"]),
        contacted=_contacted(before, link),
        suspended=_SUSPENSION in clocks,
        disputes=_disputes(before, link),
        delay=_delay(before, link),
        decided_at=_decided_at(before, link),
        clocks=clocks,
        seq=link.seq,
    )


def _contacted(before: Standing, link: Link) -> bool:
    if link.verb == Verb.DISPATCH:
        # Sent out again, the caller is to be spoken to again.
        return False
    return before.contacted or bool(link.verb == Verb.CONTACT and link.facts.get("reached"))


def sent_wrongly(link: Link) -> bool:
    """Whether this entry takes the case from a body to which it should not have gone."""
    upheld = link.verb == Verb.RULE and link.outcome == "upheld"
    # Of a body that only assists, the ruling says nothing of who leads.
    return link.verb == Verb.REASSIGN or (upheld and link.facts["body"] == link.facts["case"]["body"])


def _decided_at(before: Standing, link: Link) -> datetime | None:
    if link.verb == Verb.DISPATCH:
        return link.at
    return None if sent_wrongly(link) else before.decided_at


def _clocks(before: Standing, link: Link) -> Mapping[Key, Running]:
    facts = link.facts
    clocks = dict(before.clocks)
    for kind, body, *_ in facts.get("stopped", ()):
        if kind != _PROMISE:
            clocks.pop(clock_key(kind, body), None)
    if link.verb == Verb.APPROVE:
        _moved(clocks, link)
    for kind, body, due in facts.get("resumed", ()):
        _due_again(clocks, clock_key(kind, body), moment(due), link.at)
    for kind, body, due in facts.get("started", ()):
        if kind != _PROMISE:
            clocks[clock_key(kind, body)] = Running(moment(due))
    if link.verb == Verb.WARN and link.facts["clock"] != _PROMISE:
        _warned(clocks, link)
    return clocks


def _moved(clocks: dict[Key, Running], link: Link) -> None:
    if "extended" in link.facts:
        body, _, *due = link.facts["extended"]
        key = (ClockKind.HANDLE.value, body)
        if key in clocks:
            _due_again(clocks, key, moment(due[0]) if due else clocks[key].due, link.at)
    elif link.outcome == "suspended":
        # A clock that is held is not late while it is held.
        for key, clock in clocks.items():
            if key[0] in OF_ORDER:
                clocks[key] = clock._replace(late=False)


def _due_again(clocks: dict[Key, Running], key: Key, due: datetime, at: datetime) -> None:
    """Due at another time; still late only where that is past too, its passing was told, and it is not held."""
    if key in clocks:
        counted, held = clocks[key].counted, _SUSPENSION in clocks
        clocks[key] = Running(due, late=counted and due <= at and not held, counted=counted)


def _warned(clocks: dict[Key, Running], link: Link) -> None:
    key = clock_key(link.facts["clock"], link.body_id)
    if key in clocks and clocks[key].due <= link.at:
        clocks[key] = clocks[key]._replace(late=True, counted=True)


def ends_lead(link: Link, before: Standing) -> bool:
    """Whether the part of every body ended with this entry: reported by the lead, recalled, or ended."""
    if link.verb == Verb.REPORT:
        return link.before != link.after
    if link.verb == Verb.HAND_UP:
        return link.before != link.after
    return link.verb in _LEAD_DONE and link.after not in _OPEN


def _disputes(before: Standing, link: Link) -> frozenset[int]:
    if ends_lead(link, before):
        return frozenset()
    body = link.body_id or 0
    match link.verb:
        case Verb.DISPUTE:
            return before.disputes | {body}
        case Verb.RULE:
            return before.disputes - {link.facts["dispute"][0]}
        case Verb.REPORT:
            return before.disputes - {body}
        case _:
            return before.disputes


def _delay(before: Standing, link: Link) -> int | None:
    body = link.body_id or 0
    if link.verb in {Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION}:
        return body
    decided = link.verb == Verb.APPROVE or (link.verb == Verb.RECOMMEND and link.outcome == "declined")
    reported = link.verb == Verb.REPORT and body == before.delay
    passed_on = (
        link.verb == Verb.RULE and link.outcome != "dismissed" and link.facts["dispute"][0] == before.delay
    )
    if decided or reported or passed_on or ends_lead(link, before):
        return None
    return before.delay
