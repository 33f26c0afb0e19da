"""Small neural nets beside the linear machines: they see which grams come together, where machines only add them up."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import WIDTH, Matrix


class Nets:
    """Nets with one hidden layer each that differ in their seed alone, averaged.

    ``columns`` of the vectors take part; ``inner`` is columns x the hidden units of all nets, ``outer`` nets x hidden x
    items; ``threshold`` and ``bias`` are added to what comes of them.
    """

    def __init__(self, columns: Any, inner: Any, threshold: Any, outer: Any, bias: Any) -> None:
        self.columns, self.inner, self.threshold, self.outer, self.bias = (
            columns,
            inner,
            threshold,
            outer,
            bias,
        )
        # What takes no part is led to one more column, which weighs nothing.
        self._place = np.full(WIDTH, len(columns), dtype=np.int32)
        self._place[columns] = np.arange(len(columns), dtype=np.int32)
        self._weights = np.vstack([inner, np.zeros_like(inner, shape=(1, inner.shape[1]))])

    def scores(self, vectors: Matrix) -> Any:
        """The mean logarithm of each item's chance, texts x items."""
        shape = (vectors.shape[0], len(self.columns) + 1)
        rows = sp.csr_matrix((vectors.data, self._place[vectors.indices], vectors.indptr), shape=shape)
        hidden = np.maximum(rows @ self._weights + self.threshold, 0.0)
        parts = np.split(hidden, len(self.outer), axis=1)
        told = [
            log_shares(part @ out + bias)
            for part, out, bias in zip(parts, self.outer, self.bias, strict=True)
        ]
        return sum(told) / len(told)


def log_shares(raw: Any) -> Any:
    """Logarithm of the softmax, by row."""
    low = raw - raw.max(axis=1, keepdims=True)
    return low - np.log(np.exp(low).sum(axis=1, keepdims=True))
