"""Examples that pull texts like them towards one item and away from another, many learned in one go.

The passive-aggressive rule of Crammer et al., JMLR 7, 2006: an example whose item does not lead by a margin
moves the weights just so far that it does. Since scores are linear, what an example changes for the ones
after it is its likeness with them: a block needs its scores once and the likeness of its rows.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import Matrix

MARGIN: Final = 0.3
_STEP: Final = 1.0
_NOTHING: Final = 1e-5  # what rounding leaves of a lack already made good
BLOCK: Final = 256


def corrections(vectors: Matrix, truths: Sequence[int], scores: Any) -> Matrix:
    """How far each example moves each item: examples x items, empty rows for those that were well placed.

    ``vectors`` has a row of length 1 (or empty) for each example, ``scores`` (examples x items) is what stood
    before the first of them and is used up. Examples count in their order, as if learned one by one.
    """
    if scores.shape[1] < 2:  # a lone item has no rival
        return sp.csr_matrix(scores.shape, dtype=np.float32)
    alike = (vectors @ vectors.T).toarray()
    pulls: list[tuple[int, int, float]] = []
    for row, truth in enumerate(truths):
        line = scores[row]
        own, line[truth] = line[truth], -np.inf
        rival = int(line.argmax())
        lack = MARGIN - (own - line[rival])
        if lack <= _NOTHING or not alike[row, row]:
            continue
        step = min(_STEP, lack / 2.0)
        pulled = step * alike[row + 1 :, row]
        scores[row + 1 :, truth] += pulled
        scores[row + 1 :, rival] -= pulled
        pulls += ((row, truth, step), (row, rival, -step))
    rows, columns, amounts = zip(*pulls, strict=True) if pulls else ((), (), ())
    return sp.csr_matrix((np.array(amounts, dtype=np.float32), (rows, columns)), shape=scores.shape)
