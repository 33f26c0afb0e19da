"""Groups of messages on one matter: average linkage over the pairs that have something rare in common.

Two groups become one while the mean likeness of their members, of one with each of the other, is at least ``ALIKE``;
pairs that share nothing rare count 0. The likest two go first, so the order of messages does not matter. Source: UPGMA,
Sokal and Michener (1958), on a sparse graph; the effort grows with the pairs, which are at most ``PAIRS`` a message.
"""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, Final

import numpy as np
from scipy import sparse

from huying.prevent.hot_issues.rules.likeness import (
    ELSEWHERE,
    FAR,
    NEAR,
    OTHER_ITEM,
    OTHER_PLACE,
    SAME_PLACE,
    Signature,
)

ALIKE: Final = 0.155
PAIRS: Final = 80
# A string in more messages than this finds nobody: it joins what has nothing else in common.
_COMMON: Final = 400
_FAINT: Final = 0.03
_BLOCK: Final = 1000
_DEGREE: Final = 111_320.0
Pairs = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


def grouped(signatures: Sequence[Signature], alike: float = ALIKE) -> list[list[int]]:
    """The numbers of the messages of each group, in order; most messages stand alone."""
    if not signatures:
        return []
    return _joined(len(signatures), pairs_of(signatures), alike)


def pairs_of(signatures: Sequence[Signature]) -> Pairs:
    """(one, other, likeness) of the pairs that may belong together, each once."""
    marks = _matrix([list(each.marks.items()) for each in signatures])
    ones, others = _candidates(marks)
    angle = _dots(marks, marks, ones, others)
    kept = angle >= _FAINT
    ones, others, angle = ones[kept], others[kept], angle[kept]
    likeness = np.minimum(1.0, angle * _placing(signatures, ones, others))
    return ones, others, likeness


def _matrix(rows: Sequence[Sequence[tuple[str, float]]]) -> Any:
    columns: dict[str, int] = {}
    numbers = [columns.setdefault(mark, len(columns)) for row in rows for mark, _ in row]
    values = np.array([value for row in rows for _, value in row], np.float64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    made = sparse.csr_matrix((values, np.array(numbers, np.int64), starts), (len(rows), max(1, len(columns))))
    made.sort_indices()
    return made


def _candidates(marks: Any) -> tuple[Any, Any]:
    """The pairs with the most in common among rare strings, at most ``PAIRS`` a message."""
    seen = np.bincount(marks.indices, minlength=marks.shape[1])
    rare = marks[:, np.flatnonzero((seen >= 2) & (seen <= _COMMON))]
    turned = rare.T.tocsr()
    found = [pair for at in range(0, rare.shape[0], _BLOCK) for pair in _nearest(rare, turned, at)]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    codes = np.unique(np.concatenate(found))
    return codes // marks.shape[0], codes % marks.shape[0]


def _nearest(rare: Any, turned: Any, at: int) -> Iterator[Any]:
    size = rare.shape[0]
    products = (rare[at : at + _BLOCK] @ turned).tocsr()
    for row in range(products.shape[0]):
        here = slice(products.indptr[row], products.indptr[row + 1])
        others, values = products.indices[here].astype(np.int64), products.data[here]
        others, values = others[values >= _FAINT], values[values >= _FAINT]
        if len(others) > PAIRS:
            # Ties are broken by number, so that the same messages always give the same groups.
            others = others[np.lexsort((others, -values))[:PAIRS]]
        others = others[others != at + row]
        yield np.minimum(others, at + row) * size + np.maximum(others, at + row)


def _dots(left: Any, right: Any, ones: Any, others: Any) -> Any:
    """Row by row, the product of the ones of the left with the others of the right."""
    parts = [
        np.asarray(left[ones[at : at + 50_000]].multiply(right[others[at : at + 50_000]]).sum(axis=1)).ravel()
        for at in range(0, len(ones), 50_000)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _placing(signatures: Sequence[Signature], ones: Any, others: Any) -> Any:
    """As ``likeness.placing`` for many pairs at once."""
    known = {name: at for at, name in enumerate(sorted({n for each in signatures for n in each.names}))}
    said = _flags([each.names for each in signatures], known)
    told = _flags([each.told & known.keys() for each in signatures], known)
    agree = (_dots(said, told, ones, others) + _dots(told, said, ones, others)) > 0
    named = np.array([bool(each.names) for each in signatures])
    apart = _apart(signatures, ones, others)
    both = _dots(said, said, ones, others) > 0
    other_area = np.isnan(apart) & _differ([each.community for each in signatures], ones, others)
    worth = np.where((named[ones] & named[others]) | other_area, OTHER_PLACE, 1.0)
    worth = np.where(agree | (apart <= NEAR), SAME_PLACE, worth)
    worth = np.where(_differ([each.item for each in signatures], ones, others), OTHER_ITEM, worth)
    return np.where((apart > FAR) & ~both, ELSEWHERE, worth)


def _differ(codes: Sequence[str], ones: Any, others: Any) -> Any:
    """Whether both of a pair have a code, and not the same."""
    numbers = {"": 0}
    each = np.array([numbers.setdefault(code, len(numbers)) for code in codes])
    return (each[ones] > 0) & (each[others] > 0) & (each[ones] != each[others])


def _flags(rows: Sequence[frozenset[str]], known: dict[str, int]) -> Any:
    numbers = [sorted(known[name] for name in row) for row in rows]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in numbers])]).astype(np.int64)
    flat = np.array([number for row in numbers for number in row], np.int64)
    return sparse.csr_matrix((np.ones(len(flat)), flat, starts), (len(rows), max(1, len(known))))


