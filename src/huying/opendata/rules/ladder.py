"""k-anonymity (Sweeney 2002) by a ladder: a line says only what at least k cases of the month have alike.

Every case climbs from the finest words to coarser ones until it has company enough. Where a few would be left beside
lines published more finely within the same words, the smallest of those lines joins them. So whoever knows how many
share the words of a rung, and takes away what is published within them, is left with none, with at least k, or with
what were fewer than k from the beginning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_K: Final = 3
DEFAULT_K: Final = 5
_STREET, _COMMUNITY, _RUNGS = 9, 12, 5
# Days from receiving to closing, from and up to.
SPANS: Final = ((0, 1), (2, 3), (4, 7), (8, 15), (16, 30), (31, None))


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """What a line says; "" where it says nothing. ``area`` and ``matter`` are codes, ``took`` is a span of days,
    ``outcome`` how it ended."""

    area: str
    matter: str
    channel: str = ""
    took: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """The lines with the number of cases each stands for, and how many cases stand in none."""

    lines: tuple[tuple[Line, int], ...]
    withheld: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one case here. ``group`` is the code of the item's group."""

    area: str
    item: str
    group: str
    channel: str
    days: int
    outcome: str = ""


def rungs(one: Facts) -> tuple[Line, ...]:
    """What can be said of a case, from the finest to the coarsest. Each rung lies within the next."""
    street = _cut(one.area, _STREET)
    community = _cut(one.area, _COMMUNITY) or street
    return (
        Line(community, one.item, one.channel, span(one.days), one.outcome),
        Line(community, one.item),
        Line(street, one.item),
        Line(street, one.group),
        Line(street, ""),
    )


Ladder = tuple[Line, ...]


def publish(cases: Iterable[Facts], k: int) -> Published:
    """What may be published of a month's cases. Of the rest there are none, or at least k, or fewer than k in all."""
    sizes = Counter(rungs(one) for one in cases)
    left, lines = set(sizes), dict[Line, list[Ladder]]()
    for rung in range(_RUNGS):
        waiting, inside = _by_words(left, rung), _inside(lines, rung)
        for words, found in sorted(waiting.items()):
            together = found + _company(found, inside.get(words, ()), lines, sizes, k)
            if _size(together, sizes) >= k:
                lines.setdefault(words, []).extend(together)
                left.difference_update(found)
    rest = [*left, *(_company(list(left), list(lines), lines, sizes, k) if left else ())]
    counted = ((line, _size(held, sizes)) for line, held in lines.items())
    return Published(tuple(sorted(counted)), _size(rest, sizes))


def _by_words(left: Iterable[Ladder], rung: int) -> dict[Line, list[Ladder]]:
    found: dict[Line, list[Ladder]] = defaultdict(list)
    for ladder in sorted(left):
        found[ladder[rung]].append(ladder)
    return found


def _inside(lines: Mapping[Line, Sequence[Ladder]], rung: int) -> dict[Line, list[Line]]:
    """The lines published so far by the words of this rung within which they lie."""
    found: dict[Line, list[Line]] = defaultdict(list)
    for line, held in lines.items():
        found[held[0][rung]].append(line)
    return found


def _company(
    found: Sequence[Ladder],
    near: Sequence[Line],
    lines: dict[Line, list[Ladder]],
    sizes: Counter[Ladder],
    k: int,
) -> list[Ladder]:
    """The smallest of the lines ``near`` that join the few who would be left; they are taken out."""
    count, joined = _size(found, sizes), list[Ladder]()
    for _held, line in sorted((_size(lines[line], sizes), line) for line in near if line in lines):
        if count + _size(joined, sizes) >= k:
            break
        joined += lines.pop(line)
    return joined


def _size(found: Iterable[Ladder], sizes: Counter[Ladder]) -> int:
    return sum(sizes[ladder] for ladder in found)


def span(days: int) -> str:
    """``2-3``, ``31+``: how long it took, as a line says it."""
    low, high = next((low, high) for low, high in reversed(SPANS) if max(days, 0) >= low)
    return f"{low}+" if high is None else f"{low}-{high}"


def _cut(area: str, digits: int) -> str:
    return area[:digits] if len(area) >= digits else ""
