"""Who said what of which texts: one account has one voice, however often it repeats itself.

Nobody teaches the classifier alone what others contradict. A correction asks for as much as the voices on like texts
leave of it, and what one account moves at an item altogether is bounded.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import WIDTH, Matrix

# Cosine from which two texts are taken to speak of the like.
LIKE: Final = 0.35
# How far one account may move an item, all its corrections together, where nobody else moved it further.
ALONE: Final = 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose word a lesson is, and of which case; without ``account`` it is the outcome of a settled case, which
    several people have seen."""

    account: int | None = None
    case_id: int = 0


NOBODY: Final = Mark()


class Voices:
    """Every lesson learned so far, and how far each account moved each item by them."""

    def __init__(self) -> None:
        self.rows: Matrix = sp.csr_array((0, WIDTH), dtype=np.float32)
        self.codes: list[str] = []
        self.marks: list[Mark] = []
        self._moved: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))

    def likeness(self, vectors: Matrix) -> Any:
        """Texts x lessons so far."""
        return (vectors @ self.rows.T).toarray()

    def add(self, vectors: Matrix, codes: Sequence[str], marks: Sequence[Mark]) -> None:
        """Remember these lessons; what they moved is told by ``moves``."""
        # The rows last: whoever finds one of them meanwhile finds what was said and by whom, too.
        self.codes.extend(codes)
        self.marks.extend(marks)
        self.rows = sp.vstack([self.rows, vectors], format="csr")

    def room(self, mark: Mark, code: str) -> float:
        """How far the account may still move the item."""
        if mark.account is None:
            return float("inf")
        moved = self._moved[code]
        others = sum(far for account, far in moved.items() if account != mark.account)
        return max(0.0, max(ALONE, others) - moved[mark.account])

    def moves(self, mark: Mark, code: str, far: float) -> None:
        """The account moved the item so far."""
        if mark.account is not None:
            self._moved[code][mark.account] += far


def share(mark: Mark, truth: str, rival: str, like: Sequence[tuple[str, Mark]]) -> float:
    """How much of its margin a correction from ``rival`` to ``truth`` may ask for: 1 unopposed, 0 at a draw, above -1.

    ``like`` are the lessons of like texts. Every other account is heard once for each of the two items; so is every
    settled case.
    """
    heard = {
        (code, other.account if other.account is not None else ("case", number))
        for number, (code, other) in enumerate(like)
        if other.account is None or other.account != mark.account
    }
    agree = sum(code == truth for code, _ in heard)
    against = sum(code == rival for code, _ in heard)
    return (1 + agree - against) / (1 + agree + against)
