"""From a caller's words to an item of the list.

On day one the list itself is the teacher: every item is the sum of its names, keywords and conditions, and a
text is compared with each by cosine. With enough settled cases a linear support vector machine takes over.
In both, each correction counts at once: it pulls similar texts to its item (see ``corrections``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

from huying.loop.allocate.rules.words.calibration import (
    DAY_ONE,
    likeliest,
    probabilities,
    relative,
    sharpness,
)
from huying.loop.allocate.rules.words.corrections import BLOCK, corrections
from huying.loop.allocate.rules.words.grams import (
    Matrix,
    counted,
    deciding,
    pairs,
    plainness,
    rarity,
    weighted,
)

UNSURE_BELOW: Final = 0.5
_HELD_OUT: Final = 5


@dataclass(frozen=True, slots=True)
class ItemGuess:
    """An item, how likely it is, and the words that spoke for it."""

    code: str
    probability: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """What ranking reads, never changed in place. ``weights`` is columns x items, corrections included."""

    codes: tuple[str, ...]
    weights: Matrix
    bias: Any

    def scores(self, vectors: Matrix) -> Any:
        """Texts x items."""
        return (vectors @ self.weights).toarray() + self.bias

    def with_items(self, codes: Sequence[str]) -> "_Held":
        """The same with a place for items not known so far."""
        known = set(self.codes)
        added = tuple(code for code in dict.fromkeys(codes) if code not in known)
        if not added:
            return self
        old, wide = self.weights, (self.weights.shape[0], len(self.codes) + len(added))
        weights = sp.csr_matrix((old.data, old.indices, old.indptr), shape=wide)
        lowest = self.bias.min() if len(self.bias) else 0.0
        return _Held(self.codes + added, weights, np.append(self.bias, np.full(len(added), lowest)))


class ItemClassifier:
    """Ranks the items of one list for a text. Built by ``from_list`` or ``fitted``; learning needs no restart.

    Any thread may rank at any time; only one may learn.
    """

    def __init__(
        self, codes: Sequence[str], rare: Any, weights: Matrix, bias: Any, sharp: float | None
    ) -> None:
        self.settled = sharp is not None
        self.sharp = DAY_ONE if sharp is None else sharp
        self._rare = rare
        self._held = _Held(tuple(codes), weights.astype(np.float32), bias)
        self._own = weights  # without corrections: what an item's own words say
        self._by_item: Matrix | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The items it knows."""
        return self._held.codes

    @classmethod
    def from_list(cls, documents: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> "ItemClassifier":
        """Day one: ``documents`` are (code, [(text, weight), …]), the item's own words and how much each counts."""
        codes = [code for code, _ in documents]
        lines = [
            (row, text, weight) for row, (_, parts) in enumerate(documents) for text, weight in parts if text
        ]
        rows = counted(text for _, text, _ in lines)
        rare = rarity(rows) * plainness(text for _, text, _ in lines)
        shares = sp.csr_matrix(
            ([weight for *_, weight in lines], ([row for row, *_ in lines], range(len(lines)))),
            shape=(len(codes), len(lines)),
        )
        centres = _unit(sp.csr_matrix(shares @ weighted(rows, rare)))
        return cls(codes, rare, centres.T.tocsr(), np.zeros(len(codes)), None)

    @classmethod
    def fitted(cls, texts: Sequence[str], codes: Sequence[str]) -> "ItemClassifier":
        """A linear machine on settled cases; needs two items at least. Its probabilities are set on cases held out."""
        rows = counted(texts)
        rare = rarity(rows)
        vectors, labels = weighted(rows, rare), np.array(codes)
        held = np.arange(len(labels)) % _HELD_OUT == 0
        if len(set(labels[~held])) > 1:
            trial = _machine(vectors[~held], labels[~held])
            truth = np.searchsorted(trial[0], labels[held])
            known = np.isin(labels[held], trial[0])
            scores = np.asarray((vectors[held] @ trial[1]).todense()) + trial[2]
            sharp = sharpness(scores[known], truth[known])
        else:
            sharp = 1.0
        names, weights, bias = _machine(vectors, labels)
        return cls([str(name) for name in names], rare, weights, bias, sharp)

    def learn(self, text: str, code: str) -> bool:
        """A settled or corrected case. True when it changed something; a text already well placed does not."""
        return self.learn_counted(counted([text]), [code]) > 0

    def learn_counted(self, rows: Matrix, codes: Sequence[str]) -> int:
        """The same for texts, in their order, of which only the counted grams were kept; how many taught."""
        vectors = weighted(rows, self._rare)
        return sum(
            self._corrected(vectors[at : at + BLOCK], codes[at : at + BLOCK])
            for at in range(0, len(codes), BLOCK)
        )

    def _corrected(self, vectors: Matrix, codes: Sequence[str]) -> int:
        held = self._held.with_items(codes)
        numbers = {code: number for number, code in enumerate(held.codes)}
        pulls = corrections(vectors, [numbers[code] for code in codes], held.scores(vectors))
        # One assignment: whoever ranks meanwhile sees all of the old or all of the new.
        self._held = replace(held, weights=(held.weights + vectors.T.tocsr() @ pulls).tocsr())
        return int(np.count_nonzero(np.diff(pulls.indptr)))

    def rank(self, texts: Sequence[str], limit: int = 5, *, words: bool = False) -> list[list[ItemGuess]]:
        """For each text the likeliest items, best first; with ``words`` each says what spoke for it."""
        held = self._held
        if not held.codes or not texts:
            return [[] for _ in texts]
        scores = held.scores(weighted(counted(texts), self._rare))
        chances = probabilities(scores if self.settled else relative(scores), self.sharp)
        best = likeliest(chances, limit)
        found = [
            self._words(text, order) if words else [()] * len(order)
            for text, order in zip(texts, best, strict=True)
        ]
        return [
            [ItemGuess(held.codes[i], float(row[i]), said) for i, said in zip(order, spoken, strict=True)]
            for row, order, spoken in zip(chances, best, found, strict=True)
        ]

    def _words(self, text: str, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        if self._by_item is None:
            by_item = self._own.tocsc()
            by_item.sort_indices()
            self._by_item = by_item
        joined, columns = pairs(text)
        places = np.array(columns, dtype=np.int64)
        return [
            tuple(deciding(joined, (_at(self._by_item, number, places) * self._rare[places]).tolist()))
            for number in numbers
        ]


def _at(by_item: Matrix, number: int, places: Any) -> Any:
    """The item's weights at these columns; nothing for an item that came with a correction."""
    if number >= by_item.shape[1]:
        return np.zeros(len(places))
    start, end = by_item.indptr[number : number + 2]
    known, weights = by_item.indices[start:end], by_item.data[start:end]
    if not len(known):
        return np.zeros(len(places))
    at = np.minimum(np.searchsorted(known, places), len(known) - 1)
    return np.where(known[at] == places, weights[at], 0.0)


def _unit(rows: Matrix) -> Matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sp.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ rows).tocsr()


def _machine(vectors: Matrix, labels: Any) -> tuple[Any, Matrix, Any]:
    """Names, columns x items, bias. Only grams met twice take part: the others cannot generalise."""
    columns = np.flatnonzero(np.bincount(vectors.indices, minlength=vectors.shape[1]) > 1)
    machine = LinearSVC(C=1.0, class_weight="balanced").fit(vectors[:, columns], labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    spread = sp.csr_matrix(
        (np.ones(len(columns)), (columns, range(len(columns)))), shape=(vectors.shape[1], len(columns))
    )
    return machine.classes_, (spread @ sp.csr_matrix(weights.T)).astype(np.float32).tocsr(), bias
