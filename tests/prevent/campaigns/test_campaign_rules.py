"""The season's calendar by the sun and by the moon, and what a campaign may claim."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.prevent.campaigns.rules.effect import LEAST, Counts, effect
from huying.prevent.campaigns.rules.season import Festival, checked, coming, festivals, next_of, starter

SEASONS = {one.code: one for one in starter()}


def test_feasts_by_the_moon_fall_where_the_almanac_has_them() -> None:
    assert festivals()[Festival.SPRING, 2027] == date(2027, 2, 6)
    assert festivals()[Festival.SPRING, 2030] == date(2030, 2, 3)
    assert festivals()[Festival.GHOST, 2026] == date(2026, 8, 27)
    for (festival, year), day in festivals().items():
        assert day.year == year
        if festival is Festival.AUTUMN:
            # The seventh month has 29 or 30 days, and a leap one may follow it.
            assert (day - festivals()[Festival.GHOST, year]).days in (29, 30)


def test_a_season_is_proposed_some_weeks_before_and_until_it_is_over() -> None:
    exam = SEASONS["exam"]
    assert coming([exam], date(2026, 5, 3)) == []
    assert [one.season.code for one in coming([exam], date(2026, 5, 4))] == ["exam"]
    assert coming([exam], date(2026, 6, 30))
    assert coming([exam], date(2026, 7, 1)) == []


def test_a_season_over_the_turn_of_the_year_is_one() -> None:
    falls = next_of(SEASONS["gas"], date(2027, 1, 10))
    assert falls is not None
    assert (falls.first, falls.last) == (date(2026, 11, 15), date(2027, 3, 15))


def test_beyond_the_table_the_moon_proposes_nothing() -> None:
    assert next_of(SEASONS["ghost"], date(2040, 1, 1)) is None
    assert coming([SEASONS["ghost"]], date(2040, 8, 1)) == []


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "长" * 61}, {"task": ""}, {"weeks_before": 13}, {"first": "13-01"}, {"first": "x"},
     {"festival": Festival.SPRING, "first": "5", "last": "-5"}, {"festival": Festival.SPRING, "first": "-99"}],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        checked(replace(SEASONS["exam"], **wrong))  # type: ignore[arg-type]


def test_every_line_that_comes_along_is_sound() -> None:
    for one in SEASONS.values():
        assert checked(one) is one


def test_with_too_few_cases_nothing_is_claimed() -> None:
    assert effect(Counts(2, LEAST - 1, 500, 500)) is None


def test_a_fall_that_others_had_too_is_no_success() -> None:
    found = effect(Counts(200, 400, 200, 400))
    assert found is not None
    assert found.compared
    assert not found.certain
    assert abs(found.change) < 0.05


def test_a_fall_that_others_had_not_is_one() -> None:
    found = effect(Counts(100, 400, 400, 400))
    assert found is not None
    assert found.certain
    assert found.change == pytest.approx(-0.75, abs=0.02)


@given(st.integers(0, 500), st.integers(LEAST, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_change_lies_in_its_interval(now: int, before: int, others_now: int, others_before: int) -> None:
    found = effect(Counts(now, before, others_now, others_before))
    assert found is not None
    assert found.low <= found.change <= found.high
