"""What a change would mean, as rows of a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.cases.queries.lists.spots import spots_for
from huying.places.queries import Drawn
from huying.places.rules.redrawing import AreaChanged, meaning

DAYS: Final = 30
_HECTARE: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Line:
    """One area: hectares, cases of the last 30 days and open cases, each before and after as text."""

    code: str
    name: str
    what: str
    hectares: tuple[str, str]
    month: tuple[str, str]
    open: tuple[str, str]

    @property
    def touched(self) -> bool:
        return self.what != ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The lines by code, how many cases come to lie in another area, and how many lie nowhere."""

    lines: list[Line]
    month_moved: int
    open_moved: int
    nowhere: int


def meant(actor: Actor, drawn: Drawn, now: datetime) -> Meant:
    """The areas of a change before and after, with the cases of the last 30 days and the open ones counted."""
    spots = spots_for(actor, drawn.change.parent, now - timedelta(days=DAYS))
    found = meaning(drawn.before, drawn.after, [spots.since, spots.open])
    month_moved, open_moved = found.moved
    return Meant([_line(area) for area in found.areas], month_moved, open_moved, spots.nowhere)


def _line(area: AreaChanged) -> Line:
    what = "begun" if area.begun else "ended" if area.ended else "redrawn" if area.touched else ""
    month, still_open = area.counts
    hectares = [f"{size / _HECTARE:.1f}" if size is not None else "—" for size in area.surface]
    return Line(area.code, area.name, what, (hectares[0], hectares[1]), _words(month), _words(still_open))


def _words(pair: tuple[int | None, int | None]) -> tuple[str, str]:
    before, after = ("—" if count is None else str(count) for count in pair)
    return before, after
