"""The rules of early warning: each by itself, and all together on simulated months with bounds that are wide."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.prevent.warnings.rules.budget import PARTS
from huying.prevent.warnings.rules.events import NEW_WAY_DAYS, Came, gathered, without_new_ways
from huying.prevent.warnings.rules.kinds import Advice, Worth, checked_promise, checked_until, checked_words
from huying.prevent.warnings.rules.levels import HOLIDAY
from huying.prevent.warnings.rules.promise import LEAST_DAYS, bar, rate_for
from huying.prevent.warnings.rules.rises import signals
from huying.prevent.warnings.rules.scoring import Found, surprise
from huying.prevent.warnings.rules.shares import counted, looked_up
from huying.prevent.warnings.rules.watching import Watch, curve, kinds_of
from huying.simulate.bench.warnings import tried
from huying.simulate.quiet.calls import START, kinds
from huying.simulate.quiet.outbreak import outbreak
from huying.simulate.quiet.town import town
from huying.simulate.quiet.usual import usual

GRID = "990101001001001"
FAR = "990101002004001"


def _came(case: int, day: int, item: str = "070101", area: str = GRID, channel: str = "web") -> Came:
    return Came(case, day, item, area, channel, None, None)


def test_the_budget_is_spent_whole_and_no_more() -> None:
    assert PARTS.sum() == pytest.approx(1.0)


@given(st.integers(4, 60), st.floats(0.05, 20), st.floats(0.01, 2))
def test_more_cases_surprise_more_and_restlessness_makes_them_surprise_less(
    seen: int, expected: float, spread: float
) -> None:
    def score(n: int, phi: float) -> float:
        return float(surprise(np.array([float(n)]), np.array([expected]), np.array([phi]))[0])

    assert score(seen + 1, spread) >= score(seen, spread)
    if seen > 2 * expected + 2:
        assert score(seen, spread) >= score(seen, 2 * spread) - 1e-9


def test_the_surprise_is_the_tail_of_the_negative_binomial() -> None:
    mean, phi = 1.7, 0.2
    chances = np.random.default_rng(3).gamma(1 / phi, phi, 200_000) * mean
    drawn = np.random.default_rng(4).poisson(chances)
    told = float(surprise(np.array([6.0]), np.array([mean]), np.array([phi]))[0])
    assert np.exp(-told) == pytest.approx((drawn >= 6).mean(), rel=0.1)


def test_what_a_new_channel_brings_is_no_rise_until_it_is_old() -> None:
    old = [_came(n, n) for n in range(60)]
    new = [_came(100 + n, 60 + n, channel="patrol") for n in range(40)]
    kept = without_new_ways([*old, *new])
    assert len(kept) == 60 + 40 - NEW_WAY_DAYS
    assert min(row.day for row in kept if row.channel == "patrol") == 60 + NEW_WAY_DAYS


def test_what_has_no_place_or_no_item_is_left_out_and_nothing_at_all_is_no_error() -> None:
    assert len(gathered([_came(1, 1, item=""), _came(2, 1, area="990101")]).cases) == 0
    assert len(gathered([]).cases) == 0


def test_counts_by_unit_are_those_of_the_rows() -> None:
    events = gathered([_came(1, 1), _came(2, 2), _came(3, 2, item="070102", area=FAR)])
    space = events.space
    table = counted(events, slice(0, 3))
    group, street = space.item_at["0701"], space.area_at["990101001"]
    asked = np.array(
        [group * len(space.areas) + street, group * len(space.areas) + space.area_at["990101002"]]
    )
    assert looked_up(table, asked).tolist() == [2, 1]


def test_two_scales_of_the_same_cases_are_one_signal() -> None:
    events = gathered([_came(n, 5) for n in range(6)])
    space = events.space
    units = [
        (space.item_at["070101"], space.area_at[GRID]),
        (space.item_at["07"], space.area_at["990101001"]),
    ]
    items, areas = (np.array(column) for column in zip(*units, strict=True))
    one = np.ones(2)
    found = Found(items, areas, np.array([1, 3]), 6 * one, one, one, np.array([9.0, 8.0]))
    told = signals(events, 5, found)
    assert [signal.item for signal in told] == ["070101"]
    assert told[0].cases == set(range(6))


def test_a_day_off_is_a_holiday_and_a_worked_saturday_a_wednesday() -> None:
    holiday, worked, sunday = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 18)
    special = {holiday, worked}
    assert kinds_of([holiday, worked, sunday], lambda day: day == worked, special).tolist() == [HOLIDAY, 2, 6]


@given(st.lists(st.floats(0.01, 20), min_size=5, max_size=80), st.integers(LEAST_DAYS, 182), st.floats(2, 20))
def test_a_larger_promise_and_fewer_open_warnings_lower_the_bar(
    peaks: list[float], days: int, promise: float
) -> None:
    usual_bar, larger, used = (
        bar(peaks, days, promise),
        bar(peaks, days, promise + 1),
        bar(peaks, days, promise, 2),
    )
    assert usual_bar is not None
    assert larger is not None
    assert used is not None
    assert larger.score <= usual_bar.score <= used.score


def test_the_past_must_be_long_enough_to_promise_anything() -> None:
    assert bar([5.0], LEAST_DAYS - 1, 6) is None


def test_what_is_left_of_a_promise_never_ends_whole() -> None:
    assert 0 < rate_for(6, 100) < rate_for(6, 5) < rate_for(6, 0)


def test_reasons_and_days_and_promises_are_checked() -> None:
    today = date(2026, 3, 2)
    for wrong in (lambda: checked_words(" ", "words"), lambda: checked_words("长" * 501, "words"),
                  lambda: checked_until(None, today), lambda: checked_until(date(2026, 3, 1), today),
                  lambda: checked_until(date(2027, 3, 1), today), lambda: checked_promise(None),
                  lambda: checked_promise(0), lambda: checked_promise(61)):  # fmt: skip
        with pytest.raises(Invalid):
            wrong()
    assert checked_words(" 已经 知道\x00 ", "words") == "已经 知道"


def test_advice_waits_for_enough_conclusions() -> None:
    assert Worth(9, 9).advice is Advice.NONE
    assert Worth(20, 16).advice is Advice.MORE
    assert Worth(20, 10).advice is Advice.KEEP
    assert Worth(20, 2).advice is Advice.FEWER


def test_a_great_outbreak_is_warned_of_once_and_its_curve_shows_it() -> None:
    rng = np.random.default_rng(5)
    place = town(rng)
    start, days = START.toordinal(), 260
    calls = usual(rng, place, days)
    begun = start + 250
    more = outbreak(rng, place, "0101", place.grids[0][:12], begun, 25, one_item=True)
    watch = Watch(gathered(Came(*call) for call in [*calls, *more]), start, kinds(days), 6.0)
    told = []
    for day in range(start, start + days):
        watch.learn(day)
        told += [watched for watched in watch.look(day, warn=day >= begun - 5) if day >= begun]
    mine = {call.number for call in more}
    about = [watched for watched in told if len(watched.rise.cases & mine) >= 10]
    assert len(about) == 1
    shown = curve(watch, about[0].rise.best)
    assert sum(seen for _day, seen, *_rest in shown) >= 20
    assert all(low <= expected <= high for _day, _seen, expected, low, high in shown)


@pytest.mark.slow
def test_quiet_months_keep_the_promise_and_outbreaks_are_found() -> None:
    """A few months of each model; the bounds are wide, the bench counts a hundred."""
    for model in ("usual", "other"):
        found = tried(model, 77, 2, 8.0, sizes=(14,), every=10)
        assert sum(found.months) / len(found.months) <= 8
        warned = [delay for delay in found.delays.get("14", []) if delay is not None]
        assert len(warned) >= 0.5 * len(found.delays.get("14", []))
