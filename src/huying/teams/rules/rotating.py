"""Whose day it is when people take turns."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

One = TypeVar("One")


def whose(people: Sequence[One], number: int, each: int, at_once: int) -> tuple[One, ...]:
    """Who has the ``number``-th day of a rotation (counted from 0) in which everybody has ``each`` days in a row.

    ``at_once`` people have a day together; the next day of the rotation goes on with those after them.
    """
    if not people:
        return ()
    first = number // each * at_once
    return tuple(dict.fromkeys(people[(first + place) % len(people)] for place in range(at_once)))


def days_kept(kept: Sequence[date], first: date) -> list[date]:
    """The days of a turn from the rotation's first on: its numbers count these alone, so holidays cost nobody."""
    return [day for day in kept if day >= first]
