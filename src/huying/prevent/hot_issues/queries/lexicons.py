"""What is common in a district's words, kept in the process for some minutes."""

from datetime import datetime, timedelta
from typing import Final

from huying.prevent.hot_issues.models import Heard, WordCounts
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import Signature, Spot

_COMMUNITY: Final = 12
_FOR: Final = timedelta(minutes=10)
_held: dict[int, tuple[datetime, Lexicon]] = {}


def lexicon_of(district: int, now: datetime) -> Lexicon:
    """As counted last; empty before the first count."""
    kept = _held.get(district)
    if kept is not None and timedelta(0) <= now - kept[0] < _FOR:
        return kept[1]
    row = WordCounts.objects.filter(district=district).first()
    found = Lexicon.unpacked(bytes(row.counts), row.messages) if row else Lexicon.empty()
    _held[district] = (now, found)
    return found


def grouped_at(district: int) -> datetime | None:
    """When the cases of a district were last grouped anew; None before the first time."""
    return WordCounts.objects.filter(district=district).values_list("counted_at", flat=True).first()


def forget_lexicons() -> None:
    """Read anew the next time."""
    _held.clear()


def signature_of(row: Heard) -> Signature:
    """What is kept of a case."""
    spot = Spot(row.lon, row.lat) if row.lon is not None and row.lat is not None else None
    marks = dict(zip(row.marks, row.weights, strict=True))
    return Signature(marks, frozenset(row.names), spot, row.item, _community(row.area))


def _community(area: str) -> str:
    return area[:_COMMUNITY] if len(area) >= _COMMUNITY else ""
