"""Parts of a set of texts, alike in their labels, among which no text is found twice."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from huying.loop.allocate.rules.words.grams import BODY, counted, rarity, weighted

# Cosine of weighted characters and pairs: a message sent again with a few words changed, or with its particles left out.
ALIKE: Final = 0.6
_AT_ONCE: Final = 500
_SEED: Final = 1


def same(texts: Sequence[str]) -> Any:
    """One number for each text; the same for texts that differ in nothing but spaces and width."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(_bare(text), number) for number, text in enumerate(texts)])


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def nearly_same(texts: Sequence[str]) -> Any:
    """One number for each text; the same for texts that are alike, or alike to one between them."""
    rows = counted("".join(text.split()) for text in texts)[:, :BODY]
    wide = sp.csr_matrix((rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], BODY))
    vectors = weighted(wide, rarity(wide))
    pairs = []
    for at in range(0, len(texts), _AT_ONCE):
        likeness = vectors[at : at + _AT_ONCE] @ vectors.T
        likeness.data = np.where(likeness.data >= ALIKE, likeness.data, 0)
        likeness.eliminate_zeros()
        pairs.append(likeness)
    groups = connected_components(sp.vstack(pairs, format="csr"), directed=False)[1]
    # What is the same is alike, even where it has not a single character that counts.
    return groups[same(texts)]


def folds(labels: Sequence[str], groups: Any, count: int) -> Iterator[tuple[Any, Any]]:
    """(numbers to learn from, numbers to ask) for each of ``count`` parts; a group is never split."""
    parts = StratifiedGroupKFold(count, shuffle=True, random_state=_SEED)
    yield from parts.split(labels, labels, groups)
