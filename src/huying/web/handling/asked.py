"""What a handler's list is asked for by its address."""

from collections.abc import Mapping
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.cases.lifecycle import OrderState
from huying.cases.queries.lists.queue import CaseFilter
from huying.web.case.lists import filters

TABS: Final = (
    ("sent", gettext_noop("待签收"), frozenset({OrderState.SENT})),
    ("handling", gettext_noop("处置中"), frozenset({OrderState.SIGNED})),
    ("reported", gettext_noop("已反馈"), frozenset({OrderState.REPORTED})),
)


def first_tab(counts: Mapping[OrderState, int]) -> str:
    """The tab a day begins on: the first that has an order, else the first."""
    return next((key for key, _label, states in TABS if any(map(counts.get, states))), TABS[0][0])


def mine(actor: Actor, query: QueryDict) -> CaseFilter:
    """The orders of the actor's own units under the tab of the address."""
    asked, tab = filters.read(query), query.get("tab", "")
    return CaseFilter(
        area=asked.area, lamp=asked.lamp, text=asked.text, orders_of=actor.body_ids,
        order_states=next((states for key, _label, states in TABS if key == tab), TABS[0][2]),
    )  # fmt: skip
