"""The days whose roots were published, as everybody may read and keep them (R404)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huying.cases.ledger import ROOTS_FORMAT, root_link, roots_begin
from huying.cases.models import DayRoot
from huying.kernel.digest import instant


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """One day. ``place`` counts from 1 in the order of publication; ``root`` and ``link`` are hex.

    ``link`` covers all that was published before, so whoever keeps the last one would notice a change of any.
    """

    place: int
    day: date
    entries: int
    algorithm: str
    root: str
    published_at: datetime
    link: str

    @property
    def record(self) -> dict[str, Any]:
        """The day as the published file says it."""
        return {**_said(self.place, self.day, self.entries, self.algorithm, self.root, self.published_at),
                "link": self.link}  # fmt: skip


def published_days(district: int) -> list[PublishedDay]:
    """Every published day of a district, in the order of publication; empty for a district that is none."""
    link, found = b"", []
    # Days that were made up for later come behind: what somebody kept stays the beginning of the row.
    for place, row in enumerate(DayRoot.objects.filter(district=district).order_by("published_at", "day"), 1):
        link = link or roots_begin(district, row.algorithm)
        root = bytes(row.root).hex()
        link = root_link(
            link, _said(place, row.day, row.entries, row.algorithm, root, row.published_at), row.algorithm
        )
        found.append(
            PublishedDay(place, row.day, row.entries, row.algorithm, root, row.published_at, link.hex())
        )
    return found


def roots_file(district: int, days: Sequence[PublishedDay]) -> dict[str, Any]:
    """The file that others keep; its form is described in ``docs/ledger.md`` and stays as it is."""
    return {
        "format": ROOTS_FORMAT,
        "district": district,
        "days": [day.record for day in days],
        "head": days[-1].link if days else "",
    }


def _said(
    place: int, day: date, entries: int, algorithm: str, root: str, published_at: datetime
) -> dict[str, Any]:
    return {
        "place": place, "day": day.isoformat(), "entries": entries, "algorithm": algorithm, "root": root,
        "published_at": instant(published_at),
    }  # fmt: skip
