"""An address is never wrong: what is not understood does not filter."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.clocks import Lamp
from huying.cases.lifecycle import State
from huying.kernel.cells import safe
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with

NAMES = st.sampled_from(
    ["state", "lamp", "body", "area", "item", "kind", "channel", "q", "since", "until", "closed"]
)


@given(st.dictionaries(NAMES, st.text(max_size=30)))
def test_anything_may_be_asked(asked: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(asked)
    found = filters.read(query)
    assert found.body_id is None or found.body_id >= 0
    assert found.area == "" or found.area.isdigit()
    assert found.since is None or found.since.utcoffset() is not None


def test_a_filter_is_read_from_the_address() -> None:
    found = filters.read(
        QueryDict("state=filed&state=received&lamp=red&area=990101001&until=2026-03-02&closed=0")
    )
    assert found.states == {State.FILED, State.RECEIVED}
    assert found.lamp is Lamp.RED
    assert found.area == "990101001"
    assert found.until is not None
    assert f"{found.until.astimezone():%d}" == "03", "the last day counts whole"
    assert not found.closed


def test_a_desk_shows_no_more_than_its_own_states() -> None:
    own = frozenset({State.FILED, State.RECEIVED})
    assert filters.read(QueryDict("state=closed"), own).states == own
    assert filters.read(QueryDict("state=filed"), own).states == {State.FILED}


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = safe(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.endswith(text)


def test_an_address_is_changed_in_one_place() -> None:
    query = QueryDict("q=a&after=x")
    assert query_with(query, after="") == "?q=a"
    assert query_with(query, after="y", case="1") == "?q=a&after=y&case=1"


@pytest.mark.parametrize("tab", ["tab=handling", "closed=1"])
def test_asking_within_a_tab_does_not_lead_out_of_it(tab: str) -> None:
    asked = filters.shown(QueryDict(f"{tab}&q=路灯"), 990101, datetime(2026, 3, 2, tzinfo=UTC), ("q",))
    kept = {one.name: one.value for one in asked if one.kind == "hidden"}
    assert "&".join(f"{name}={value}" for name, value in kept.items()) == tab
