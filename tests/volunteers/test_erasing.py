"""Erased by law: who somebody was goes, that so many hours were given stays; who only withdraws one matter stays."""

import pytest

from huying.cases.rules.erasing import Going, Gone
from huying.volunteers.actions import claim, leave
from huying.volunteers.actions.erasing import erase, volunteering
from huying.volunteers.models import Claim, Volunteer
from tests.cast import DISTRICT, MONDAY
from tests.volunteers.conftest import Ground

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def going(*callers: int) -> Going:
    none = frozenset[int]()
    return Going(DISTRICT, MONDAY, none, none, none, frozenset(callers), none, ())


def test_an_erasure_strikes_volunteers_off_and_keeps_the_numbers(ground: Ground) -> None:
    for name in "甲乙丙":
        ground.stand(name)
    muster = ground.call()
    for name in "甲乙丙":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    caller = Volunteer.objects.get(id=ground.people["甲"]).caller_id
    assert volunteering(DISTRICT, [caller]) == {caller}
    assert erase(going(caller)) == {Gone.VOLUNTEER: 1}
    row = Volunteer.objects.get(id=ground.people["甲"])
    assert (row.name, row.lon, row.left_at) == ("", None, MONDAY)
    assert volunteering(DISTRICT, [caller]) == set()
    assert ground.standing(muster, "丙") == "held"
    assert Claim.objects.count() == 3


def test_who_left_before_is_counted_as_well(ground: Ground) -> None:
    ground.stand("甲")
    caller = Volunteer.objects.get().caller_id
    leave(DISTRICT, caller, MONDAY)
    assert erase(going(caller)) == {Gone.VOLUNTEER: 1}
    assert erase(going(caller + 1)) == {Gone.VOLUNTEER: 0}
