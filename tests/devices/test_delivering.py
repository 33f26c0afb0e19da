"""An alarm in a batch waits for nothing that stands beside it."""

from typing import Any

import pytest
from django.db import OperationalError

from huying.devices.actions import Given, Kept, deliver
from huying.devices.models import Misread, Reading
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.messages import Unread
from huying.emergency.models import Emergency, Mark
from tests.cast import MONDAY
from tests.devices.conftest import Site, after, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def flood(site: Site) -> Site:
    site.stand("WL-1")
    site.stand("SOS-1", 20, kind=DeviceKind.SOS)
    site.watch()
    return site


def broken(error: type[Exception]) -> Any:
    def fails(*_: Any, **__: Any) -> None:
        raise error("what follows")

    return fails


def sent(site: Site, seconds: float = 0, **more: Any) -> list[Kept]:
    told = [said("WL-1", 0, 9.0), said("SOS-1", 0, alarm="sos", **more)]
    return deliver(site.cast.system, [Given(one) for one in told], after(seconds))


def test_a_rule_that_breaks_holds_up_no_alarm_and_no_other_reading(flood: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr("huying.devices.actions.following.receive", broken(RuntimeError))
    wrong, rung = sent(flood, values={"signal": 7})
    assert (wrong.why, rung.why, rung.fresh) == (Unread.FAULT, None, 2)
    assert Emergency.objects.get().id == rung.emergency_id
    assert [row.factor for row in Reading.objects.order_by("factor")] == ["alarm:sos", "signal"]
    assert Misread.objects.get().why == "fault"


def test_while_readings_must_be_tried_again_the_alarm_is_heard_and_once(
    flood: Site, monkeypatch: Any
) -> None:
    with monkeypatch.context() as away:
        away.setattr("huying.devices.actions.following.receive", broken(OperationalError))
        with pytest.raises(OperationalError):
            sent(flood)
    assert Emergency.objects.count() == 1
    assert [one.why for one in sent(flood, 1)] == [None, None]
    assert (Emergency.objects.count(), Mark.objects.filter(kind="again").count()) == (1, 0)
    assert len(flood.matters("WL-1")) == 1


def test_an_alarm_that_fails_is_written_down_as_it_came_and_hinders_none(
    flood: Site, monkeypatch: Any
) -> None:
    monkeypatch.setattr("huying.devices.actions.alarming.open_card", broken(RuntimeError))
    assert [one.why for one in sent(flood)] == [None, Unread.FAULT]
    assert Reading.objects.get().value == 9.0
    assert "alarm" in Misread.objects.get().payload


def test_an_alarm_of_nobody_is_written_down_once(flood: Site) -> None:
    answers = deliver(flood.cast.system, [Given(said("NONE", 0, 1.0, alarm="sos"))], MONDAY)
    assert [one.why for one in answers] == [Unread.UNKNOWN]
    assert Misread.objects.count() == 1


def test_readings_before_the_press_are_judged_though_it_is_kept_first(flood: Site) -> None:
    flood.watch(kind=DeviceKind.SOS)
    told = [said("SOS-1", 0, 9.0), said("SOS-1", 60, 1.0, alarm="sos")]
    deliver(flood.cast.system, [Given(one) for one in told], after(60))
    assert [one.kind for one in flood.matters("SOS-1")] == ["alarm", "rule"]
