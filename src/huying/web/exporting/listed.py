"""What a list is as a file: its columns, and its rows by the list's own filters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from huying.access.actor import Actor
from huying.kernel.cells import Cell
from huying.web.taking import Take, asked_without_place, narrowed


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody asked for it: the posts that may take it away, the list's address, the moment."""

    actor: Actor
    query: QueryDict
    now: datetime


def _unknown(asked: Asked) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Listed:
    """``total`` is how many rows there are, None where counting costs as much as reading."""

    take: Take
    heads: Callable[[Asked], Sequence[str]]
    rows: Callable[[Asked], Iterator[Sequence[Cell]]]
    total: Callable[[Asked], int | None] = _unknown


def asked_of(listed: Listed, actor: Actor, query: QueryDict, now: datetime) -> Asked:
    """The question, narrowed to the posts that may take the list away. Raises Denied where none may."""
    return Asked(narrowed(listed.take, actor), asked_without_place(query), now)


def paged(page: Callable[[str], tuple[Sequence[Any], str]]) -> Iterator[Any]:
    """Every line of a list that is read page by page: ``page`` gives for a cursor its lines and the next cursor."""
    after = ""
    while True:
        lines, after = page(after)
        yield from lines
        if not after:
            return


def backwards(page: Callable[[int | None], Sequence[Any]], size: int) -> Iterator[Any]:
    """Every line of a list that is read newest first, ``size`` at a time, below the number of the last one read."""

    def read(after: str) -> tuple[Sequence[Any], str]:
        found = page(int(after) if after else None)
        return found, str(found[-1].id) if len(found) == size else ""

    return paged(read)


def at(value: datetime | None) -> str:
    """A moment in the platform's zone as a spreadsheet sorts it; "" for none."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""
