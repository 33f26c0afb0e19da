"""公开答复 by street and community: how many of the latest were answered where, and how long that took (R505)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

from huying.kernel import clock
from huying.places.queries import AreaRow, areas, districts
from huying.places.rules.levels import Level
from huying.web.citizen import counter
from huying.web.components import span_words

# So many of the latest are looked at, whatever the district holds.
LATEST: Final = 200
_STREET_DIGITS: Final = 9
_COMMUNITY_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A community, or the street where no community is known: ``answered`` of the latest, half within ``took``.

    ``lon``, ``lat`` (CGCS2000 degrees) are the middle of the area, never of a matter; None where nobody drew it.
    """

    code: str
    name: str
    answered: int
    took: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its communities, those with most answers first."""

    whole: Spot
    spots: Sequence[Spot]


def board() -> list[Street]:
    """Every street of which something was answered lately, the one with most answers first."""
    found = [street for one in districts() for street in _of_district(one.code)]
    return sorted(found, key=lambda street: (-street.whole.answered, street.whole.code))


def _of_district(district: int) -> list[Street]:
    spans: dict[str, list[timedelta]] = defaultdict(list)
    for line in counter.latest_answered(district, LATEST, clock.now()):
        if line.closed_at is not None and len(line.area) >= _STREET_DIGITS:
            spans[line.area[:_COMMUNITY_DIGITS]].append(line.closed_at - line.opened_at)
    rows = {row.code: row for level in (Level.STREET, Level.COMMUNITY) for row in areas(district, level)}
    return [
        _street(rows[code], {area: took for area, took in spans.items() if area.startswith(code)}, rows)
        for code in sorted({area[:_STREET_DIGITS] for area in spans})
        if code in rows
    ]


def _street(row: AreaRow, spans: dict[str, list[timedelta]], rows: dict[str, AreaRow]) -> Street:
    spots = [_spot(rows[code], took) for code, took in spans.items() if code in rows and code != row.code]
    every = [span for took in spans.values() for span in took]
    return Street(_spot(row, every), sorted(spots, key=lambda spot: (-spot.answered, spot.code)))


def _spot(row: AreaRow, took: Sequence[timedelta]) -> Spot:
    half = timedelta(seconds=median(span.total_seconds() for span in took))
    return Spot(row.code, row.name, len(took), span_words(half), row.lon, row.lat)
