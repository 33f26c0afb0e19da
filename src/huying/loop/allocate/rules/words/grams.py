"""Chinese text as sparse vectors of characters, pairs of characters and, where given, words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.utils import murmurhash3_32

WIDTH: Final = 2**18
Matrix = Any  # scipy's sparse rows: texts x WIDTH


def grams(text: str) -> Iterator[str]:
    """Characters and pairs of a text; of a text already cut by spaces also its words and pairs of words."""
    words = text.split()
    joined = "".join(words)
    yield from joined
    yield from (joined[i : i + 2] for i in range(len(joined) - 1))
    if len(words) > 3:
        yield from (word + " " for word in words)
        yield from (f"{words[i]} {words[i + 1]}" for i in range(len(words) - 1))


_hashing = HashingVectorizer(
    analyzer=grams, n_features=WIDTH, alternate_sign=False, norm=None, dtype=np.float32
)


def column(gram: str) -> int:
    """The column of the vectors in which a gram is counted; rare grams may share one."""
    return int(abs(int(murmurhash3_32(gram, seed=0))) % WIDTH)


def counted(texts: Iterable[str]) -> Matrix:
    """Damped counts, 1 + ln(count), one row for each text."""
    rows = _hashing.transform(texts).tocsr()
    rows.data = 1.0 + np.log(rows.data)
    return rows


def kept(text: str) -> tuple[list[int], list[float]]:
    """Columns and damped counts of one text: all that is remembered of it."""
    row = counted([text])
    return row.indices.tolist(), row.data.tolist()


def recalled(texts: Sequence[tuple[Sequence[int], Sequence[float]]]) -> Matrix:
    """The rows that ``kept`` took apart, one for each (columns, amounts)."""
    ends = np.cumsum([0, *(len(columns) for columns, _ in texts)], dtype=np.int32)
    places = np.fromiter(chain.from_iterable(columns for columns, _ in texts), np.int32, ends[-1])
    counts = np.fromiter(chain.from_iterable(amounts for _, amounts in texts), np.float32, ends[-1])
    return sp.csr_matrix((counts, places, ends), shape=(len(texts), WIDTH))


def rarity(rows: Matrix) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """Inverse document frequency of every column, ln((1 + n) / (1 + df)) + 1."""
    seen = np.bincount(rows.indices, minlength=WIDTH)
    weights: np.ndarray[Any, np.dtype[np.float32]] = (np.log((1 + rows.shape[0]) / (1 + seen)) + 1).astype(
        np.float32
    )
    return weights


# Characters that hold sentences together: pairs with one of them say little about the matter.
_PARTICLES: Final = frozenset(
    "的了是我你他她它们这那就也都还和与及或吗呢吧啊被把给让着很请您在有不没"
    "，。！？、；：“”（）之为以等因其于一个到说去来"
)
_CHARACTER: Final = 0.3
_PARTICLE: Final = 0.1


def plainness(texts: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """How much each gram of these texts may count where no cases tell: characters and particles little."""
    weights: np.ndarray[Any, np.dtype[np.float32]] = np.ones(WIDTH, dtype=np.float32)
    for gram in {gram for text in texts for gram in grams(text)}:
        if not _PARTICLES.isdisjoint(gram):
            weights[column(gram)] = _PARTICLE
        elif len(gram) == 1:
            weights[column(gram)] = _CHARACTER
    return weights


def weighted(rows: Matrix, rare: "np.ndarray[Any, np.dtype[np.float32]]") -> Matrix:
    """The rows weighted by rarity, each of length 1 (an empty text stays empty)."""
    out = rows.copy()
    out.data *= rare[out.indices]
    squares = (
        np.add.reduceat(np.append(out.data**2, 0), out.indptr[:-1]) if out.nnz else np.zeros(out.shape[0])
    )
    squares[np.diff(out.indptr) == 0] = 1.0
    out.data /= np.repeat(np.sqrt(squares), np.diff(out.indptr)).astype(np.float32)
    return out


def pairs(text: str) -> tuple[str, list[int]]:
    """The text without spaces, and the column of each pair of neighbours in it."""
    joined = "".join(text.split())
    return joined, [column(joined[i : i + 2]) for i in range(len(joined) - 1)]


def deciding(joined: str, strengths: Sequence[float], most: int = 5) -> list[str]:
    """The stretches of a text whose pairs speak most for an item; ``strengths`` has one weight for each pair.

    Neighbouring pairs join: 臭水 and 水沟 are told as 臭水沟.
    """
    marks = [max(0.0, strength) for strength in strengths]
    floor = 0.25 * max(marks, default=0.0)
    found: dict[str, float] = {}
    for start, end in _runs([mark > floor for mark in marks]):
        stretch = joined[start : min(end + 1, start + 6)]
        found[stretch] = max(found.get(stretch, 0.0), sum(marks[start:end]))
    return sorted(found, key=lambda stretch: -found[stretch])[:most]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = place
        elif not flag and start is not None:
            yield start, place
            start = None
