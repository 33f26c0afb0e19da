"""封账: what was closed comes out the same to the digit for ever, whatever is changed or told afterwards."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from huying.access.roles import Role
from huying.figures.actions import (
    NewExemption,
    NewFormula,
    ask_exemption,
    close_period,
    decide_exemption,
    reopen_period,
    write_formula,
    write_rule,
)
from huying.figures.models import ClosedPeriod, ClosedRow
from huying.figures.queries import behind_for, board_for, closing_for, kept_cell_for, periods_for, ranking_for
from huying.figures.queries.boards.rankings import Ranking
from huying.figures.rules.exempting import Ground
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked, Threshold
from huying.figures.rules.schemes import Scheme
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.people.models import Body
from huying.people.queries import book
from tests.cast import MONDAY, STREET, Cast
from tests.figures.living import counted, live

MARCH = Period.month(2026, 3)
AFTER = MONDAY + timedelta(days=40)


@pytest.fixture
def march(cast: Cast) -> int:
    """Three closings of March: two of urban management, one late; one of water with a fair word."""
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 1, 1)), MONDAY)
    live(cast, cast.urban, start=MONDAY - timedelta(hours=1))
    found = live(cast, cast.urban, start=MONDAY - timedelta(days=1), late=True)
    live(cast, cast.water, word="basically")
    counted(AFTER)
    return found


def said(ranking: Ranking) -> list[tuple[object, ...]]:
    return [
        (
            row.key,
            row.named,
            row.rank,
            row.counts,
            {code: figure.value for code, figure in row.figures.items()},
        )
        for row in ranking.rows
    ]


def test_a_closed_period_comes_out_the_same_after_everything_changed(cast: Cast, march: int) -> None:
    kinds = (Ranked.DEPARTMENTS, Ranked.STREETS, Ranked.COMMUNITIES, Ranked.GRIDS)
    number = close_period(cast.evaluator, MARCH, AFTER)
    before = {kind: said(ranking_for(cast.evaluator, MARCH, kind, AFTER)) for kind in kinds}
    assert [(row[0], row[2]) for row in before[Ranked.DEPARTMENTS]] == [
        (str(cast.urban), 1),
        (str(cast.water), 2),
    ]
    assert all(before.values())
    closed = closing_for(cast.evaluator, number)

    later = AFTER + timedelta(days=1)
    new = NewFormula("score", "新得分", "New", "7 * solved", "valid", date(2026, 3, 31))
    write_formula(cast.administrator, new, later)
    write_rule(cast.administrator, Threshold(900, valid_from=date(2026, 3, 1)), later)
    Body.objects.filter(pk=cast.urban).update(name="改了名的局", short_name="改了名的局")
    book._shelf.clear()
    live(cast, cast.water, start=MONDAY + timedelta(hours=2))
    counted(AFTER)

    assert board_for(cast.evaluator, MARCH).total.counts[M.RECEIVED] == 4
    assert "改了名的局" in {row.name for row in board_for(cast.evaluator, MARCH).rows}
    now = {kind: said(ranking_for(cast.evaluator, MARCH, kind, later)) for kind in kinds}
    assert now == before
    assert closing_for(cast.evaluator, number) == closed
    name, counts, formulas = kept_cell_for(cast.evaluator, MARCH, 1, Cut.BODY, str(cast.urban))
    assert (name, counts[M.HANDLE_LATE]) == ("城市管理局", 1)
    assert next(one for one in formulas if one.code == "score").version == 0


def test_the_cases_behind_a_closed_number_are_those_of_then(cast: Cast, march: int) -> None:
    close_period(cast.evaluator, MARCH, AFTER)
    live(cast, cast.water, start=MONDAY + timedelta(hours=2))
    counted(AFTER)
    asked = (cast.evaluator, MARCH, [M.RECEIVED], AFTER)
    assert len(behind_for(*asked)[0]) == 4
    assert len(behind_for(*asked, version=1)[0]) == 3
    with pytest.raises(NotFound):
        behind_for(*asked, version=2)


def test_reopened_with_a_reason_both_versions_are_kept(cast: Cast, march: int) -> None:
    first = close_period(cast.evaluator, MARCH, AFTER)
    late = NewExemption(
        march, cast.urban, M.HANDLE_LATE.value, Ground.FORCE_MAJEURE, "台风红色预警期间停工。"
    )
    with pytest.raises(Conflict):
        ask_exemption(cast.handler, late, AFTER)
    with pytest.raises(Invalid):
        reopen_period(cast.evaluator, first, "补", AFTER)
    reopen_period(cast.evaluator, first, "漏审一项台风期间的申请。", AFTER)
    reopen_period(cast.evaluator, first, "漏审一项台风期间的申请。", AFTER)
    with pytest.raises(Conflict):
        reopen_period(cast.evaluator, first, "再来一次，换个理由。", AFTER)
    number = ask_exemption(cast.handler, late, AFTER)
    with pytest.raises(Conflict, match="1 项"):
        close_period(cast.evaluator, MARCH, AFTER)
    decide_exemption(cast.evaluator, number, True, "", AFTER + timedelta(minutes=1))
    close_period(cast.evaluator, MARCH, AFTER + timedelta(minutes=2))

    def late_then(version: int | None) -> int:
        rows = ranking_for(cast.evaluator, MARCH, Ranked.DEPARTMENTS, AFTER, version=version).rows
        return next(row for row in rows if row.key == str(cast.urban)).counts.get(M.HANDLE_LATE, 0)

    assert (late_then(1), late_then(2), late_then(None)) == (1, 0, 0)
    opened = [
        len(behind_for(cast.evaluator, MARCH, [M.HANDLE_LATE], AFTER, version=version)[0])
        for version in (1, 2)
    ]
    assert opened == [1, 0]
    info = next(one for one in periods_for(cast.evaluator, AFTER) if one.period == MARCH)
    assert [(one.version, one.stands, one.exempted) for one in info.closings] == [(2, True, 1), (1, False, 0)]
    assert info.closings[1].reason == "漏审一项台风期间的申请。"


def test_who_may_close_what_and_when(cast: Cast, march: int) -> None:
    for nobody in (cast.seat, cast.handler, cast.leader, cast.administrator, cast.auditor):
        with pytest.raises(Denied):
            close_period(nobody, MARCH, AFTER)
    with pytest.raises(Conflict):
        close_period(cast.evaluator, MARCH, MONDAY)
    with pytest.raises(Invalid):
        close_period(cast.evaluator, Period(date(2026, 3, 1), date(2026, 3, 20)), AFTER)
    number = close_period(cast.evaluator, MARCH, AFTER)
    assert close_period(cast.evaluator, MARCH, AFTER) == number
    with pytest.raises(Conflict):
        close_period(cast.system, MARCH, AFTER)
    assert ClosedPeriod.objects.count() == 1


def test_while_something_of_it_is_not_counted_it_is_not_closed(cast: Cast, march: int) -> None:
    live(cast, cast.urban)
    with pytest.raises(Conflict, match="统计"):
        close_period(cast.evaluator, MARCH, AFTER)
    assert not ClosedPeriod.objects.exists()
    counted(AFTER)
    assert close_period(cast.evaluator, MARCH, AFTER)


def test_a_districts_own_scheme_says_what_a_period_is(cast: Cast, march: int) -> None:
    write_rule(cast.administrator, Scheme(19, valid_from=date(2026, 1, 1)), MONDAY)
    with pytest.raises(Invalid):
        close_period(cast.evaluator, MARCH, AFTER)
    number = close_period(cast.evaluator, Period.assessed(2026, 3), AFTER)
    assert closing_for(cast.evaluator, number).first_day == 19


def test_a_scheme_that_would_cut_through_what_is_closed_is_refused(cast: Cast, march: int) -> None:
    number = close_period(cast.evaluator, MARCH, AFTER)
    for since in (date(2026, 1, 1), MARCH.last):
        with pytest.raises(Conflict, match="2026-03-31"):
            write_rule(cast.administrator, Scheme(19, valid_from=since), AFTER)
    assert write_rule(cast.administrator, Scheme(19, valid_from=date(2026, 4, 1)), AFTER)
    reopen_period(cast.evaluator, number, "核对以后还要再封一次。", AFTER)
    assert close_period(cast.evaluator, MARCH, AFTER) > number


def test_what_was_closed_cannot_be_altered(cast: Cast, march: int) -> None:
    close_period(cast.evaluator, MARCH, AFTER)
    for rows in (ClosedPeriod.objects.all(), ClosedRow.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosedPeriod.objects.update(exempted=F("exempted") + 1)


def test_the_digest_is_of_all_that_was_kept(cast: Cast, march: int) -> None:
    number = close_period(cast.evaluator, MARCH, AFTER)
    first = closing_for(cast.evaluator, number)
    reopen_period(cast.evaluator, number, "核对封账是不是一致。", AFTER)
    again = close_period(cast.evaluator, MARCH, AFTER)
    assert closing_for(cast.evaluator, again).digest == first.digest
    reopen_period(cast.evaluator, again, "再核对一次有变化的。", AFTER)
    live(cast, cast.water)
    counted(AFTER)
    third = close_period(cast.evaluator, MARCH, AFTER)
    assert closing_for(cast.evaluator, third).digest != first.digest


def test_each_reads_a_closed_ranking_within_their_posts(cast: Cast, march: int) -> None:
    close_period(cast.evaluator, MARCH, AFTER)
    own = ranking_for(cast.handler, MARCH, Ranked.DEPARTMENTS, AFTER)
    assert [(row.key, row.rank) for row in own.rows] == [(str(cast.urban), 1)]
    with pytest.raises(NotFound):
        kept_cell_for(cast.handler, MARCH, 1, Cut.BODY, str(cast.water))
    street = ranking_for(cast.dispatcher, MARCH, Ranked.STREETS, AFTER)
    assert [row.key for row in street.rows] == [STREET]
    assert ranking_for(cast.other_dispatcher, MARCH, Ranked.COMMUNITIES, AFTER).rows == []
    with pytest.raises(Denied):
        ranking_for(cast.resident(1), MARCH, Ranked.STREETS, AFTER, role=Role.SEAT.value)
