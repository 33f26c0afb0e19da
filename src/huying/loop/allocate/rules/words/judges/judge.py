"""What a classifier holds of its items: linear weights that corrections move, and where many cases taught them, nets."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import Matrix
from huying.loop.allocate.rules.words.judges.machines import MOST_MACHINES, machine
from huying.loop.allocate.rules.words.judges.net_teaching import nets
from huying.loop.allocate.rules.words.judges.nets import Nets

# Of fewer cases nets learn less than the machines know.
ENOUGH_FOR_NETS: Final = 1000
# The machines' scores count by half and the nets' by a quarter: both then differ by about as much between two items.
_MACHINES, _NETS = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Judge:
    """Scores of items; ``weights`` is columns x items, ``bias`` one number for each item."""

    weights: Matrix
    bias: Any
    nets: Nets | None = None

    def scores(self, vectors: Matrix) -> Any:
        """Texts x items. The same change of ``weights`` moves them the same with nets and without."""
        linear = (vectors @ self.weights).toarray() + self.bias
        if self.nets is None:
            return linear
        told = _NETS * self.nets.scores(vectors)
        # The nets have never heard of items that came with corrections.
        least = np.repeat(told.min(axis=1, keepdims=True), linear.shape[1] - told.shape[1], axis=1)
        return linear + np.hstack([told, least])

    def wider(self, by: int) -> "Judge":
        """The same with a place for so many items more."""
        old, shape = self.weights, (self.weights.shape[0], self.weights.shape[1] + by)
        weights = sp.csr_matrix((old.data, old.indices, old.indptr), shape=shape)
        lowest = self.bias.min() if len(self.bias) else 0.0
        return replace(self, weights=weights, bias=np.append(self.bias, np.full(by, lowest)))

    def moved(self, weights: Matrix) -> "Judge":
        """The same with ``weights`` added."""
        return replace(self, weights=(self.weights + weights).tocsr())


def nets_help(labels: Any) -> bool:
    """Whether cases with these labels are enough, and their items few enough, for nets."""
    return len(labels) >= ENOUGH_FOR_NETS and len(set(labels)) <= MOST_MACHINES


def taught(vectors: Matrix, labels: Any, amounts: Any, *, with_nets: bool) -> tuple[Any, Judge]:
    """Names of the items and the judge of them; ``amounts`` says how much each case counts. Two items at least."""
    names, weights, bias = machine(vectors, labels, amounts)
    if not with_nets:
        return names, Judge(weights, bias)
    return names, Judge(weights * _MACHINES, bias * _MACHINES, nets(vectors, labels, names, amounts))
