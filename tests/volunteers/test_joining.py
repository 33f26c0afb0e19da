"""Registering, resting, leaving: what is kept of whom, who may, and the same people in emergencies."""

from datetime import timedelta
from typing import Any

import pytest

from huying.emergency.actions import NewResponder
from huying.emergency.actions import register as register_responder
from huying.emergency.models import Responder
from huying.emergency.rules.kinds import ResponderKind
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Caller, Viewing
from huying.volunteers.actions import (
    change,
    change_own,
    claim,
    join,
    leave,
    look_at,
    phone_of,
    register,
    rest,
    strike_off,
)
from huying.volunteers.models import Volunteer
from huying.volunteers.queries import own_for, volunteers_for
from huying.volunteers.queries.people import VolunteerFilter
from huying.volunteers.rules.kinds import VolunteerKind
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET
from tests.volunteers.conftest import SPOT, Ground, station, volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13900001111"


def only() -> Volunteer:
    return Volunteer.objects.get(district=DISTRICT)


def test_a_community_registers_and_a_known_number_corrects(ground: Ground) -> None:
    made = register(station(), volunteer(kind=VolunteerKind.MEMBER), PHONE, MONDAY)
    again = register(station(), volunteer("张晓明"), PHONE, MONDAY + timedelta(days=1))
    assert (made.is_new, again.is_new, again.id) == (True, False, made.id)
    row = only()
    assert (row.name, row.kind, row.home, row.made_by) == ("张晓明", "resident", GRID, "春风社区")
    assert (row.consent, row.agreed_at) == ("2026-1", MONDAY)


def test_the_number_is_sealed_and_the_place_is_coarse(ground: Ground) -> None:
    register(station(), volunteer(), PHONE, MONDAY)
    caller = Caller.objects.get()
    assert PHONE.encode() not in bytes(caller.phone_sealed or b"")
    row = only()
    assert (row.lon, row.lat) == (round(row.lon or 0, 3), 22.005)


@pytest.mark.parametrize(
    ("more", "phone", "field"),
    [
        ({"agreed": False}, PHONE, "agreed"),
        ({"area": "990101001009"}, PHONE, "area"),
        ({"unit_id": 99}, PHONE, "unit_id"),
        ({}, "075512345678", "phone"),
        ({}, "12", "phone"),
    ],
)
def test_what_cannot_be_registered_is_named_and_leaves_no_trace(
    ground: Ground, more: dict[str, Any], phone: str, field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        register(ground.cast.system, volunteer(**more), phone, MONDAY)
    assert field in wrong.value.fields
    assert (Volunteer.objects.count(), Caller.objects.count()) == (0, 0)


def test_a_community_registers_within_its_own_area_alone(ground: Ground) -> None:
    with pytest.raises(Denied):
        register(station(f"{OTHER_STREET}001"), volunteer(), PHONE, MONDAY)
    with pytest.raises(Denied):
        register(ground.cast.grid_worker, volunteer(), PHONE, MONDAY)
    made = register(station(), volunteer(), PHONE, MONDAY)
    with pytest.raises(NotFound):
        change(station(f"{OTHER_STREET}001"), made.id, volunteer("别人"), MONDAY)
    with pytest.raises(NotFound):
        strike_off(station(f"{OTHER_STREET}001"), made.id, MONDAY)
    assert only().name == "张小明"


def test_who_looks_is_written_down(ground: Ground) -> None:
    made = register(station(), volunteer(), PHONE, MONDAY)
    assert look_at(station(), made.id, MONDAY).phone == "139****1111"
    with pytest.raises(Invalid):
        phone_of(station(), made.id, "", MONDAY)
    assert phone_of(station(), made.id, "改了集合地点", MONDAY) == PHONE
    seen = list(Viewing.objects.order_by("id").values_list("kind", "caller_id", "reason"))
    assert seen == [("view", made.caller_id, ""), ("unmask", made.caller_id, "改了集合地点")]


def test_the_same_people_are_alerted_in_emergencies(ground: Ground) -> None:
    made = register(station(), volunteer(emergency=True, skills=["first_aid", "clean"]), PHONE, MONDAY)
    responder = Responder.objects.get(district=DISTRICT)
    assert (responder.kind, responder.skills, responder.area) == ("volunteer", ["first_aid"], GRID)
    assert only().responder_id == responder.id
    change_own(DISTRICT, made.caller_id, volunteer(emergency=True, skills=["elder"]), MONDAY)
    assert Responder.objects.get().skills == ["elder"]
    change_own(DISTRICT, made.caller_id, volunteer(), MONDAY)
    assert Responder.objects.get().left_at == MONDAY
    assert only().responder_id is None


def test_who_stands_by_otherwise_stays_what_they_are(ground: Ground) -> None:
    officer = NewResponder(
        kind=ResponderKind.OFFICER, name="值班员", phone=PHONE, skills=["fire"], lon=SPOT[0], lat=SPOT[1]
    )
    register_responder(ground.cast.system, officer, MONDAY)
    made = register(station(), volunteer(emergency=True), PHONE, MONDAY)
    strike_off(station(), made.id, MONDAY)
    row = Responder.objects.get()
    assert (row.kind, row.name, row.left_at) == ("officer", "值班员", None)


def test_leaving_takes_away_who_they_are_and_gives_their_places_on(ground: Ground) -> None:
    for name in "甲乙丙":
        ground.stand(name, emergency=name == "甲")
    muster = ground.call()
    for name in "甲乙丙":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    caller = Volunteer.objects.get(id=ground.people["甲"]).caller_id
    leave(DISTRICT, caller, MONDAY + timedelta(hours=1))
    row = Volunteer.objects.get(id=ground.people["甲"])
    assert (row.name, row.skills, row.lon, row.home, row.responder_id) == ("", [], None, "", None)
    assert Responder.objects.get().left_at is not None
    assert [ground.standing(muster, name) for name in "甲乙丙"] == ["left", "held", "held"]
    assert own_for(DISTRICT, caller) is None
    with pytest.raises(NotFound):
        leave(DISTRICT, caller, MONDAY + timedelta(hours=2))
    with pytest.raises(Conflict):
        change(station(), row.id, volunteer(), MONDAY)
    back = join(DISTRICT, volunteer("甲又来"), "13900000000", MONDAY + timedelta(days=1))
    assert (back.id, back.is_new) == (row.id, True)


def test_lists_are_narrowed_and_cost_the_same_however_long(
    ground: Ground, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        ground.stand(f"人{number}", skills=["clean"] if number % 2 else ["visit"])
    ground.stand("李小红", kind=VolunteerKind.MEMBER)
    rest(DISTRICT, Volunteer.objects.get(id=ground.people["李小红"]).caller_id, True, MONDAY)
    names = [
        [row.name for row in volunteers_for(station(), wanted)]
        for wanted in (
            VolunteerFilter(skill="clean"),
            VolunteerFilter(kind="member"),
            VolunteerFilter(kind="member", state="resting"),
            VolunteerFilter(words="人3"),
            VolunteerFilter(area=OTHER_STREET),
        )
    ]
    assert names == [["人5", "人3", "人1"], [], ["李小红"], ["人3"], []]
    with django_assert_num_queries(3):
        assert len(volunteers_for(station(), VolunteerFilter())) == 6
