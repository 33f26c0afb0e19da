"""Nobody stands alone in what is published, also not after subtraction."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from huying.opendata.rules.cells import is_few, withheld, withheld_days, withheld_parts
from huying.opendata.rules.correcting import FIGURES, corrections
from huying.opendata.rules.ladder import Facts, publish, rungs, span

AREAS = [
    "",
    "990101",
    "990101001",
    "990101001001",
    "990101001001001",
    "990101001002",
    "990101002001",
    "990101002002",
]
GROUPS = {"X1": "市容", "X2": "市容", "Y1": "水务", "": ""}
CASES = st.builds(
    lambda area, item, channel, days, outcome: Facts(area, item, GROUPS[item], channel, days, outcome),
    st.sampled_from(AREAS), st.sampled_from(sorted(GROUPS)), st.sampled_from(["web", "hotline"]),
    st.sampled_from([0, 3, 40]), st.sampled_from(["handled", "answered"]),
)  # fmt: skip
MONTHS = st.lists(CASES, max_size=60)
K = st.integers(3, 7)


@given(MONTHS, K)
def test_every_line_stands_for_at_least_k_and_so_does_what_is_withheld(cases: list[Facts], k: int) -> None:
    found = publish(cases, k)
    assert all(count >= k for _line, count in found.lines)
    assert sum(count for _line, count in found.lines) + found.withheld == len(cases)
    assert found.withheld == 0 or found.withheld >= k or len(cases) < k
    assert len({line for line, _count in found.lines}) == len(found.lines)


@given(MONTHS, K)
def test_who_knows_a_streets_or_communitys_sum_finds_no_small_rest(cases: list[Facts], k: int) -> None:
    found = publish(cases, k)
    for street in ("990101001", "990101002"):
        known = sum(one.area.startswith(street) for one in cases)
        rest = known - sum(count for line, count in found.lines if line.area.startswith(street))
        assert rest == 0 or rest >= k or known < k
        for group in ("市容", "水务"):
            items = {item for item, held in GROUPS.items() if held == group} | {group}
            known = sum(one.area.startswith(street) and one.group == group for one in cases)
            told = sum(n for line, n in found.lines if line.area.startswith(street) and line.matter in items)
            assert known - told == 0 or known - told >= k or known < k


@given(MONTHS, K)
def test_a_line_says_only_what_is_true_of_so_many(cases: list[Facts], k: int) -> None:
    could = Counter(words for one in cases for words in set(rungs(one)))
    assert all(count <= could[line] for line, count in publish(cases, k).lines)


@given(MONTHS, MONTHS, K)
def test_months_one_after_the_other_share_no_case_so_that_a_difference_says_nothing(
    first: list[Facts], second: list[Facts], k: int
) -> None:
    together = publish(first, k), publish(second, k)
    sums = Counter[object]()
    for found in together:
        for line, count in found.lines:
            sums[line] += count
    assert all(count >= k for count in sums.values())
    assert publish(first, k) == publish(list(reversed(first)), k)


def test_what_many_share_is_told_finely_and_what_is_rare_coarsely() -> None:
    many = [Facts("990101001001", "X1", "市容", "web", 1)] * 20
    few = [Facts("990101001002", "X2", "市容", "web", 1)] * 5 + [
        Facts("990101001001", "Y1", "水务", "web", 1)
    ] * 2
    lines = dict(publish(many + few, 5).lines)
    assert {(line.area, line.matter, line.channel) for line in lines} == {
        ("990101001001", "X1", "web"), ("990101001", "", ""),
    }  # fmt: skip
    assert sum(lines.values()) == 27


def test_spans_are_told_apart_at_their_ends() -> None:
    assert [span(days) for days in (0, 1, 2, 7, 8, 30, 31, 400, -1)] == [
        "0-1", "0-1", "2-3", "4-7", "8-15", "16-30", "31+", "31+", "0-1",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)), K)
def test_withheld_cells_are_not_found_by_subtracting_from_the_sum(cells: dict[str, int], k: int) -> None:
    hidden = withheld(cells, k)
    assert all(count == 0 or count >= k or name in hidden for name, count in cells.items())
    if hidden:
        left = sum(cells[name] for name in hidden)
        everything = hidden == {name for name, count in cells.items() if count}
        assert (left >= k and len(hidden) >= 2) or everything


MONTH = st.dictionaries(
    st.dates(date(2026, 3, 1), date(2026, 3, 9)),
    st.fixed_dictionaries({one: st.integers(0, 20) for one in "abc"}),
)


@given(MONTH, K)
def test_no_days_small_number_is_found_along_the_day_nor_along_the_month(
    days: dict[date, dict[str, int]], k: int
) -> None:
    silent, hidden = withheld_days(days, k)
    sums = {day: sum(streets.values()) for day, streets in days.items()}
    assert all(day in silent for day in days if is_few(sums[day], k))
    _hard_to_find(sums, silent, k)
    for day, streets in days.items():
        assert all(street in hidden[day] for street, count in streets.items() if is_few(count, k))
        if day in silent:
            assert hidden[day] == {street for street, count in streets.items() if count}
        elif hidden[day]:
            assert len(hidden[day]) >= 2
            assert sum(streets[street] for street in hidden[day]) >= k
    for street in "abc":
        column = {day: streets[street] for day, streets in days.items()}
        _hard_to_find(column, {day for day in days if street in hidden[day]}, k)


def _hard_to_find(cells: dict[date, int], hidden: set[date], k: int) -> None:
    everything = hidden == {name for name, count in cells.items() if count}
    assert not hidden or everything or (len(hidden) >= 2 and sum(cells[name] for name in hidden) >= k)


PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 30), st.integers(0, 30)))


@given(PARTS, K)
def test_who_knows_the_whole_of_each_street_finds_no_few_in_time_or_late(
    cells: dict[str, tuple[int, int]], k: int
) -> None:
    wholes = withheld({name: sum(parts) for name, parts in cells.items()}, k)
    hidden = withheld_parts(cells, wholes, k)
    assert wholes <= hidden
    for name in cells.keys() - hidden:
        assert not any(is_few(part, k) for part in cells[name])
    if hidden:
        left = [sum(cells[name][part] for name in hidden) for part in (0, 1)]
        everything = hidden >= {name for name, parts in cells.items() if sum(parts)}
        assert (len(hidden) >= 2 and not any(is_few(part, k) for part in left)) or everything


TOTALS = st.fixed_dictionaries({name: st.integers(0, 40) for name in FIGURES})


@given(st.lists(TOTALS, min_size=2, max_size=8), K)
def test_one_correction_after_the_other_tells_of_no_few(counts: list[dict[str, int]], k: int) -> None:
    told = dict(counts[0])
    for counted in counts[1:]:
        found = corrections(told, counted, k)
        assert all(abs(change) >= k for change in found.values())
        if {"closed", "closed_in_time"} <= found.keys():
            assert not is_few(abs(found["closed"] - found["closed_in_time"]), k)
        told |= {name: told[name] + change for name, change in found.items()}
        assert all(told[name] == counted[name] for name in found)


def test_a_correction_waits_until_enough_changed() -> None:
    told = {"received": 100, "closed": 90, "closed_in_time": 80}
    assert corrections(told, {"received": 104, "closed": 90, "closed_in_time": 80}, 5) == {}
    assert corrections(told, {"received": 105, "closed": 84, "closed_in_time": 80}, 5) == {
        "received": 5, "closed": -6,
    }  # fmt: skip
    # Eight more in time and two fewer late: the two would be seen.
    assert corrections(told, {"received": 100, "closed": 96, "closed_in_time": 88}, 5) == {"closed": 6}
