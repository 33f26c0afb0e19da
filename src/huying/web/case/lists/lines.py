"""A page of a list: rows with their lamps, and the addresses of the neighbouring pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.urls import reverse

from huying.cases.queries.lists.queue import CaseFilter, CaseLine, CasePage, count_for, queue_for
from huying.web.case import showing
from huying.web.components import Chip, Choice, Lamp, Pager
from huying.web.guard import StaffRequest

# Whoever wants the whole number looks at the board.
_MOST_COUNTED: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. ``late`` is told apart from ``lamp`` so that a phone may sort by eye."""

    line: CaseLine
    href: str
    state: Chip
    urgency: Chip | None
    lamp: Lamp | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows of one filter."""

    rows: Sequence[Row]
    pager: Pager


def listing(
    request: StaffRequest, wanted: CaseFilter, limit: int = 50, total: Choice | None = None
) -> Listing:
    """One page from the cursor in the address. Raises Invalid for a cursor that is none.

    ``total``: the tab that this is the whole list of, where it has been counted already.
    """
    after = request.GET.get("after", "")
    found = queue_for(request.actor, wanted, request.now, after, limit)
    pager = Pager(
        previous=query_with(request.GET, after="") if after else "",
        next=query_with(request.GET, after=found.after) if found.after else "",
        shown=len(found.lines),
        total=_total(request, wanted, found, after, total),
    )
    return Listing([row_of(line, request) for line in found.lines], pager)


def _total(request: StaffRequest, wanted: CaseFilter, found: CasePage, after: str, tab: Choice | None) -> str:
    if not after and not found.after:
        return str(len(found.lines))
    if wanted.text:
        # What words find is not counted beyond the page.
        return "" if after else f"{len(found.lines)}+"
    if tab is not None and tab.count is not None:
        return tab.counted
    total = count_for(request.actor, wanted, request.now, _MOST_COUNTED)
    return f"{total}+" if total >= _MOST_COUNTED else str(total)


def row_of(line: CaseLine, request: StaffRequest) -> Row:
    """A line as a list draws it, opening to the case's page."""
    return Row(
        line,
        page_address(line.number),
        showing.state_chip(line.state),
        showing.urgency_chip(line.urgency),
        showing.line_lamp(line, request.now),
    )


@lru_cache(8192)
def page_address(number: str) -> str:
    """Where the case's page is."""
    return reverse("case:page", args=[number])


def query_with(query: QueryDict, **changes: str) -> str:
    """The address's query with some values replaced, "" removing one; begins with "?"."""
    kept = [(name, value) for name, values in query.lists() if name not in changes for value in values]
    return f"?{urlencode([*kept, *((name, value) for name, value in changes.items() if value)])}"


def query_choosing(query: QueryDict, name: str) -> Callable[[str], str]:
    """As ``query_with`` for one value after another: a list has an address for each of its rows."""
    base = query_with(query, **{name: ""})
    begun = f"{base}&{name}=" if len(base) > 1 else f"{base}{name}="
    return lambda value: begun + quote_plus(value) if value else base
