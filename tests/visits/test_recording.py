"""What came of a visit: once, sealed, the next counted from it; needs become cases; great changes bring somebody."""

from datetime import timedelta

import pytest

from huying.cases.models import Appeal, Case
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.notices.models import Notice
from huying.people.models import Viewing
from huying.visits.actions import (
    NewNeed,
    NewRecord,
    add_visit,
    be_away,
    make_plan,
    note_change,
    record,
    see_person,
    see_whole_person,
)
from huying.visits.models import Change, Need, Record, Visit
from huying.visits.queries import changes_of, records_of, visit_for
from huying.visits.rules.kinds import Upheaval, VisitOutcome
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY
from tests.visits.conftest import MONTH, WELL, Round, at

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MET = NewRecord(VisitOutcome.MET, "form-00000001", WELL, "花养得很好")


def test_a_visit_is_written_down_once_and_the_next_one_counts_from_it(going: Round) -> None:
    person = going.homes.live()
    first, second = going.plan()[:2]
    day = at(first.day.day, 10)
    made = record(going.here, first.id, MET, day)
    assert (made.done, made.alarms) == (True, [])
    assert record(going.here, first.id, MET, day).id == made.id
    assert Record.objects.count() == 1
    row = Record.objects.get()
    assert "花养得很好".encode() not in bytes(row.said_sealed or b"")
    second.refresh_from_db()
    assert second.due_at == at(first.day.day + 7, 23).replace(minute=59)
    (told,) = records_of(going.station, person)
    assert (told.outcome, told.words, told.who) == (VisitOutcome.MET, "花养得很好", "走访人here")
    assert ["精神和气色怎么样", "好"] in told.said
    # A leader sees that somebody went, not what was said of health and family.
    (seen,) = records_of(going.homes.cast.leader, person)
    assert (seen.who, seen.said, seen.words) == ("走访人here", [], "")


def test_who_was_met_must_be_asked_and_who_was_not_is_gone_to_again(going: Round) -> None:
    going.homes.live()
    first = going.plan()[0]
    with pytest.raises(Invalid) as refused:
        record(going.here, first.id, NewRecord(VisitOutcome.MET, "form-00000001", {"well": "极好"}), MONDAY)
    assert {"well", "food", "gas", "elder_alone.fall"} <= set(refused.value.fields)
    away = record(going.here, first.id, NewRecord(VisitOutcome.AWAY, "form-00000002"), MONDAY)
    assert not away.done
    first.refresh_from_db()
    assert first.done_at is None
    assert record(going.here, first.id, MET, MONDAY).done


def test_a_need_becomes_a_case_that_names_nobody_unless_they_agreed(going: Round) -> None:
    person = going.homes.live(phone="13800001111")
    first = going.plan()[0]
    needs = [NewNeed("楼道的灯坏了，想请人修"), NewNeed("想请人帮忙办助餐", call_back=True)]
    made = record(going.here, first.id, NewRecord(VisitOutcome.MET, "form-00000003", WELL, "", needs), MONDAY)
    assert len(made.receipts) == 2
    lamp, meal = Appeal.objects.filter(district=DISTRICT).order_by("id")
    assert (lamp.caller_id, lamp.place_text, lamp.area, lamp.channel) == (None, "春风小区3栋", GRID, "grid")
    assert meal.caller_id is not None
    assert meal.place_text == "春风小区3栋 101"
    assert set(Need.objects.values_list("case_id", flat=True)) == set(
        Case.objects.values_list("id", flat=True)
    )
    again = record(
        going.here, first.id, NewRecord(VisitOutcome.MET, "form-00000003", WELL, "", needs), MONDAY
    )
    assert (again.id, Appeal.objects.count()) == (made.id, 2)
    (told,) = records_of(going.homes.cast.seat, person)
    assert len(told.cases) == 2
    assert Viewing.objects.filter(kind="unmask", reason=f"走访任务 {first.id}").count() == 1


