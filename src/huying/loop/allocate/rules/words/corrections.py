"""Examples that pull texts like them towards one item and away from another, many learned in one go.

The passive-aggressive rule of Crammer et al., JMLR 7, 2006: an example whose item does not lead by a margin
moves the weights just so far that it does. Since scores are linear, what an example changes for the ones
after it is its likeness with them: a block needs its scores once and the likeness of its rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import Matrix
from huying.loop.allocate.rules.words.voices import LIKE, Mark, Voices, share

MARGIN: Final = 0.3
_STEP: Final = 1.0
_NOTHING: Final = 1e-5  # what rounding leaves of a lack already made good
BLOCK: Final = 256
_HEARD: Final = 60  # of like lessons the latest


def corrections(
    vectors: Matrix,
    codes: Sequence[str],
    marks: Sequence[Mark],
    numbers: Mapping[str, int],
    scores: Any,
    voices: Voices,
) -> Matrix:
    """How far each example moves each item: examples x items, empty rows for those that were well placed.

    ``vectors`` has a row of length 1 (or empty) for each example, ``scores`` (examples x items, columns by
    ``numbers``) is what stood before the first of them and is used up. Examples count in their order, as if learned
    one by one; ``voices`` are those before them, and what the examples move is told to it.
    """
    if scores.shape[1] < 2:  # a lone item has no rival
        return sp.csr_matrix(scores.shape, dtype=np.float32)
    names = list(numbers)
    alike = (vectors @ vectors.T).toarray()
    before = voices.likeness(vectors)
    pulls: list[tuple[int, int, float]] = []
    for row, code in enumerate(codes):
        truth, line = numbers[code], scores[row]
        own, line[truth] = line[truth], -np.inf
        rival = int(line.argmax())
        if MARGIN - (own - line[rival]) <= _NOTHING or not alike[row, row]:
            continue
        like = [(voices.codes[at], voices.marks[at]) for at in np.flatnonzero(before[row] >= LIKE)[-_HEARD:]]
        like += [(codes[at], marks[at]) for at in np.flatnonzero(alike[row, :row] >= LIKE)[-_HEARD:]]
        asked = MARGIN * share(marks[row], code, names[rival], like[-_HEARD:]) - (own - line[rival])
        room = min(voices.room(marks[row], code), voices.room(marks[row], names[rival]))
        step = min(_STEP, asked / 2.0, room)
        if step <= _NOTHING:
            continue
        for moved, far in ((code, step), (names[rival], step)):
            voices.moves(marks[row], moved, far)
        pulled = step * alike[row + 1 :, row]
        scores[row + 1 :, truth] += pulled
        scores[row + 1 :, rival] -= pulled
        pulls += ((row, truth, step), (row, rival, -step))
    rows, columns, amounts = zip(*pulls, strict=True) if pulls else ((), (), ())
    return sp.csr_matrix((np.array(amounts, dtype=np.float32), (rows, columns)), shape=scores.shape)
