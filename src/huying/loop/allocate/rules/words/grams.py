"""Chinese text as sparse vectors: characters and pairs, those of its beginning, and words where it is cut."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from operator import add
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.reading import MOST_READ, meant, read

# Three views of a text, each with columns of its own: what it says, how it begins, and its words where they are cut.
_BODY, _HEAD, _WORDS = 2**18, 2**17, 2**17
BODY: Final = _BODY
WIDTH: Final = _BODY + _HEAD + _WORDS
_VIEWS: Final = (0, _BODY, _BODY + _HEAD, WIDTH)
# Callers say what it is about first: the first characters that carry meaning count again, by themselves.
_FIRST: Final = 30
_CUT: Final = 3  # a text with more blanks than that is cut into words
Matrix = Any  # scipy's sparse rows: texts x WIDTH


def grams(text: str) -> list[str]:
    """Characters and pairs of what is left of a text without its particles.

    Words cut with the particles left out and the sentence itself thereby look alike.
    """
    return _said(meant(text))


def _said(said: str) -> list[str]:
    return [*said, *map(add, said, said[1:])]


def _beginning(first: str) -> list[str]:
    pairs_of = list(map(add, first, first[1:]))
    return [*first, *pairs_of, *map(add, pairs_of, first[2:])]


def _words(text: str) -> list[str]:
    words = text.split()
    return [*words, *map(" ".join, pairwise(words))] if len(words) > _CUT else []


@cache
def _hashing() -> Sequence[Any]:
    # With the library comes all of its statistics, a second of every start: whoever reads no text does without.
    from sklearn.feature_extraction.text import HashingVectorizer

    def counting(analyzer: Callable[[str], list[str]], width: int) -> Any:
        return HashingVectorizer(
            analyzer=analyzer, n_features=width, alternate_sign=False, norm=None, dtype=np.float32
        )

    return counting(_said, _BODY), counting(_beginning, _HEAD), counting(_words, _WORDS)


@cache
def _murmur() -> Callable[..., Any]:
    from sklearn.utils import murmurhash3_32

    found: Callable[..., Any] = murmurhash3_32
    return found


def column(gram: str) -> int:
    """The column of the vectors in which a gram of the text is counted; rare grams may share one."""
    return int(abs(int(_murmur()(gram, seed=0))) % _BODY)


def counted(texts: Iterable[str]) -> Matrix:
    """Damped counts, 1 + ln(count), one row for each text; every text as it is ``read``."""
    seen = [read(text) for text in texts]
    said = [meant(text) for text in seen]
    parts = (said, [text[:_FIRST] for text in said], seen)
    views = [view.transform(part) for view, part in zip(_hashing(), parts, strict=True)]
    rows = sp.hstack(views, format="csr", dtype=np.float32)
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


# Without cases nothing tells which grams matter: characters and particles are taken to matter little.
_CHARACTER: Final = 0.3


def plainness(texts: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """How much each gram of these texts may count where no cases tell: characters little, the other views nothing."""
    weights: np.ndarray[Any, np.dtype[np.float32]] = np.ones(WIDTH, dtype=np.float32)
    weights[_BODY:] = 0.0
    for gram in {gram for text in texts for gram in grams(read(text))}:
        if len(gram) == 1:
            weights[column(gram)] = _CHARACTER
    return weights


def weighted(rows: Matrix, rare: "np.ndarray[Any, np.dtype[np.float32]]") -> Matrix:
    """The rows weighted by rarity; every view of a row counts the same, the row has length 1 (an empty one none)."""
    out = rows.copy()
    out.data *= rare[out.indices]
    lines = np.repeat(np.arange(out.shape[0]), np.diff(out.indptr))
    cells = lines * (len(_VIEWS) - 1) + np.searchsorted(_VIEWS, out.indices, side="right") - 1
    squares = np.bincount(cells, out.data**2, out.shape[0] * (len(_VIEWS) - 1))
    there = (squares > 0).reshape(out.shape[0], -1).sum(axis=1)
    out.data /= np.sqrt(np.maximum(squares[cells], 1e-12) * there[lines]).astype(np.float32)
    return out


def pairs(text: str) -> tuple[str, list[int]]:
    """The text without spaces, and the column of each pair of neighbours in it as it is ``read``."""
    joined = "".join(text[:MOST_READ].split())
    plain = read(joined)
    return joined, [column(plain[i : i + 2]) for i in range(len(plain) - 1)]


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