def test_answers_that_ask_for_help_are_told(going: Round) -> None:
    going.homes.live()
    first = going.plan()[0]
    answers = WELL | {"elder_alone.fall": "yes"}
    made = record(going.here, first.id, NewRecord(VisitOutcome.MET, "form-00000004", answers), MONDAY)
    assert made.alarms == ["最近有没有摔倒"]


def test_others_do_not_write_and_leave_no_trace(going: Round) -> None:
    going.homes.live()
    first = going.plan()[0]
    for by, error in (
        (going.there, NotFound), (going.homes.cast.other_dispatcher, NotFound), (going.homes.cast.seat, Denied),
        (going.homes.cast.leader, Denied),
    ):  # fmt: skip
        with pytest.raises(error):
            record(by, first.id, MET, MONDAY)
        with pytest.raises((Denied, NotFound)):
            see_whole_person(by, first.id, MONDAY)
    assert not Record.objects.exists()
    assert not Viewing.objects.exists()
    make_plan(going.street, COMMUNITY, MONTH, MONDAY)
    with pytest.raises(Conflict):
        record(going.here, first.id, MET, MONDAY)


def test_who_stands_in_sees_the_person_until_the_visit_is_made(going: Round) -> None:
    going.homes.live(phone="13800001111")
    going.plan()
    be_away(going.station, going.here.account_id or 0, at(3).date(), at(31).date(), "病假", at(3))
    mine = next(row for row in going.visits() if row.worker_id == going.there.account_id)
    assert see_person(going.there, mine.id, at(3)).line.name == "王**"
    assert see_whole_person(going.there, mine.id, at(3)).phone == "13800001111"
    going.made(mine, at(mine.day.day, 10))
    with pytest.raises(NotFound):
        see_person(going.there, mine.id, at(mine.day.day, 11))
    assert visit_for(going.there, mine.id, at(mine.day.day, 11)).line.done_at is not None


def test_a_great_change_brings_somebody_within_the_hours_of_the_level(going: Round) -> None:
    high, general = going.homes.live(), going.homes.live("李四", "empty_nest")
    going.plan()
    visit = note_change(going.station, high, Upheaval.HOSPITAL, "昨天出院", MONDAY)
    row = Visit.objects.get(id=visit)
    assert (row.reason, row.worker_id, row.due_at) == (
        "upheaval",
        going.here.account_id,
        MONDAY + timedelta(hours=24),
    )
    assert note_change(going.station, high, Upheaval.FALL, "又摔了", MONDAY) == visit
    notice = Notice.objects.get(occasion="visit_soon", way="page")
    assert (notice.account_id, "王" in notice.text) == (going.here.account_id, False)
    late = Visit.objects.get(id=note_change(going.station, general, Upheaval.LOSS, "", MONDAY))
    assert late.due_at == MONDAY + timedelta(hours=168)
    assert [one.words for one in changes_of(going.station, high)] == ["又摔了", "昨天出院"]
    assert [one.words for one in changes_of(going.homes.cast.leader, high)] == ["", ""]
    assert "出院".encode() not in bytes(Change.objects.first().words_sealed or b"")  # type: ignore[union-attr]
    going.made(row, MONDAY + timedelta(hours=2))
    assert not Visit.objects.filter(
        person_id=high, day__lte=MONDAY.date(), done_at=None, dropped_at=None
    ).exists()
    with pytest.raises(NotFound):
        note_change(going.there, high, Upheaval.FALL, "", MONDAY)


def test_a_visit_beside_the_plan_is_made_once_a_day(going: Round) -> None:
    person = going.homes.live()
    made = add_visit(going.here, person, at(5).date(), MONDAY)
    assert add_visit(going.here, person, at(5).date(), MONDAY) == made
    row = Visit.objects.get()
    assert (row.reason, row.worker_id) == ("extra", going.here.account_id)
    with pytest.raises(Invalid):
        add_visit(going.here, person, MONDAY.date() - timedelta(days=1), MONDAY)
