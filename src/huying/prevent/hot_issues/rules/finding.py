"""Hot issues of a pile of messages: each group with its heat, its name and its members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.prevent.hot_issues.rules.grouping import grouped
from huying.prevent.hot_issues.rules.heat import Heat, heat_of
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import Counted, Signature, likeness, signature, taken_apart
from huying.prevent.hot_issues.rules.naming import people_of, placed, titled

_BESIDE: Final = 60


@dataclass(frozen=True, slots=True)
class Message:
    """One message as people write it; ``votes``: likes and dislikes."""

    id: str
    user: str
    subject: str
    text: str
    at: datetime
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue; ``members`` with their likeness to all others, the nearest first."""

    title: str
    place: str
    people: str
    heat: Heat
    first: datetime
    last: datetime
    members: Sequence[tuple[Message, float]]


def issues_of(messages: Sequence[Message]) -> list[Issue]:
    """Every issue, the hottest first; of equally hot ones the newer. A message alone is an issue of one."""
    ordered = sorted(messages, key=lambda one: (one.at, one.id))
    signatures = signatures_of(ordered)
    found = [
        _issue([ordered[at] for at in group], [signatures[at] for at in group])
        for group in grouped(signatures)
    ]
    return sorted(found, key=lambda one: (-one.heat.value, -one.last.timestamp(), one.members[0][0].id))


def signatures_of(messages: Sequence[Message]) -> list[Signature]:
    """What is kept of each, weighed by what is common among all of them."""
    lexicon = Lexicon.empty()
    taken = [taken_apart(one.subject, one.text) for one in messages]
    for each in taken:
        lexicon.take(each.slots)
    return [signature(each, lexicon, counted=Counted.ALL) for each in taken]


def centrality(signatures: Sequence[Signature]) -> list[float]:
    """The mean likeness of each to all others; 1 for one alone. Of very many, to the first sixty."""
    if len(signatures) == 1:
        return [1.0]
    beside = signatures[:_BESIDE]
    return [
        sum(likeness(one, other) for other in beside if other is not one)
        / max(1, len(beside) - any(other is one for other in beside))
        for one in signatures
    ]


def _issue(members: Sequence[Message], signatures: Sequence[Signature]) -> Issue:
    centre = centrality(signatures)
    subjects, texts = [one.subject for one in members], [one.text for one in members]
    times = [one.at for one in members]
    nearest = sorted(
        zip(members, centre, strict=True), key=lambda pair: (-round(pair[1], 6), pair[0].at, pair[0].id)
    )
    return Issue(
        titled(subjects, centre),
        placed(subjects, [one.names for one in signatures]),
        people_of(subjects, texts),
        heat_of([one.user for one in members], times, sum(one.votes for one in members)),
        min(times),
        max(times),
        nearest,
    )
