"""Who comes is reminded once; who called hears that places are taken and that hours wait."""

from datetime import timedelta

import pytest

from huying.notices.models import Notice
from huying.volunteers.actions import cancel, claim, close
from huying.volunteers.tasks import remind
from tests.cast import DISTRICT, MONDAY, STREET
from tests.notices.folk import hire
from tests.volunteers.conftest import ENDS, STARTS, Ground, station

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(part: str) -> int:
    return Notice.objects.filter(text__contains=part).count()


def test_who_comes_is_reminded_once_and_who_waits_is_not(ground: Ground) -> None:
    for name in "甲乙丙":
        ground.stand(name)
    muster = ground.call()
    for name in "甲乙丙":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    remind(DISTRICT, STARTS - timedelta(hours=19))
    assert told("别忘了") == 0
    for hours in (18, 17):
        remind(DISTRICT, STARTS - timedelta(hours=hours))
    assert told("别忘了") == 2


def test_what_was_called_late_or_cancelled_reminds_nobody(ground: Ground) -> None:
    ground.stand("甲")
    late = STARTS - timedelta(hours=3)
    muster, other = ground.call(now=late), ground.call("m-2")
    for number in (muster, other):
        claim(DISTRICT, number, ground.people["甲"], late)
    cancel(station(), other, "下雨", late)
    remind(DISTRICT, STARTS - timedelta(hours=2))
    assert told("别忘了") == 0


def test_who_called_hears_that_places_are_taken_and_hours_wait(ground: Ground) -> None:
    folk = hire(ground.cast)
    leader = folk.actor(folk.dispatcher)
    for name in "甲乙":
        ground.stand(name)
    muster = ground.call(by=leader, areas=[STREET])
    for name in "甲乙":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    assert told("人已报满") == 1
    remind(DISTRICT, ENDS + timedelta(hours=19))
    assert told("时长还没有核定") == 0
    for hours in (20, 21):
        remind(DISTRICT, ENDS + timedelta(hours=hours))
    assert told("时长还没有核定") == 1


def test_hours_that_are_settled_are_not_asked_for(ground: Ground) -> None:
    ground.stand("甲")
    muster = ground.call()
    close(station(), muster, "", ENDS)
    remind(DISTRICT, ENDS + timedelta(hours=21))
    assert told("时长还没有核定") == 0
