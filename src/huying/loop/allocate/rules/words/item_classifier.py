"""From a caller's words to an item of the list.

On day one the list itself is the teacher: every item is the sum of its names, keywords and conditions, and a
text is compared with each by cosine. With enough settled cases linear support vector machines take over, with
many of them neural nets beside the machines (see ``judges``).
In both, each correction counts at once: it pulls similar texts to its item (see ``corrections``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

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
from huying.loop.allocate.rules.words.judges.judge import Judge, nets_help, taught
from huying.loop.allocate.rules.words.judges.machines import unit
from huying.loop.allocate.rules.words.knowing import knowing
from huying.loop.allocate.rules.words.voices import LIKE, NOBODY, Mark, Voices

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
    """What ranking reads, never changed in place; corrections included. ``met`` says which columns anything was
    learned from."""

    codes: tuple[str, ...]
    judge: Judge
    met: Any

    def with_items(self, codes: Sequence[str]) -> "_Held":
        """The same with a place for items not known so far."""
        known = set(self.codes)
        added = tuple(code for code in dict.fromkeys(codes) if code not in known)
        return _Held(self.codes + added, self.judge.wider(len(added)), self.met) if added else self


class ItemClassifier:
    """Ranks the items of one list for a text. Built by ``from_list`` or ``fitted``; learning needs no restart.

    Any thread may rank at any time; only one may learn.
    """

    def __init__(
        self, codes: Sequence[str], rare: Any, judge: Judge, sharp: float | None, *, met: Any
    ) -> None:
        self.settled = sharp is not None
        self.sharp = DAY_ONE if sharp is None else sharp
        self.rare = rare
        self._held = _Held(tuple(codes), judge, met)
        self._voices = Voices()
        self.own = judge  # without corrections: what an item's own words say
        self._by_item: Matrix | None = None

    def untaught(self) -> "ItemClassifier":
        """Another of the same, for one that learned nothing yet: it reads what this one reads and learns apart."""
        held = self._held
        return ItemClassifier(
            held.codes, self.rare, self.own, self.sharp if self.settled else None, met=held.met
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """The items it knows."""
        return self._held.codes

    @property
    def met(self) -> Any:
        """Which columns anything was learned from."""
        return self._held.met

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
        centres = unit(sp.csr_matrix(shares @ weighted(rows, rare)))
        own = Judge(centres.T.tocsr().astype(np.float32), np.zeros(len(codes)))
        return cls(codes, rare, own, None, met=_met(rows))

    @classmethod
    def fitted(cls, texts: Sequence[str], codes: Sequence[str]) -> "ItemClassifier":
        """Taught by settled cases; needs two items at least. Its probabilities are set on cases held out."""
        return cls.fitted_counted(counted(texts), codes)

    @classmethod
    def fitted_counted(
        cls, rows: Matrix, codes: Sequence[str], amounts: Sequence[float] | None = None
    ) -> "ItemClassifier":
        """The same from what was ``kept`` of the texts; ``amounts`` says how much each of them counts."""
        rare = rarity(rows)
        vectors, labels = weighted(rows, rare), np.array(codes)
        counts = np.ones(len(labels)) if amounts is None else np.array(amounts, dtype=float)
        sharp = _sharp(vectors, labels, counts)
        names, judge = taught(vectors, labels, counts, with_nets=nets_help(labels))
        return cls([str(name) for name in names], rare, judge, sharp, met=_met(rows))

    def learn(self, text: str, code: str) -> bool:
        """A settled or corrected case. True when it changed something; a text already well placed does not."""
        return self.learn_counted(counted([text]), [code]) > 0

    def learn_counted(self, rows: Matrix, codes: Sequence[str], marks: Sequence[Mark] | None = None) -> int:
        """The same for texts, in their order, of which only the counted grams were kept; how many taught.

        ``marks`` say whose word each is; without them they are the outcomes of settled cases.
        """
        vectors = weighted(rows, self.rare)
        said = [NOBODY] * len(codes) if marks is None else list(marks)
        return sum(
            self._corrected(vectors[at : at + BLOCK], codes[at : at + BLOCK], said[at : at + BLOCK])
            for at in range(0, len(codes), BLOCK)
        )

    def _corrected(self, vectors: Matrix, codes: Sequence[str], marks: Sequence[Mark]) -> int:
        held = self._held.with_items(codes)
        numbers = {code: number for number, code in enumerate(held.codes)}
        pulls = corrections(vectors, codes, marks, numbers, held.judge.scores(vectors), self._voices)
        met = held.met.copy()
        met[vectors.indices] = True
        # One assignment: whoever ranks meanwhile sees all of the old or all of the new.
        self._held = replace(held, judge=held.judge.moved(vectors.T.tocsr() @ pulls), met=met)
        self._voices.add(vectors, codes, marks)
        return int(np.count_nonzero(np.diff(pulls.indptr)))

    def like(self, text: str, code: str, limit: int = 3) -> list[tuple[int, float]]:
        """(case, likeness 0 to 1) of the lessons that say this item of the likest texts, likest first."""
        likeness = self._voices.likeness(weighted(counted([text]), self.rare))[0]
        found: dict[int, float] = {}
        for at in np.argsort(-likeness, kind="stable"):
            case_id = self._voices.marks[at].case_id
            if likeness[at] < LIKE or len(found) == limit:
                break
            if case_id and self._voices.codes[at] == code:
                found.setdefault(case_id, float(likeness[at]))
        return list(found.items())

    def rank(self, texts: Sequence[str], limit: int = 5, *, words: bool = False) -> list[list[ItemGuess]]:
        """For each text the likeliest items, best first; with ``words`` each says what spoke for it."""
        held = self._held
        if not held.codes or not texts:
            return [[] for _ in texts]
        chances = self._chances(held, texts)
        best = likeliest(chances, limit)
        found = [
            self._words(text, order) if words else [()] * len(order)
            for text, order in zip(texts, best, strict=True)
        ]
        return [
            [ItemGuess(held.codes[i], float(row[i]), said) for i, said in zip(order, spoken, strict=True)]
            for row, order, spoken in zip(chances, best, found, strict=True)
        ]

    def chances(self, rows: Matrix, codes: Sequence[str]) -> tuple[Any, Any]:
        """For counted texts the chance of the likeliest other item, and that of the item in ``codes``; 0 if unknown."""
        held = self._held
        numbers = {code: number for number, code in enumerate(held.codes)}
        chances = self._softened(held, rows)
        own = np.zeros(len(codes))
        for line, code in enumerate(codes):
            if code in numbers:
                own[line], chances[line, numbers[code]] = chances[line, numbers[code]], 0.0
        return chances.max(axis=1), own

    def _softened(self, held: _Held, rows: Matrix) -> Any:
        scores = held.judge.scores(weighted(rows, self.rare))
        return probabilities(scores if self.settled else relative(scores), self.sharp)

    def _chances(self, held: _Held, texts: Sequence[str]) -> Any:
        """Texts x items. What a text leaves in the dark is shared out evenly: not sure rather than a guess."""
        rows = counted(texts)
        chances = self._softened(held, rows)
        believed = knowing(texts, rows, held.met)[:, None]
        return believed * chances + (1.0 - believed) / len(held.codes)

    def _words(self, text: str, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        if self._by_item is None:
            by_item = self.own.weights.tocsc()
            by_item.sort_indices()
            self._by_item = by_item
        joined, columns = pairs(text)
        places = np.array(columns, dtype=np.int64)
        return [
            tuple(deciding(joined, (_at(self._by_item, number, places) * self.rare[places]).tolist()))
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


def _met(rows: Matrix) -> Any:
    return np.bincount(rows.indices, minlength=rows.shape[1]) > 0


def _sharp(vectors: Matrix, labels: Any, amounts: Any) -> float:
    """What scores are worth, measured on every fifth case with a machine that did not see it."""
    held = np.arange(len(labels)) % _HELD_OUT == 0
    if len(set(labels[~held])) < 2:
        return 1.0
    names, judge = taught(vectors[~held], labels[~held], amounts[~held], with_nets=nets_help(labels))
    known = held & np.isin(labels, names)
    return sharpness(judge.scores(vectors[known]), np.searchsorted(names, labels[known]))
