"""Plans out of the rows: written once, made anew, kept by the worker, and who may."""

import itertools
from datetime import timedelta

import pytest

from huying.cases.models import Appeal
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.residents.actions import end_label, leave
from huying.residents.models import KeyLabel
from huying.residents.rules.kinds import CareLevel, Leaving
from huying.visits.actions import arrange, be_away, come_back, make_plan, put_standard, tend
from huying.visits.models import Absence, Arrangement, Plan, Visit
from huying.visits.queries import absences_for, plan_for, workers_for, workload_for
from huying.visits.rules.kinds import Slot
from huying.visits.rules.standards import USUAL
from tests.cast import COMMUNITY, MONDAY, STREET
from tests.visits.conftest import MONTH, Round, at

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_month_is_written_with_every_frequency_kept(going: Round) -> None:
    weekly, monthly = going.homes.live(), going.homes.live("李四", "destitute")
    visits = going.plan()
    assert {row.worker_id for row in visits} == {going.here.account_id}
    days = [row.day for row in visits if row.person_id == weekly]
    assert len(days) in {4, 5}
    assert all((later - earlier).days <= 7 for earlier, later in itertools.pairwise(days))
    assert [row.person_id for row in visits].count(monthly) <= 1
    told = plan_for(going.station, COMMUNITY, MONTH)
    assert told is not None
    assert (told.judged["people"], told.judged["kept"], told.visits) == (2, 2, len(visits))
    assert Plan.objects.get().made_by == "走访人street"
    first = visits[0]
    assert (first.place, first.rung) == (1, 0)
    assert first.next_at is not None


def test_made_anew_it_replaces_what_is_not_done_and_keeps_what_is(going: Round) -> None:
    going.homes.live()
    visits = going.plan()
    going.made(visits[0], at(visits[0].day.day, 10))
    going.plan(at(visits[0].day.day, 11))
    rows = going.visits()
    assert [row.id for row in rows if row.done_at] == [visits[0].id]
    assert len({row.day for row in rows}) == len(rows)
    assert Visit.objects.filter(dropped_at__isnull=False).count() == len(visits) - 1


def test_what_was_missed_goes_to_a_new_day_and_is_not_made_twice(going: Round) -> None:
    person = going.homes.live()
    first = going.plan()[0]
    late = at(first.day.day + 9)
    going.plan(late)
    rows = going.visits(person)
    assert rows[0].id == first.id
    assert rows[0].day >= late.date()
    assert rows[0].due_at < late
    assert len({row.day for row in rows}) == len(rows)


def test_who_may_not_plan_leaves_no_trace(going: Round) -> None:
    going.homes.live()
    cast = going.homes.cast
    for by, area in (
        (going.here, COMMUNITY),
        (cast.seat, STREET),
        (cast.leader, STREET),
        (cast.administrator, STREET),
    ):
        with pytest.raises(Denied):
            make_plan(by, area, MONTH, MONDAY)
    with pytest.raises(NotFound):
        make_plan(cast.other_dispatcher, STREET, MONTH, MONDAY)
    with pytest.raises(NotFound):
        make_plan(going.station, STREET, MONTH, MONDAY)
    with pytest.raises(Invalid):
        make_plan(going.street, STREET, MONTH - timedelta(days=1), MONDAY)
    with pytest.raises(Conflict):
        make_plan(cast.system, "990101002", MONTH, MONDAY)
    assert not Visit.objects.exists()
    assert not Plan.objects.exists()


def test_the_agreed_days_and_worker_are_kept(going: Round) -> None:
    person = going.homes.live()
    arrange(going.here, person, [2], Slot.MORNING, going.there.account_id, MONDAY)
    arrange(going.here, person, [1], Slot.MORNING, going.there.account_id, MONDAY)
    assert Arrangement.objects.count() == 1
    rows = going.plan()
    assert {(row.worker_id, row.slot, row.day.weekday()) for row in rows} == {
        (going.there.account_id, "morning", 1)
    }
    with pytest.raises(Invalid):
        arrange(going.here, person, [], Slot.ANY, 10**9, MONDAY)
    with pytest.raises(NotFound):
        arrange(going.there, person, [], Slot.ANY, None, MONDAY)


