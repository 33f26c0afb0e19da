"""Batches from the broker put away: by district, all or nothing, and one at which the program fails hinders no other."""

import json
from typing import Any

import pytest
from django.db import OperationalError

from huying.devices.actions import delivering
from huying.devices.channels import putting
from huying.devices.channels.putting import put_away
from huying.devices.channels.waiting import Arrived
from huying.devices.models import Misread, Reading
from huying.devices.rules.kinds import DeviceKind
from huying.emergency.models import Emergency, Mark
from huying.kernel.errors import Unavailable
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import Site, after, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def in_one_connection(monkeypatch: Any) -> None:
    """In a test's transaction, at the moment of the messages."""
    monkeypatch.setattr(putting, "close_old_connections", lambda: None)
    monkeypatch.setattr(putting, "present", lambda: MONDAY)


def arrived(code: str, value: float, district: int = DISTRICT) -> Arrived:
    told = said(code, 0, value)
    del told["device"]
    return Arrived(f"huying/{district}/{code}", json.dumps(told).encode(), 1, 1, 1, MONDAY)


def test_the_topic_says_whose_reading_it_is(site: Site) -> None:
    site.stand("WL-1")
    site.stand("WL-2")
    put_away([arrived("WL-1", 1.0), arrived("WL-2", 2.0), arrived("WL-3", 3.0), arrived("WL-1", 4.0, 999999)])
    assert sorted(Reading.objects.values_list("device_id", "value")) == [
        (site.ids["WL-1"], 1.0), (site.ids["WL-2"], 2.0),
    ]  # fmt: skip
    assert [(row.door, row.device, row.why) for row in Misread.objects.all()] == [("mqtt", "WL-3", "unknown")]


def test_one_at_which_the_program_fails_is_written_down_and_the_others_kept(
    site: Site, monkeypatch: Any
) -> None:
    site.stand("WL-1")
    site.stand("WL-2")
    kept = delivering.keep

    def failing(by: Any, batch: Any, now: Any) -> Any:
        if any(one.device == "WL-1" for one in batch):
            raise ZeroDivisionError
        return kept(by, batch, now)

    monkeypatch.setattr(delivering, "keep", failing)
    put_away([arrived("WL-1", 1.0), arrived("WL-2", 2.0)])
    assert list(Reading.objects.values_list("device_id", flat=True)) == [site.ids["WL-2"]]
    assert [(row.device, row.why) for row in Misread.objects.all()] == [("WL-1", "fault")]


@pytest.mark.parametrize("fault", [OperationalError, Unavailable])
def test_what_passes_is_tried_again_and_not_written_off(site: Site, monkeypatch: Any, fault: type) -> None:
    def away(*_: Any) -> None:
        raise fault

    monkeypatch.setattr(delivering, "keep", away)
    monkeypatch.setattr(putting.connection, "close", lambda: None)
    with pytest.raises(fault):
        put_away([arrived("WL-1", 1.0)])
    assert not Misread.objects.exists()


def press(retain: bool, **told: Any) -> Arrived:
    raw = json.dumps({"alarm": "sos", **told}).encode()
    return Arrived(f"huying/{DISTRICT}/SOS-1", raw, 1, 1, 1, MONDAY, retain)


def test_a_retained_alarm_without_a_time_is_written_down_and_rings_nobody(site: Site) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)
    put_away([press(True), press(True, at="2031-01-01T00:00:00Z")])
    assert not Emergency.objects.exists()
    assert sorted(Misread.objects.values_list("device", "why")) == [("SOS-1", "future"), ("SOS-1", "time")]


def test_a_retained_alarm_with_its_time_rings_once_however_often_it_comes(
    site: Site, monkeypatch: Any
) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)
    for seconds in (0, 600):
        monkeypatch.setattr(putting, "present", lambda seconds=seconds: after(seconds))
        put_away([press(True, at=MONDAY.isoformat())])
    assert (Emergency.objects.count(), Mark.objects.filter(kind="again").count()) == (1, 0)


def test_an_alarm_without_a_time_put_away_again_is_one_press(site: Site, monkeypatch: Any) -> None:
    site.stand("SOS-1", kind=DeviceKind.SOS)
    for seconds in (0, 600):
        monkeypatch.setattr(putting, "present", lambda seconds=seconds: after(seconds))
        put_away([press(False)])
    assert (Emergency.objects.count(), Mark.objects.filter(kind="again").count()) == (1, 0)
    assert Reading.objects.get().at == MONDAY
