"""Where a roster has fewer people than its turns ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huying.teams.rules.kinds import DutyRole


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of a roster: a turn on a day in a role."""

    turn: int
    day: date
    role: DutyRole


def missing(needed: Mapping[Cell, int], on: Mapping[Cell, int]) -> dict[Cell, int]:
    """How many people each square still needs, squares that have enough left out."""
    short = {cell: count - on.get(cell, 0) for cell, count in needed.items()}
    return {cell: count for cell, count in short.items() if count > 0}


def by_day(gaps: Iterable[Cell]) -> list[date]:
    """The days with a gap, in order."""
    return sorted({cell.day for cell in gaps})