def test_who_is_ill_is_stood_in_for_in_the_same_street(going: Round) -> None:
    people = [going.homes.live(), going.homes.live("李四")]
    before = {row.id: (row.worker_id, row.day) for row in going.plan()}
    moved = be_away(going.station, going.here.account_id or 0, at(3).date(), at(13).date(), "病假", at(3))
    assert (moved.stuck, Absence.objects.get().moved) == (0, moved.others + moved.days)
    assert moved.others + moved.days > 0
    rows = going.visits()
    assert not [
        row
        for row in rows
        if row.worker_id == going.here.account_id and at(3).date() <= row.day <= at(13).date()
    ]
    for person in people:
        days = [MONDAY.date(), *(row.day for row in rows if row.person_id == person)]
        assert all((later - earlier).days <= 7 for earlier, later in itertools.pairwise(days))
    assert {row.id for row in rows} == set(before)
    (away,) = absences_for(going.station, at(3))
    come_back(going.station, away.id, at(5))
    assert absences_for(going.station, at(5)) == []
    with pytest.raises(Denied):
        be_away(going.here, going.here.account_id or 0, at(3).date(), at(4).date(), "病假", at(3))
    with pytest.raises(NotFound):
        be_away(
            going.homes.cast.other_dispatcher,
            going.here.account_id or 0,
            at(3).date(),
            at(4).date(),
            "病假",
            at(3),
        )
    with pytest.raises(Invalid):
        be_away(going.station, going.here.account_id or 0, at(4).date(), at(3).date(), "", at(3))


def test_a_plan_goes_round_who_is_known_to_be_away(going: Round) -> None:
    going.homes.live()
    be_away(going.station, going.here.account_id or 0, at(3).date(), at(20).date(), "产假", at(2))
    rows = going.plan(at(2, 10))
    assert {row.worker_id for row in rows if at(3).date() <= row.day <= at(20).date()} == {
        going.there.account_id
    }


def test_the_worker_keeps_plans_and_drops_who_is_gone(going: Round) -> None:
    first, second = going.homes.live(), going.homes.live("李四")
    tend(990101, at(2))
    assert Plan.objects.count() == 1
    tend(990101, at(2, 12))
    assert Plan.objects.count() == 1
    third = going.homes.live("新来的")
    tend(990101, at(2, 13))
    assert going.visits(third)
    leave(going.here, first, Leaving.MOVED, at(3))
    end_label(going.here, second, KeyLabel.objects.get(person_id=second).id, "好转", at(3))
    tend(990101, at(3))
    assert {row.person_id for row in going.visits()} == {third}
    tend(990101, at(25))
    assert {plan.month.month for plan in Plan.objects.all()} == {3, 4}


def test_the_workload_counts_and_a_new_standard_holds_from_the_next_plan(going: Round) -> None:
    going.homes.live()
    going.plan()
    (load,) = workload_for(going.station, COMMUNITY, MONTH, MONDAY)
    assert (load.worker_id, load.done) == (going.here.account_id, 0)
    assert {name for _id, name in workers_for(going.station, MONDAY)} == {"走访人here", "走访人there"}
    with pytest.raises(Denied):
        put_standard(going.station, USUAL[CareLevel.HIGH], "试试", MONDAY)
    closer = USUAL[CareLevel.HIGH].__class__(CareLevel.HIGH, 3, 24, 30, 0, 24)
    assert put_standard(going.homes.cast.administrator, closer, "冬季加密", MONDAY) == 1
    assert put_standard(going.homes.cast.administrator, closer, "冬季加密", MONDAY) == 2
    going.plan()
    days = [row.day for row in going.visits()]
    assert all((later - earlier).days <= 3 for earlier, later in itertools.pairwise(days))
    assert not Appeal.objects.exists()
