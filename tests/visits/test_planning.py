"""The month's plan as rules: no frequency is broken, the work is even, and somebody who is ill is stood in for."""

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from huying.simulate.bench.visiting import Town, town
from huying.visits.rules.planning.given import ANY_DAY, Client, Month, Placed, Worker, by_client
from huying.visits.rules.planning.handing import Standing, handed
from huying.visits.rules.planning.judging import breaks, judged
from huying.visits.rules.planning.month import planned
from huying.visits.rules.planning.sharing import shared
from huying.visits.rules.planning.stepping import course, firsts
from huying.worktime import mainland

WORKING = mainland().is_working
#: With the longest holiday of the year in it: nobody works from the first to the seventh.
OCTOBER = Month(date(2026, 10, 1), date(2026, 10, 31), WORKING)
MARCH = Month(date(2026, 3, 1), date(2026, 3, 31), WORKING)


def client(number: int = 1, every: int = 7, ago: int = 3, month: Month = MARCH, **more: object) -> Client:
    given = {"minutes": 30, "last": month.first - timedelta(days=ago)} | more
    return Client(number, 114.0, 22.0, "990101001001001", every, **given)  # type: ignore[arg-type]


def worker(number: int = 1, area: str = "990101001001001") -> Worker:
    return Worker(number, (area,), 114.0, 22.0)


@settings(max_examples=150)
@given(
    every=some.sampled_from([1, 3, 7, 14, 31, 92]),
    ago=some.integers(0, 91),
    weekdays=some.frozensets(some.integers(0, 6), max_size=4),
    month=some.sampled_from([OCTOBER, MARCH]),
)
def test_no_more_than_their_days_lie_between_two_visits(
    every: int, ago: int, weekdays: frozenset[int], month: Month
) -> None:
    one = client(every=every, ago=min(ago, every), month=month, weekdays=weekdays or ANY_DAY)
    visits = planned([one], [worker()], month)
    assert all(month.first <= visit.day <= month.last for visit in visits)
    assert not breaks(one, sorted(visits, key=lambda visit: visit.day), month)
    days = [one.last, *sorted(visit.day for visit in visits)]
    assert all((later - earlier).days <= every for earlier, later in itertools.pairwise(days))


def test_who_is_seen_every_week_is_seen_in_the_long_holiday_and_nobody_else() -> None:
    weekly, monthly = client(1, 7, 6, OCTOBER), client(2, 31, 10, OCTOBER)
    visits = by_client(planned([weekly, monthly], [worker()], OCTOBER))
    assert [visit.day for visit in visits[1] if not WORKING(visit.day)] != []
    assert all(WORKING(visit.day) for visit in visits[2])


def test_the_day_they_like_is_kept_where_it_is_in_time() -> None:
    tuesdays = client(weekdays=frozenset({1}), ago=5)
    assert {visit.day.weekday() for visit in planned([tuesdays], [worker()], MARCH)} == {1}


def test_who_is_late_already_is_visited_within_three_working_days() -> None:
    late = client(every=31, ago=90)
    first = planned([late], [worker()], MARCH)[0]
    assert first.day <= date(2026, 3, 4)
    found = judged([first], [late], [worker()], MARCH)
    assert (found.late, found.kept) == (1, 0)


def test_nobody_is_planned_whose_next_visit_is_due_only_later() -> None:
    assert firsts(client(every=92, ago=10), MARCH) == []
    assert course(client(every=92, ago=80), MARCH, MARCH.first)[0][1] == date(2026, 3, 13)


def test_without_anybody_who_goes_there_is_no_plan() -> None:
    assert planned([client()], [], MARCH) == []


def test_a_community_shares_evenly_and_whoever_has_somebody_keeps_them() -> None:
    many = [client(number, every=7) for number in range(1, 13)]
    agreed = client(99, every=7, worker=1)
    two = [worker(1), worker(2, "990101001001002")]
    held = shared([*many, agreed], two)
    assert held[99] == 1
    counts = [list(held.values()).count(one) for one in (1, 2)]
    assert max(counts) - min(counts) <= 1
    elsewhere = Worker(3, ("990101002001001",), 114.0, 22.0)
    assert 3 not in shared(many, [*two, elsewhere]).values()


def _town() -> tuple[Town, list[Placed]]:
    made = town(7, 16, OCTOBER.first)
    return made, planned(made.clients, made.workers, OCTOBER)


def test_a_district_keeps_every_frequency_and_is_fairly_even() -> None:
    made, visits = _town()
    found = judged(visits, made.clients, made.workers, OCTOBER)
    assert found.kept == found.people == len(made.clients)
    assert found.uneven < 0.25
    # Of the holiday nobody likes a day, and every week has its visit.
    assert found.liked > 0.9 * found.visits


def test_who_is_ill_is_stood_in_for_and_no_frequency_is_broken_by_it() -> None:
    made, visits = _town()
    today = date(2026, 10, 12)
    ill = visits[0].worker
    gone = {(ill, today + timedelta(days=number)) for number in range(5)}
    ahead = [visit for visit in visits if visit.day >= today]
    standing = Standing(
        today,
        {one.id: one for one in made.clients},
        {one.id: one for one in made.workers},
        ahead,
        gone,
        WORKING,
    )
    moved = handed(standing)
    assert {number for number, visit in enumerate(ahead) if (visit.worker, visit.day) in gone} == set(moved)
    after = [moved.get(number, visit) for number, visit in enumerate(ahead)]
    assert not [visit for visit in after if (visit.worker, visit.day) in gone]
    whole = [visit for visit in visits if visit.day < today] + after
    assert judged(whole, made.clients, made.workers, OCTOBER).kept == len(made.clients)


def test_the_judge_sees_a_broken_frequency() -> None:
    one = client(every=7, ago=3)
    good = planned([one], [worker()], MARCH)
    assert breaks(one, good[:-2], MARCH)
    assert breaks(one, [], MARCH)
    late = [*good[:1], *(Placed(1, 1, visit.day + timedelta(days=3), visit.due) for visit in good[1:])]
    assert breaks(one, late, MARCH)