def _apart(signatures: Sequence[Signature], ones: Any, others: Any) -> Any:
    """Metres between the two of each pair; not a number, which is neither near nor far, where one is not known."""
    unknown = float("nan")
    lon = np.array([each.spot.lon if each.spot else unknown for each in signatures])
    lat = np.array([each.spot.lat if each.spot else unknown for each in signatures])
    east = (lon[ones] - lon[others]) * np.cos(np.radians((lat[ones] + lat[others]) / 2))
    return np.hypot(east, lat[ones] - lat[others]) * _DEGREE


def _joined(count: int, pairs: Pairs, alike: float) -> list[list[int]]:
    members: list[list[int] | None] = [[number] for number in range(count)]
    links: list[dict[int, float]] = [{} for _ in range(count)]
    waiting = []
    for one, other, value in zip(*(each.tolist() for each in pairs), strict=True):
        links[one][other] = links[other][one] = value
        if value >= alike:
            waiting.append((-value, one, other))
    heapify(waiting)
    while waiting:
        worth, one, other = heappop(waiting)
        here, there = members[one], members[other]
        if here is None or there is None or not _still(links, one, other, -worth, len(here) * len(there)):
            continue
        _merge(members, links, one, other)
        for further, total in links[one].items():
            beside = members[further]
            assert beside is not None
            mean = total / (len(members[one] or ()) * len(beside))
            if mean >= alike:
                heappush(waiting, (-mean, min(one, further), max(one, further)))
    return [sorted(each) for each in members if each is not None]


def _still(links: list[dict[int, float]], one: int, other: int, worth: float, size: int) -> bool:
    """Whether a pair that waited is worth now what it was worth then: neither side has grown since."""
    return other in links[one] and abs(links[one][other] / size - worth) < 1e-12


def _merge(members: list[list[int] | None], links: list[dict[int, float]], one: int, other: int) -> None:
    """The other group into the one; the sums of likeness towards every third are added."""
    here, there = members[one], members[other]
    assert here is not None
    assert there is not None
    here.extend(there)
    members[other] = None
    for further, total in links[other].items():
        del links[further][other]
        if further == one:
            continue
        links[one][further] = links[further][one] = links[one].get(further, 0.0) + total
    links[one].pop(other, None)
    links[other] = {}
