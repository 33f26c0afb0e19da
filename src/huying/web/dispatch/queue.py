"""What the dispatch desk lists: its tabs, what is asked of them, and how many each holds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.lifecycle import OPEN_STATES, Level, State
from huying.cases.queries.lists.queue import CaseFilter, counts_by_state
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice
from huying.web.guard import StaffRequest

_TABS: Final = (
    ("", gettext_noop("待分拨"), frozenset({State.RECEIVED, State.FILED})),
    ("sent", gettext_noop("待签收"), frozenset({State.DISPATCHED})),
    ("handling", gettext_noop("处置中"), frozenset({State.HANDLING})),
    ("check", gettext_noop("待核查"), frozenset({State.REPORTED})),
    ("all", gettext_noop("全部在办"), frozenset(OPEN_STATES)),
)
QUESTIONS: Final = ("q", "lamp", "area", "kind", "channel")
_MOST_COUNTED: Final = 1000
_DISTRICT: Final = 6


def wanted_of(actor: Actor, query: QueryDict) -> CaseFilter:
    """The tab in the address and what narrows it."""
    return replace(filters.read(query, _states(query)), levels=_levels(actor))


def _levels(actor: Actor) -> frozenset[Level]:
    """The levels whose matters wait here: what a street handed up waits at the district (R205)."""
    grants = (*actor.grants_for(P.CASE_DISPATCH), *actor.grants_for(P.CASE_HAND_UP))
    if any(len(grant.area) <= _DISTRICT for grant in grants):
        return frozenset()
    return frozenset(Level) - {Level.DISTRICT}


def _states(query: QueryDict) -> frozenset[State]:
    return next((states for key, _label, states in _TABS if key == query.get("tab", "")), _TABS[0][2])


def whole_of(wanted: CaseFilter, tabs: Sequence[tuple[Choice, str]]) -> Choice | None:
    """The tab whose whole list is asked for; None where something narrows it."""
    if wanted != CaseFilter(states=wanted.states, levels=wanted.levels):
        return None
    return next((tab for tab, _address in tabs if tab.chosen), None)


def tabs_of(request: StaffRequest) -> list[tuple[Choice, str]]:
    """The tabs with their counts and addresses."""
    counts = counts_by_state(
        request.actor, OPEN_STATES, CaseFilter(levels=_levels(request.actor)), request.now, _MOST_COUNTED
    )
    return [
        (
            Choice(
                key, _(label), key == request.GET.get("tab", ""),
                min(_MOST_COUNTED, sum(counts.get(state, 0) for state in states)), _MOST_COUNTED,
            ),
            query_with(request.GET, tab=key, case="", after=""),
        )
        for key, label, states in _TABS
    ]  # fmt: skip
