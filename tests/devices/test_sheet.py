"""A sheet of devices: all of it or nothing, each fault by its line; the same again changes nothing."""

import pytest

from huying.annals.models import Change
from huying.devices.actions import import_devices
from huying.devices.models import Device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.sheet import device_of
from huying.kernel.errors import Denied, Invalid
from tests.cast import MONDAY
from tests.devices.conftest import SPOT, Site

HEAD = "编号,类型,名称,经度,纬度,权属单位,联系间隔（秒）,户号\n"


def sheet(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines)).encode()


def test_a_line_says_what_a_form_says_and_empty_cells_say_nothing() -> None:
    told = device_of(
        {
            "编号": "PIR-1",
            "类型": "红外活动",
            "名称": "客厅",
            "经度": "",
            "权属单位": "水务局",
            "户号": "H-1",
        },
        {"水务局": 7},
    )
    assert told == NewDevice(code="PIR-1", kind=DeviceKind.MOTION, name="客厅", body_id=7, home="H-1")


def test_what_is_wrong_is_said_by_column() -> None:
    told = device_of(
        {"编号": "", "类型": "雷达", "名称": "x", "经度": "东", "联系间隔（秒）": "1.5", "权属单位": "无"}, {}
    )
    assert isinstance(told, dict)
    assert set(told) == {"编号", "类型", "经度", "联系间隔（秒）", "权属单位"}


@pytest.mark.django_db
@pytest.mark.database
class TestKept:
    def test_all_of_a_sheet_is_kept_and_the_same_again_changes_nothing(self, site: Site) -> None:
        by = site.cast.administrator
        given = sheet(
            f"WL-1,水位,春风桥,{SPOT[0]},{SPOT[1]},,300,", f"PIR-1,红外活动,客厅,{SPOT[0]},{SPOT[1]},,,H-1"
        )
        looked = import_devices(by, given, MONDAY, dry_run=True)
        assert (looked.made, looked.applied, Device.objects.count()) == (2, False, 0)
        assert import_devices(by, given, MONDAY, dry_run=False).applied
        assert Device.objects.get(code="PIR-1").home == "H-1"
        changes = Change.objects.count()
        again = import_devices(by, given, MONDAY, dry_run=False)
        assert (again.made, again.known, Change.objects.count()) == (0, 2, changes)

    def test_a_known_code_is_put_right(self, site: Site) -> None:
        site.stand("WL-1", every=60)
        found = import_devices(
            site.cast.administrator,
            sheet(f"WL-1,水位,新名字,{SPOT[0]},{SPOT[1]},,600,"),
            MONDAY,
            dry_run=False,
        )
        assert found.made == 1
        row = site.device("WL-1")
        assert (row.name, row.every) == ("新名字", 600)

    def test_one_fault_and_nothing_is_kept(self, site: Site) -> None:
        given = sheet(
            f"WL-1,水位,春风桥,{SPOT[0]},{SPOT[1]},,300,", "WL 2,水位,桥,,,,,", "WL-3,水位,远处,1.0,1.0,,,"
        )
        found = import_devices(site.cast.administrator, given, MONDAY, dry_run=False)
        assert {one.number for one in found.faults} == {3, 4}
        assert (found.applied, Device.objects.count()) == (False, 0)

    def test_only_who_sets_devices_up_brings_them_in(self, site: Site) -> None:
        with pytest.raises(Denied):
            import_devices(site.cast.seat, sheet("WL-1,水位,桥,,,,,"), MONDAY, dry_run=False)
        with pytest.raises(Invalid):
            import_devices(site.cast.administrator, b"no,sheet\n1,2", MONDAY, dry_run=False)
        assert Device.objects.count() == 0
