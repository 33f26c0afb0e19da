"""How the nets are taught: on stretched vectors, with softened labels, much left out at random, by Adam."""

from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import Matrix
from huying.loop.allocate.rules.words.judges.nets import Nets, log_shares
from huying.loop.allocate.rules.words.judges.ratios import ratio, there

_SEEDS: Final = (0, 1)
_HIDDEN: Final = 32
# Grams met so often take part; of more than ``_MOST`` the ones met most, so that what is kept stays small.
_MET, _MOST = 8, 2**16
_EPOCHS, _BATCH, _PACE = 6, 128, 0.02
# Shares of the inputs and of the hidden units that are left out at random while learning.
_UNREAD, _UNHEARD = 0.5, 0.4
# People contradict each other: so much of every label is shared out among all items.
_DOUBT: Final = 0.2
# Adam's memory of slopes and of their squares (Kingma, Ba, ICLR 2015).
_SLOPES, _SQUARES = 0.9, 0.999


def nets(vectors: Matrix, labels: Any, names: Any, amounts: Any) -> Nets:
    """Nets from cases of which ``amounts`` says how much each counts; the same cases give the same nets."""
    seen = np.bincount(vectors.indices, minlength=vectors.shape[1])
    columns = np.sort(np.argsort(-seen, kind="stable")[:_MOST])
    columns = columns[seen[columns] >= _MET]
    rows = vectors[:, columns]
    met = there(rows)
    stretch = np.max([ratio(met, labels == name) for name in names], axis=0).astype(np.float32)
    stretched = (rows @ sp.diags_array(stretch)).tocsr()
    truths = np.searchsorted(names, labels)
    taught = [_net(stretched, truths, len(names), amounts, seed) for seed in _SEEDS]
    inner, threshold, outer, bias = zip(*taught, strict=True)
    # The stretching becomes part of the weights.
    wide = np.hstack(inner) * stretch[:, None]
    return Nets(columns, wide, np.concatenate(threshold), np.array(outer), np.array(bias))


def _net(rows: Matrix, truths: Any, items: int, amounts: Any, seed: int) -> tuple[Any, Any, Any, Any]:
    random = np.random.default_rng(seed)
    count = rows.shape[0]
    batch = min(_BATCH, count)
    aims = np.eye(items, dtype=np.float32)[truths] * (1 - _DOUBT) + np.float32(_DOUBT / items)
    # Rare items count more, yet less than by their rarity.
    counts = (amounts * np.sqrt(count / items / np.bincount(truths, minlength=items))[truths]).astype(
        np.float32
    )
    sizes = ((rows.shape[1], _HIDDEN), _HIDDEN, (_HIDDEN, items), items)
    inner, outer = (_Learnt(random.normal(0, _HIDDEN**-0.5, sizes[at])) for at in (0, 2))
    threshold, bias = _Learnt(np.zeros(sizes[1])), _Learnt(np.zeros(sizes[3]))
    steps, step = _EPOCHS * (count // batch), 0
    for _ in range(_EPOCHS):
        order = random.permutation(count)
        for at in range(0, count - batch + 1, batch):
            some, step = order[at : at + batch], step + 1
            columns, near = _narrow(rows[some], random)
            raised = near @ inner.values[columns] + threshold.values
            heard = (raised > 0) * ((random.random(raised.shape) >= _UNHEARD) / np.float32(1 - _UNHEARD))
            hidden = raised * heard
            off = np.exp(log_shares(hidden @ outer.values + bias.values)) - aims[some]
            off *= counts[some, None] / np.float32(batch)
            back = (off @ outer.values.T) * heard
            pace = _PACE * (1 - step / (steps + 1))
            inner.move(near.T @ back, pace, step, columns)
            threshold.move(back.sum(axis=0), pace, step)
            outer.move(hidden.T @ off, pace, step)
            bias.move(off.sum(axis=0), pace, step)
    return inner.values, threshold.values, outer.values, bias.values


def _narrow(rows: Matrix, random: np.random.Generator) -> tuple[Any, Matrix]:
    """The columns that these rows have, and the rows over them alone with inputs left out."""
    columns, places = np.unique(rows.indices, return_inverse=True)
    data = rows.data * (random.random(len(rows.data)) >= _UNREAD) / np.float32(1 - _UNREAD)
    shape = (rows.shape[0], len(columns))
    return columns, sp.csr_matrix((data, places.astype(np.int32), rows.indptr), shape=shape)


class _Learnt:
    """Values that Adam moves, all of them or only the lines at hand."""

    def __init__(self, values: Any) -> None:
        self.values = values.astype(np.float32)
        self._slopes, self._squares = np.zeros_like(self.values), np.zeros_like(self.values)

    def move(self, slope: Any, pace: float, step: int, lines: Any = ...) -> None:
        slopes = _SLOPES * self._slopes[lines] + (1 - _SLOPES) * slope
        squares = _SQUARES * self._squares[lines] + (1 - _SQUARES) * slope**2
        self._slopes[lines], self._squares[lines] = slopes, squares
        root = np.sqrt(squares / (1 - _SQUARES**step)) + 1e-8
        self.values[lines] -= pace * slopes / (1 - _SLOPES**step) / root
