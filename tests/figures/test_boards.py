"""Boards: the right sums for the right eyes, each number opens to its cases, and the cost does not grow."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.figures.actions import NewFormula, write_formula, write_rule
from huying.figures.queries import behind_for, board_for, days_for
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Threshold
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.supervise.queries import oversight_for, worst_for
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge
from tests.cases.walking import REPLY
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor

MARCH = Period.month(2026, 3)
Follow = Callable[[], int]


def live(cast: Cast, body: int, area: str = GRID, start: datetime = MONDAY, word: str = "satisfied") -> int:
    """One case all the way to the verdict of its caller."""
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=area)
    receipt = receive(DISTRICT, [new], by=cast.system, now=start)[0]

    def step(verb: Verb, outcome: Outcome | None = None, **facts: Any) -> None:
        ref = (DISTRICT, receipt.case_id)
        advance(ref, verb, by=cast.system, now=start + timedelta(minutes=10), outcome=outcome, **facts)

    step(Verb.FILE, item="010101")
    step(Verb.DISPATCH, body=body)
    step(Verb.SIGN)
    step(Verb.CONTACT, reached=True)
    step(Verb.REPORT, result="已疏通。", reply=REPLY, solved=True)
    step(Verb.CHECK, Outcome.PASSED)
    step(Verb.FOLLOW_UP, Outcome.SOLVED, appeal=receipt.appeal_id, satisfaction=word)
    step(Verb.CLOSE)
    return receipt.case_id


def test_bodies_are_ranked_and_every_number_opens_to_its_cases(cast: Cast, follow: Follow) -> None:
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 3, 1)), MONDAY)
    good = [live(cast, cast.urban) for _ in range(3)]
    fair = live(cast, cast.water, word="basically")
    follow()
    board = board_for(cast.evaluator, MARCH)
    assert [(row.key, row.rank) for row in board.rows if row.rank] == [
        (str(cast.urban), 1),
        (str(cast.water), 2),
    ]
    assert board.rows[0].figures["score"].value == 100
    assert board.rows[1].figures["score"].value == 96
    assert board.total.counts[M.CLOSED] == 4
    assert board.total.figures["in_time_rate"].value == 1
    assert [row.name for row in board.rows[:2]] == ["城市管理局", "水务局"]
    opened, after = behind_for(cast.evaluator, MARCH, [M.CLOSED], MONDAY, by=Cut.BODY, key=str(cast.urban))
    assert {each.line.id for each in opened} == set(good)
    assert after == ""
    opened, _ = behind_for(cast.evaluator, MARCH, [M.BASICALLY], MONDAY)
    assert [each.line.id for each in opened] == [fair]


def test_pages_of_the_cases_behind_a_number_show_each_once(cast: Cast, follow: Follow) -> None:
    cases = {live(cast, cast.urban, start=MONDAY + timedelta(days=number // 2)) for number in range(5)}
    follow()
    seen: list[int] = []
    after = ""
    for _ in range(4):
        opened, after = behind_for(cast.evaluator, MARCH, [M.CLOSED], MONDAY, after=after, limit=2)
        seen += [each.line.id for each in opened]
        if not after:
            break
    assert sorted(seen) == sorted(cases)
    with pytest.raises(Invalid):
        behind_for(cast.evaluator, MARCH, [M.CLOSED], MONDAY, after="zz")


def test_everybody_reads_their_own_scope_alone(cast: Cast, follow: Follow) -> None:
    live(cast, cast.urban)
    live(cast, cast.water, area=f"{OTHER_STREET}001001")
    follow()
    assert board_for(cast.dispatcher, MARCH).total.counts[M.RECEIVED] == 1
    assert board_for(cast.evaluator, MARCH, area=STREET).total.counts[M.RECEIVED] == 1
    own = board_for(cast.handler, MARCH, by=Cut.AREA)
    assert [row.key for row in own.rows] == [str(cast.urban)]
    with pytest.raises(NotFound):
        board_for(cast.dispatcher, MARCH, area=OTHER_STREET)
    with pytest.raises(Denied):
        board_for(cast.resident(1), MARCH)
    streets = board_for(cast.evaluator, MARCH, by=Cut.AREA)
    assert {row.key for row in streets.rows} == {STREET, OTHER_STREET}
    assert not board_for(cast.stranger_in(990102), MARCH).rows


def test_a_day_is_the_districts_day(cast: Cast, follow: Follow) -> None:
    live(cast, cast.urban, start=datetime.fromisoformat("2026-03-09T23:55:00+08:00"))
    follow()
    days = {day: counts for day, counts in days_for(cast.evaluator, MARCH)}
    assert days[date(2026, 3, 9)].get(M.RECEIVED) == 1
    assert M.CLOSED not in days[date(2026, 3, 9)]
    assert days[date(2026, 3, 10)].get(M.CLOSED) == 1
    until = board_for(cast.evaluator, Period(date(2026, 3, 1), date(2026, 3, 9)))
    assert until.total.counts.get(M.CLOSED, 0) == 0


def test_a_past_ranking_stays_after_the_formula_changed(cast: Cast, follow: Follow) -> None:
    live(cast, cast.urban)
    follow()
    before = board_for(cast.evaluator, MARCH)
    new = NewFormula("score", "得分", "Score", "50 * solved", "valid", date(2026, 4, 1))
    assert write_formula(cast.administrator, new, MONDAY) == 1
    assert board_for(cast.evaluator, MARCH) == before
    april = board_for(cast.evaluator, Period(date(2026, 3, 1), date(2026, 4, 18)))
    assert april.total.figures["score"].value == 50
    with pytest.raises(Denied):
        write_formula(cast.seat, new, MONDAY)


def test_what_is_late_shows_whose_it_is_and_the_worst_first(cast: Cast, follow: Follow) -> None:
    ids = []
    for number in range(2):
        start = MONDAY + timedelta(hours=number)
        new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
        receipt = receive(DISTRICT, [new], by=cast.system, now=start)[0]
        ids.append(receipt.case_id)
        ref = (DISTRICT, receipt.case_id)
        advance(ref, Verb.FILE, by=cast.system, now=start, item="010101")
        advance(ref, Verb.DISPATCH, by=cast.system, now=start, body=cast.urban)
    late = MONDAY + timedelta(days=60)
    while fire_due(late):
        pass
    follow()
    stands = oversight_for(cast.supervisor)
    row = next(row for row in stands.rows if row.key == str(cast.urban))
    assert row.gauges[Gauge.LATE] == row.gauges[Gauge.LATE_SIGN] == row.gauges[Gauge.LATE_HANDLE] == 2
    assert stands.late_by_clock[0][1] == 2
    assert oversight_for(cast.other_dispatcher).total.gauges[Gauge.OPEN] == 0
    worst = worst_for(cast.supervisor, late)
    assert [each.line.id for each in worst.cases] == ids
    first = worst_for(cast.supervisor, late, limit=1)
    assert [
        each.line.id for each in worst_for(cast.supervisor, late, limit=1, after=first.after).cases
    ] == ids[1:]
    assert worst_for(cast.supervisor, late, kind=ClockKind.CHECK).cases == []
    assert board_for(cast.supervisor, Period.month(2026, 3)).total.figures["in_time_rate"].value == 0
    assert len(worst_for(cast.handler, late).cases) == 2
    assert worst_for(cast.outsider, late).cases == []


def test_a_board_asks_the_same_of_the_database_at_any_size(cast: Cast, follow: Follow) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            board_for(cast.evaluator, MARCH)
            oversight_for(cast.evaluator)
        return len(queries)

    live(cast, cast.urban)
    follow()
    board_for(cast.evaluator, MARCH)
    few = asked()
    for number in range(6):
        live(cast, (cast.urban, cast.water, cast.housing)[number % 3])
    follow()
    # One more where the list in force is asked for again after its second of trust.
    assert max(few, asked()) <= 7


def test_a_community_reads_its_own_board(cast: Cast, follow: Follow) -> None:
    live(cast, cast.urban)
    follow()
    station = actor("社区", 200, Role.COMMUNITY_STATION, GRID[:12])
    assert board_for(station, MARCH, by=Cut.ITEM).total.counts[M.RECEIVED] == 1
