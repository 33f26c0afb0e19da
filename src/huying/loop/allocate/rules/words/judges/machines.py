"""Linear machines: from settled cases to how much each gram speaks for each item."""

from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import Matrix
from huying.loop.allocate.rules.words.judges.ratios import ratio, there

# One machine for each item takes its time; of more items than that each is the mean of its cases instead.
MOST_MACHINES: Final = 60
_PLAIN, _RATIOS = 1.2, 0.15
Machine = tuple[Any, Matrix, Any]


def machine(vectors: Matrix, labels: Any, amounts: Any) -> Machine:
    """Names, columns x items, bias; ``amounts`` says how much each case counts. Two items at least.

    The mean of two support vector machines: on the vectors, and on the vectors stretched by how differently each
    gram is met in an item and elsewhere. Only grams met twice take part: the others cannot generalise.
    """
    names = np.unique(labels)
    columns = np.flatnonzero(np.bincount(vectors.indices, minlength=vectors.shape[1]) > 1)
    rows = vectors[:, columns]
    if len(names) > MOST_MACHINES:
        weights, bias = _means(rows, labels, names, amounts), np.zeros(len(names))
    else:
        ones, first = _plain(rows, labels, amounts)
        others, second = _by_ratios(rows, labels, names, amounts)
        weights, bias = sp.csr_matrix((ones + others) / 2), (first + second) / 2
    spread = sp.csr_matrix(
        (np.ones(len(columns)), (columns, range(len(columns)))), shape=(vectors.shape[1], len(columns))
    )
    return names, (spread @ weights.T.tocsr()).astype(np.float32).tocsr(), bias


def _support(cost: float) -> Any:
    # Loaded by who learns, as in ``grams``.
    from sklearn.svm import LinearSVC

    return LinearSVC(C=cost, class_weight="balanced")


def _plain(rows: Matrix, labels: Any, amounts: Any) -> tuple[Any, Any]:
    found = _support(_PLAIN).fit(rows, labels, sample_weight=amounts)
    if len(found.classes_) == 2:
        return np.vstack([-found.coef_, found.coef_]), np.concatenate([-found.intercept_, found.intercept_])
    return found.coef_, found.intercept_


def _by_ratios(rows: Matrix, labels: Any, names: Any, amounts: Any) -> tuple[Any, Any]:
    met = there(rows)
    lines, biases = [], []
    for name in names:
        own = labels == name
        stretch = ratio(met, own)
        found = _support(_RATIOS).fit((rows @ sp.diags_array(stretch)).tocsr(), own, sample_weight=amounts)
        lines.append(found.coef_[0] * stretch)
        biases.append(found.intercept_[0])
    return np.array(lines), np.array(biases)


def _means(rows: Matrix, labels: Any, names: Any, amounts: Any) -> Matrix:
    shares = sp.csr_matrix((amounts, (np.searchsorted(names, labels), range(len(labels)))))
    return unit(shares @ rows)


def unit(rows: Matrix) -> Matrix:
    """The rows, each of length 1; empty ones stay empty."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sp.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ rows).tocsr()
