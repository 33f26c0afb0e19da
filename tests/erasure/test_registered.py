"""Somebody in the register of homes is erased by request, and when no ground for keeping them is left."""

from datetime import timedelta

import pytest

from huying.access.actor import Actor
from huying.cases.lifecycle import Basis
from huying.cases.rules.erasing import Gone
from huying.erasure.actions import NewErasure, erase, erase_overdue, preview
from huying.erasure.models import Erasure
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.people.models import Viewing
from huying.residents.actions import leave, put_contact, see_card, withdraw_ground
from huying.residents.models import Contact, Ground, KeyLabel, Person
from huying.residents.rules.kinds import Leaving
from huying.visits.actions import NewRecord, note_change, record
from huying.visits.models import Record, Visit
from huying.visits.rules.kinds import Upheaval, VisitOutcome
from tests.cast import DISTRICT, MONDAY
from tests.residents.conftest import NUMBER
from tests.visits.conftest import WELL, Round, going

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["going"]
MONTH = timedelta(days=31)


def asking(person: int, **more: object) -> NewErasure:
    given = {
        "number": f"住户#{person}",
        "scope": Scope.PERSON,
        "basis": Basis.ASKED,
        "reason": "本人到窗口提出，核对了证件",
        "kept": True,
    }
    return NewErasure(**(given | more))  # type: ignore[arg-type]


def _visited(going: Round) -> int:
    person = going.homes.live(phone="13800001111", id_number=NUMBER, note="听力不好")
    put_contact(going.here, person, "李小红", "女儿", "13900002222", MONDAY)
    note_change(going.here, person, Upheaval.FALL, "在厨房", MONDAY)
    first = going.plan()[0]
    record(going.here, first.id, NewRecord(VisitOutcome.MET, "form-00000001", WELL, "花养得很好"), MONDAY)
    return person


def _officer(going: Round) -> Actor:
    return going.homes.cast.administrator


def test_everything_that_says_who_it_was_goes_and_that_somebody_was_visited_stays(going: Round) -> None:
    person = _visited(going)
    looked = preview(_officer(going), f"#{person}", Scope.PERSON, MONDAY)
    assert (looked[Gone.RESIDENT], looked[Gone.VISIT]) == (1, 1)
    assert Person.objects.get().erased_at is None
    gone = erase(_officer(going), asking(person), MONDAY)
    assert (gone[Gone.RESIDENT], gone[Gone.VISIT]) == (1, 1)
    row = Person.objects.get()
    assert (row.name_sealed, row.phone_sealed, row.id_sealed, row.note_sealed, row.born) == (None,) * 5
    assert not Contact.objects.exists()
    assert not KeyLabel.objects.exists()
    assert Record.objects.get().said_sealed is None
    assert not Visit.objects.filter(done_at=None, dropped_at=None).exists()
    assert Erasure.objects.get().scope == "home"
    assert Viewing.objects.filter(kind="erase", what=f"住户 #{person} 全部个人信息").exists()
    with pytest.raises(NotFound):
        see_card(going.here, person, MONDAY)
    with pytest.raises(NotFound):
        erase(_officer(going), asking(person), MONDAY)


def test_who_may_not_erases_nobody(going: Round) -> None:
    person = _visited(going)
    for by in (going.here, going.station, going.homes.cast.auditor):
        with pytest.raises(Denied):
            erase(by, asking(person), MONDAY)
    with pytest.raises(Invalid):
        erase(_officer(going), asking(person, number="王桂英"), MONDAY)
    assert Person.objects.get().name_sealed is not None
    assert not Erasure.objects.exists()


def test_a_month_after_the_last_ground_ended_everything_goes_by_itself(going: Round) -> None:
    moved, unwilling, stays = going.homes.live(), going.homes.live("李四"), going.homes.live("赵六")
    leave(going.here, moved, Leaving.MOVED, MONDAY)
    withdraw_ground(going.here, unwilling, Ground.objects.get(person_id=unwilling).id, "本人撤回", MONDAY)
    assert erase_overdue(DISTRICT, MONDAY + timedelta(days=29)) == 0
    assert erase_overdue(DISTRICT, MONDAY + MONTH) == 2
    assert erase_overdue(DISTRICT, MONDAY + MONTH) == 0
    assert set(Person.objects.filter(erased_at=None).values_list("id", flat=True)) == {stays}
    assert [(row.basis, row.actor_name) for row in Erasure.objects.all()] == [("expired", "系统")] * 2
