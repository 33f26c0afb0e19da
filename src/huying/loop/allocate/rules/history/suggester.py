"""Whom a case belongs to, learned from every dispatch: the statistics behind a suggestion.

Each view of a case (item, item x community, item x street x source …) keeps fading counts of who took such
cases. A view's advice is the logarithm of how much likelier than a blind guess it makes a role; the advice
is weighed by trust learned online (a log-linear mixture), and a sparse regression adds what counts miss.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from huying.loop.allocate.rules.history.contexts import VIEWS, Features, view_keys, word_keys
from huying.loop.allocate.rules.history.evidence import DEPTHS, Floats, Tally, advantage, depth
from huying.loop.allocate.rules.history.mixing import Numbers, Pull, Trust
from huying.loop.allocate.rules.history.roles import Relate, role_by_name

HALF_LIFE: Final = 150.0
DOUBT: Final = 1.0
_NOTHING: Final = Tally()


@dataclass(frozen=True, slots=True)
class Guess:
    """A body and how likely it is to be the right one, 0 to 1."""

    body: str
    probability: float


@dataclass(slots=True)
class _Ballot:
    """What one case looks like to the mixture: its alternatives and the advice of every view."""

    bodies: list[int]
    roles: Numbers
    slots: Numbers
    advice: Floats
    keys: list[str]
    chances: Floats


class Suggester:
    """Learns from each dispatch and ranks the bodies for the next case.

    Bodies are known by any stable string. ``relate`` says what role a body has for a case. Without any body
    known there is nothing to suggest; the list of responsibilities speaks alone then.
    """

    def __init__(self, relate: Relate = role_by_name) -> None:
        self.relate = relate
        self.bodies: list[str] = []
        self.roles: dict[str, int] = {}
        self.tallies: dict[str, Tally] = {}
        self.trust = Trust(len(VIEWS))
        self.pull = Pull()
        self.learned = 0
        self._number: dict[str, int] = {}
        self._active: set[int] | None = None
        self._places: dict[tuple[str, str, str], list[int]] = {}

    def know(self, bodies: Iterable[str]) -> None:
        """From now on exactly these bodies may be suggested, with or without history."""
        self._active = {self._body(body) for body in bodies}

    def restore(
        self, bodies: Iterable[str], roles: Iterable[str], tallies: dict[str, Tally], learned: int
    ) -> None:
        """Take over what another suggester learned; only for one that learned nothing yet."""
        for body in bodies:
            self._body(body)
        self.roles = {role: number for number, role in enumerate(roles)}
        self.tallies = tallies
        self.learned = learned
        self._places.clear()

    def suggest(self, features: Features, limit: int = 5) -> list[Guess]:
        """The likeliest bodies, best first, with their probability among all bodies."""
        ballot = self._ballot(features)
        if ballot is None:
            return []
        best = np.argsort(-ballot.chances, kind="stable")[:limit]
        return [Guess(self.bodies[ballot.bodies[i]], float(ballot.chances[i])) for i in best]

    def learn(self, features: Features, body: str) -> None:
        """The case went to ``body``: correct the trust by what would have been said, then count the case."""
        ballot = self._ballot(features)
        number = self._body(body)
        if ballot is not None and number in ballot.bodies:
            truth = ballot.bodies.index(number)
            self.trust.correct(ballot.slots, ballot.advice, ballot.chances, truth)
            self.pull.correct(ballot.keys, ballot.roles, ballot.chances, truth)
        role = self._role(body, features)
        for key in view_keys(features):
            self.tallies.setdefault(key, Tally(day=features.day)).add(role, features.day, HALF_LIFE)
        self.learned += 1

    def experience(self, features: Features) -> float:
        """How many faded cases of this item the suggestion rests on."""
        tally = self.tallies.get(view_keys(features)[VIEWS.index(("leaf",))])
        return tally.total * tally.faded(features.day, HALF_LIFE) if tally else 0.0

    def _body(self, body: str) -> int:
        if body not in self._number:
            self._number[body] = len(self.bodies)
            self.bodies.append(body)
        return self._number[body]

    def _role(self, body: str, features: Features) -> int:
        return self.roles.setdefault(self.relate(body, features), len(self.roles))

    def _roles_at(self, features: Features) -> list[int]:
        known = self._places.setdefault((features.street, features.community, features.grid), [])
        for body in self.bodies[len(known) :]:
            known.append(self._role(body, features))
        return known

    def _ballot(self, features: Features) -> _Ballot | None:
        bodies = [n for n in range(len(self.bodies)) if self._active is None or n in self._active]
        if not bodies:
            return None
        everywhere = self._roles_at(features)
        roles = np.array([everywhere[n] for n in bodies], dtype=np.int64)
        views = view_keys(features)
        slots, advice = self._advice(views, features.day, len(bodies))
        keys = views + word_keys(features)
        scores = self.trust.score(slots, advice)
        total = (scores + self.pull.score(keys, len(scores)))[roles]
        chances = np.exp(total - total.max())
        return _Ballot(bodies, roles, slots, advice[:, roles], keys, chances / chances.sum())

    def _advice(self, views: list[str], day: float, alternatives: int) -> tuple[Numbers, Floats]:
        tallies = [self.tallies.get(key, _NOTHING) for key in views]
        faded = np.array([tally.faded(day, HALF_LIFE) for tally in tallies])
        totals = faded * [tally.total for tally in tallies]
        slots = np.array([row * DEPTHS + depth(total) for row, total in enumerate(totals.tolist())])
        rows = np.repeat(np.arange(len(tallies)), [len(tally.counts) for tally in tallies])
        roles = np.fromiter(chain.from_iterable(tally.counts for tally in tallies), np.int64, len(rows))
        counts = np.fromiter(
            chain.from_iterable(tally.counts.values() for tally in tallies), float, len(rows)
        )
        blind = advantage(np.zeros(len(tallies)), totals, alternatives, DOUBT)
        advice = np.repeat(blind[:, None], len(self.roles), axis=1)
        advice[rows, roles] = advantage(counts * faded[rows], totals[rows], alternatives, DOUBT)
        return slots, advice
