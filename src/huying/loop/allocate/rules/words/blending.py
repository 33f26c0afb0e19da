"""The list's own words and the machine taught by settled cases, together: the surer it proved, the more it is heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from huying.loop.allocate.rules.words.grams import Matrix
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier, ItemGuess
from huying.loop.allocate.rules.words.voices import Mark

# Fewer lessons than that teach no machine: there corrections of the list alone are better.
ENOUGH: Final = 100
# A machine sees each account's word on an item at most as often as that of all others together, or so often.
_AT_LEAST: Final = 3.0
_LATER: Final = 5  # the last fifth by time is held out
_TRIED: Final = np.linspace(0.0, 0.95, 20)
_BESIDE: Final = 5


@dataclass(frozen=True, slots=True)
class Taught:
    """A machine, how far it is heard beside the list (0 to 1), and how right both were on the last fifth by time."""

    machine: ItemClassifier
    trust: float
    held_out: int
    right_listed: float
    right_both: float


class Blended:
    """Ranks items by the list and, where one was taught, by a machine; corrections count in both at once."""

    def __init__(
        self, listed: ItemClassifier, machine: ItemClassifier | None = None, trust: float = 0.0
    ) -> None:
        self.listed = listed
        self._machine = machine
        self._trust = trust if machine is not None else 0.0

    @property
    def codes(self) -> tuple[str, ...]:
        """The items of the list and those that came with corrections."""
        return self.listed.codes

    def learn_counted(
        self, rows: Matrix, codes: Sequence[str], marks: Sequence[Mark], known: int = 0
    ) -> None:
        """Corrections in their order; the machine was taught by the first ``known`` of them before."""
        self.listed.learn_counted(rows, codes, marks)
        if self._machine is not None and known < len(codes):
            self._machine.learn_counted(rows[known:], codes[known:], marks[known:])

    def rank(self, texts: Sequence[str], limit: int = 5, *, words: bool = False) -> list[list[ItemGuess]]:
        """For each text the likeliest items, best first; with ``words`` each says what spoke for it."""
        if self._machine is None or not self._trust:
            return self.listed.rank(texts, limit, words=words)
        ours = self.listed.rank(texts, limit + _BESIDE, words=words)
        theirs = self._machine.rank(texts, limit + _BESIDE, words=words)
        return [_together(one, other, self._trust)[:limit] for one, other in zip(ours, theirs, strict=True)]


def _together(listed: Sequence[ItemGuess], machine: Sequence[ItemGuess], trust: float) -> list[ItemGuess]:
    said, learned = {guess.code: guess for guess in listed}, {guess.code: guess for guess in machine}
    found = []
    for code in {**said, **learned}:
        one, other = said.get(code), learned.get(code)
        own = (1 - trust) * one.probability if one else 0.0
        more = trust * other.probability if other else 0.0
        first, second = (other, one) if more > own else (one, other)
        words = (first.words if first else ()) or (second.words if second else ())
        found.append(ItemGuess(code, own + more, words))
    return sorted(found, key=lambda guess: -guess.probability)


def teach(listed: ItemClassifier, rows: Matrix, codes: Sequence[str], marks: Sequence[Mark]) -> Taught | None:
    """A machine from lessons in the order of time; None while they are too few, or all of one item.

    ``listed`` knows the list alone and is used up: it learns the earlier lessons to be measured on the later ones.
    """
    later = len(codes) - len(codes) // _LATER
    if len(codes) < ENOUGH or len(set(codes[:later])) < 2:
        return None
    trial = ItemClassifier.fitted_counted(rows[:later], codes[:later], amounts(codes[:later], marks[:later]))
    listed.learn_counted(rows[:later], codes[:later], marks[:later])
    ours, own = listed.chances(rows[later:], codes[later:])
    theirs, right = trial.chances(rows[later:], codes[later:])
    trust = float(_TRIED[int(np.argmin([_surprise((1 - t) * own + t * right) for t in _TRIED]))])
    machine = ItemClassifier.fitted_counted(rows, codes, amounts(codes, marks))
    asked = len(codes) - later
    both = (1 - trust) * own + trust * right > np.maximum((1 - trust) * ours, trust * theirs)
    return Taught(machine, trust, asked, float((own > ours).mean()), float(both.mean()))


def _surprise(chances: Any) -> float:
    return float(-np.log(np.maximum(chances, 1e-4)).mean())


def amounts(codes: Sequence[str], marks: Sequence[Mark]) -> list[float]:
    """How much each lesson counts: what one account said of an item counts no more than what all others said of it."""
    counts: dict[str, dict[int | None, int]] = {}
    for code, mark in zip(codes, marks, strict=True):
        of = counts.setdefault(code, {})
        of[mark.account] = of.get(mark.account, 0) + 1
    return [_amount(counts[code], mark) for code, mark in zip(codes, marks, strict=True)]


def _amount(of: dict[int | None, int], mark: Mark) -> float:
    own = of[mark.account]
    others = sum(of.values()) - own
    return 1.0 if mark.account is None else min(1.0, max(_AT_LEAST, others) / own)
