"""Who takes devices into the register, what is refused, who sees which, and what is written down."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huying.annals.models import Change
from huying.annals.rules import Deed, Subject
from huying.devices.actions import change, end_maintenance, maintain, make, new_secret, retire
from huying.devices.models import Device, Maintenance
from huying.devices.queries import (
    Sought,
    counts_for,
    device_for,
    device_with,
    devices_for,
    maintenance_of,
)
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel.errors import Conflict, Denied, HuyingError, Invalid, NotFound
from tests.cast import DISTRICT, GRID, MONDAY, STREET
from tests.devices.conftest import SPOT, Site, after

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = NewDevice(
    code="WL-1", kind=DeviceKind.WATER_LEVEL, name="春风桥水位计", lon=SPOT[0], lat=SPOT[1], every=300
)


def test_a_device_stands_in_the_area_of_its_position_and_in_the_record_of_changes(site: Site) -> None:
    number = make(site.cast.administrator, NEW, MONDAY)
    found = device_for(site.cast.administrator, number)
    assert (found.area, found.code, found.every, found.has_secret) == (GRID, "WL-1", 300, False)
    written = Change.objects.get(subject=Subject.DEVICE.value)
    assert (written.deed, written.about, written.actor_name) == (Deed.CREATE.value, "WL-1", "高敏")
    assert written.after["名称"] == "春风桥水位计"


def test_nobody_else_changes_anything_and_leaves_no_trace(site: Site) -> None:
    number = site.stand("WL-1")
    before, changes = list(Device.objects.values()), Change.objects.count()
    cast = site.cast
    for by in (cast.dispatcher, cast.handler, cast.seat, cast.supervisor, cast.auditor, cast.leader):
        for act in (
            lambda by: make(by, replace(NEW, code="X"), MONDAY), lambda by: change(by, number, NEW, MONDAY),
            lambda by: retire(by, number, "坏了", MONDAY), lambda by: new_secret(by, number, MONDAY),
            lambda by: maintain(by, number, MONDAY, after(60), "清洗", MONDAY),
        ):  # fmt: skip
            with pytest.raises(Denied):
                act(by)
    with pytest.raises(NotFound):
        change(cast.administrator, number + 10_000, NEW, MONDAY)
    assert list(Device.objects.values()) == before
    assert (Change.objects.count(), Maintenance.objects.count()) == (changes, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "WL 1"}, "code"),
        ({"code": "a/b"}, "code"),
        ({"code": "+"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"lat": None}, "lon"),
        ({"lon": 1140.0}, "lon"),
        ({"datum": "mars"}, "datum"),
        ({"every": -1}, "every"),
        ({"body_id": 10**9}, "body_id"),
        ({"lon": None, "lat": None, "area": "990101777"}, "area"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_kept(site: Site, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(site.cast.administrator, replace(NEW, **wrong), MONDAY)
    assert field in refused.value.fields
    assert not Device.objects.exists()


def test_a_code_stands_once_in_a_district(site: Site) -> None:
    site.stand("WL-1")
    with pytest.raises(Conflict) as refused:
        make(site.cast.administrator, NEW, MONDAY)
    assert "code" in refused.value.fields


def test_each_sees_the_devices_of_their_area_and_a_body_its_own(site: Site) -> None:
    here = site.stand("HERE", body_id=site.cast.water)
    there = site.stand("THERE", lon=114.025, body_id=site.cast.urban)
    cast = site.cast

    def seen(by: Any) -> set[int]:
        return {one.id for one in devices_for(by)}

    assert seen(cast.administrator) == seen(cast.supervisor) == {here, there}
    assert seen(cast.dispatcher) == seen(cast.grid_worker) == {here}
    assert seen(cast.other_dispatcher) == {there}
    assert seen(cast.helper) == {here}
    assert seen(cast.handler) == {there}
    assert seen(cast.outsider) == set()
    both = replace(cast.helper, grants=(*cast.helper.grants, *cast.supervisor.grants))
    assert seen(both) == {here, there}
    with pytest.raises(NotFound):
        device_for(cast.helper, there)
    with pytest.raises(Denied):
        devices_for(cast.auditor)
    assert seen(cast.stranger_in(440310)) == set()


def test_the_list_is_narrowed(site: Site) -> None:
    site.stand("WL-1")
    site.stand("SOS-1", kind=DeviceKind.SOS)
    site.stand("OLD")
    retire(site.cast.administrator, site.ids["OLD"], "拆除", MONDAY)
    site.hear("WL-1", 0, 1.0, battery=15)
    by = site.cast.administrator

    def codes(**asked: Any) -> list[str]:
        return [one.code for one in devices_for(by, Sought(**asked))]

    assert codes() == ["WL-1", "SOS-1"]
    assert codes(kind=DeviceKind.SOS) == ["SOS-1"]
    assert codes(word="wl-") == ["WL-1"]
    assert codes(area=STREET) == ["WL-1", "SOS-1"]
    assert codes(area="990101002") == []
    assert codes(state="low") == codes(state="heard") == ["WL-1"]
    assert codes(state="retired") == ["OLD"]
    assert counts_for(by) == {"all": 2, "silent": 0, "low": 1}


def test_a_credential_is_shown_once_and_the_one_before_opens_nothing(site: Site) -> None:
    number = site.stand("WL-1")
    first = new_secret(site.cast.administrator, number, MONDAY)
    shown = device_with(first)
    assert shown is not None
    assert (shown.district, shown.id, shown.code) == (DISTRICT, number, "WL-1")
    assert first.encode() not in bytes(site.device("WL-1").secret or b"")
    second = new_secret(site.cast.administrator, number, MONDAY)
    assert device_with(first) is None
    assert device_with(second) is not None
    assert not Change.objects.filter(after__icontains=second[-32:]).exists()
    retire(site.cast.administrator, number, "拆除", MONDAY)
    assert device_with(second) is None
    with pytest.raises(Conflict):
        new_secret(site.cast.administrator, number, MONDAY)


def test_a_credential_outlives_the_change_of_the_houses_key(site: Site, settings: Any) -> None:
    raw = new_secret(site.cast.administrator, site.stand("WL-1"), MONDAY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the house, as long as is asked for"
    assert device_with(raw) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert device_with(raw) is None


def test_maintenance_is_kept_ended_early_and_refused_without_sense(site: Site) -> None:
    number, by = site.stand("WL-1"), site.cast.administrator
    made = maintain(by, number, MONDAY, after(3600), "清洗探头", MONDAY)
    end_maintenance(by, number, made, after(600))
    assert [(one.since, one.until, one.why) for one in maintenance_of(by, number)] == [
        (MONDAY, after(600), "清洗探头")
    ]
    for since, until, why in (
        (after(60), MONDAY, "清洗"),
        (MONDAY - timedelta(days=2), MONDAY - timedelta(days=1), "清洗"),
        (MONDAY, MONDAY + timedelta(days=91), "清洗"),
        (MONDAY, after(60), " "),
    ):
        with pytest.raises(HuyingError):
            maintain(by, number, since, until, why, MONDAY)
    assert Maintenance.objects.count() == 1
