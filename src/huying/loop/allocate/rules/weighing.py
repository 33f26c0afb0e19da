"""Whose word counts: a ruling before the list, the list before history, history more the more there is of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from huying.kernel.terms import Term


class Source(Term):
    """Who speaks for a suggestion most."""

    PRECEDENT = "precedent", "先例"
    LIST = "list", "清单"
    HISTORY = "history", "历史"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A body for a case, how likely it is the right one, who spoke for it, and everything that was said."""

    body_id: int
    probability: float
    source: Source
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What a ruling or the list says of a case, and the sentence a dispatcher reads."""

    body_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """See ``DispatchRule``; these hold until a district sets its own."""

    automatic_above: float = 0.9
    item_above: float = 0.5
    list_weight: float = 6.0


# A ruling settles the matter; what is left over keeps the other bodies in the ranking.
_RULED: Final = 0.98
# How far the list's first body, and the next ones, are believed where there is no history at all.
_LISTED: Final = (0.85, 0.1, 0.05)


def weigh(
    precedent: Word | None,
    listed: Sequence[Word],
    guessed: Mapping[int, float],
    experience: float,
    list_weight: float,
) -> list[Suggestion]:
    """All bodies anybody spoke for, likeliest first.

    ``guessed`` are the probabilities learned from ``experience`` past cases; the list counts as much as
    ``list_weight`` cases. Where only one of the two speaks, it is believed alone.
    """
    past = experience / (experience + list_weight) if listed and guessed else float(not listed)
    words = _listed(listed)
    found = {
        body: Suggestion(body, said + learned, Source.LIST if said >= learned else Source.HISTORY, reasons)
        for body in {**words, **guessed}
        for reasons in [words[body][1] if body in words else ()]
        for said in [(1 - past) * words[body][0] if body in words else 0.0]
        for learned in [past * guessed.get(body, 0.0)]
    }
    if precedent is not None:
        found = _ruled(found, precedent)
    return sorted(found.values(), key=lambda suggestion: (-suggestion.probability, suggestion.body_id))


def _listed(listed: Sequence[Word]) -> dict[int, tuple[float, tuple[str, ...]]]:
    shares: dict[int, tuple[float, tuple[str, ...]]] = {}
    for share, word in zip(_LISTED, listed, strict=False):
        before, reasons = shares.get(word.body_id, (0.0, ()))
        shares[word.body_id] = (before + share, (*reasons, word.reason))
    return shares


def _ruled(found: Mapping[int, Suggestion], precedent: Word) -> dict[int, Suggestion]:
    others = {
        body: replace(suggestion, probability=suggestion.probability * (1 - _RULED))
        for body, suggestion in found.items()
    }
    own = others.get(precedent.body_id)
    probability = _RULED + (own.probability if own else 0.0)
    reasons = (precedent.reason, *(own.reasons if own else ()))
    others[precedent.body_id] = Suggestion(precedent.body_id, probability, Source.PRECEDENT, reasons)
    return others


def is_sure(suggestions: Sequence[Suggestion], thresholds: Thresholds) -> bool:
    """Whether the first suggestion may be dispatched without a person."""
    return bool(suggestions) and suggestions[0].probability >= thresholds.automatic_above
