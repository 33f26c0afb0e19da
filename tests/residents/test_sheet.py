"""A community's sheet brought in: all of it or nothing, every faulty line named, the same sheet twice is once."""

import pytest

from huying.kernel.errors import Denied, Invalid
from huying.residents.actions import import_people
from huying.residents.models import Building, KeyLabel, Person
from huying.residents.queries import buildings_for
from huying.residents.rules.sheets import COLUMNS
from tests.cast import MONDAY
from tests.residents.conftest import NUMBER, Homes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEAD = "网格,小区,楼栋,房号,姓名,性别,出生年份,电话,身份证号,类别,依据,同意方式,依据说明"
FIRST = "990101001001001,春风小区,3栋,501,王桂英,女,1940,13800001111,,独居高龄老人、低保和低收入家庭,,,"
SECOND = f"青石街道 老渡社区 第1网格,夏雨小区,1栋,102,李建国,男,,,{NUMBER},,履行法定职责,,民政部门名册"


def sheet(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode("gb18030")


def test_a_sheet_makes_people_marks_and_buildings_once(homes: Homes) -> None:
    looked = import_people(homes.station, sheet(FIRST, SECOND), MONDAY, dry_run=True)
    assert (looked.made, looked.applied, Person.objects.count()) == (2, False, 0)
    done = import_people(homes.station, sheet(FIRST, SECOND), MONDAY, dry_run=False)
    assert (done.made, done.known, done.applied, done.faults) == (2, 0, True, ())
    assert Building.objects.count() == 2
    assert {row.kind for row in KeyLabel.objects.all()} == {"elder_alone", "low_income"}
    again = import_people(homes.station, sheet(FIRST, SECOND), MONDAY, dry_run=False)
    assert (again.made, again.known) == (0, 2)
    assert Person.objects.count() == 2


def test_each_faulty_line_is_named_and_nothing_written(homes: Homes) -> None:
    wrong = [
        FIRST.replace("王桂英", ""),
        FIRST.replace("13800001111", "12"),
        FIRST.replace("独居高龄老人", "神仙"),
        FIRST.replace(",女,", ",仙,"),
        SECOND.replace("1栋", "2栋").replace("第1网格", "第9网格"),
        FIRST.replace("1940", "四零"),
    ]
    report = import_people(homes.station, sheet(SECOND, *wrong), MONDAY, dry_run=False)
    assert [(one.number, one.column) for one in report.faults] == [
        (3, "姓名"), (4, "电话"), (5, "类别"), (6, "性别"), (7, "网格"), (8, "出生年份"),
    ]  # fmt: skip
    assert not Person.objects.exists()
    assert len(buildings_for(homes.station)) == 1


def test_who_may_not_brings_nobody_in_and_a_picture_is_no_sheet(homes: Homes) -> None:
    with pytest.raises(Denied):
        import_people(homes.cast.seat, sheet(FIRST), MONDAY, dry_run=False)
    with pytest.raises(Invalid):
        import_people(homes.station, b"\x89PNG\x00", MONDAY, dry_run=True)
    elsewhere = import_people(homes.cast.other_dispatcher, sheet(FIRST), MONDAY, dry_run=False)
    assert elsewhere.faults
    assert not Person.objects.exists()
    assert COLUMNS == ("楼栋", "房号", "姓名")
