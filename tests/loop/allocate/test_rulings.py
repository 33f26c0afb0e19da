"""Rulings read together: contradictions both ways, proposals only where the rulings say something else than the list."""

from hypothesis import given
from hypothesis import strategies as st

from huying.loop.allocate.rules.rulings import Ruling, contradictions, proposals

AREAS = ["990101", "990101001", "990101001001", "990101002"]
RULING = st.builds(
    Ruling,
    id=st.integers(1, 10**6),
    item=st.sampled_from(["X1", "X2"]),
    condition=st.sampled_from([None, 1, 2]),
    area=st.sampled_from(AREAS),
    body_id=st.integers(1, 3),
)
RULINGS = st.lists(RULING, max_size=12, unique_by=lambda one: one.id)


def test_two_rulings_on_the_same_cases_for_different_bodies_contradict() -> None:
    wide, near = Ruling(1, "X1", None, "990101", 7), Ruling(2, "X1", 3, "990101001", 8)
    elsewhere, same = Ruling(3, "X1", 3, "990101002", 7), Ruling(4, "X1", None, "990101", 7)
    assert contradictions([wide, near, elsewhere, same]) == {1: [2], 2: [1, 4], 4: [2]}


@given(RULINGS)
def test_whoever_is_contradicted_contradicts(rulings: list[Ruling]) -> None:
    found = contradictions(rulings)
    assert all(one in found[other] for one, others in found.items() for other in others)
    by_id = {ruling.id: ruling for ruling in rulings}
    assert all(by_id[one].body_id != by_id[other].body_id for one in found for other in found[one])


@given(RULINGS)
def test_nothing_is_proposed_that_the_list_says_already(rulings: list[Ruling]) -> None:
    as_ruled = {ruling.id: ruling.body_id for ruling in rulings}
    assert proposals(rulings, as_ruled) == []


@given(RULINGS)
def test_what_is_proposed_has_more_rulings_for_it_than_any_other_body(rulings: list[Ruling]) -> None:
    by_id = {ruling.id: ruling for ruling in rulings}
    for one in proposals(rulings, {}):
        assert {by_id[number].body_id for number in one.for_it} == {one.body_id}
        bodies = [by_id[number].body_id for number in one.against]
        assert all(bodies.count(body) < len(one.for_it) for body in bodies)
        assert {by_id[number].item for number in one.for_it} == {one.item}
