"""Tables of other systems: every row has its end, twice is once, what people know better is left."""

from pathlib import Path
from typing import Any

import pytest

from huying.access.actor import system
from huying.kernel.errors import Denied, Invalid
from huying.places.actions import put_district
from huying.places.queries import forget
from huying.services.actions import confirm, end, import_facilities
from huying.services.models import Facility
from huying.services.rules.tables import Refused, read_map, read_table
from tests.cast import DISTRICT, MONDAY
from tests.services.conftest import SPOT, Town, after

MAP = """
[facilities]
source = "poi"
[facilities.columns]
key = "编号"
name = "名称"
kind = "类"
lon = "经"
lat = "纬"
hours = "时间"
amenities = "设施"
[facilities.kinds]
"厕" = "toilet"
"诊所" = "clinic"
"宠物诊所" = ""
"""
HEAD = "编号,名称,类,经,纬,时间,设施\n"
DATA = Path(__file__).parents[2].parent / "shared" / "data" / "poi"
EXAMPLES = Path(__file__).parents[2] / "examples"


def table(*rows: tuple[Any, ...]) -> bytes:
    return (HEAD + "\n".join(",".join(map(str, row)) for row in rows)).encode()


ROW = ("1", "东门公厕", "公厕", *SPOT, "每天 全天", "母婴室 无障碍通行")


@pytest.mark.django_db
@pytest.mark.database
def test_every_row_has_its_end(town: Town) -> None:
    content = table(
        ROW, ROW, ("2", "西门诊所", "综合诊所", *SPOT, "", ""), ("3", "爱宠", "宠物诊所", *SPOT, "", ""),
        ("4", "外地", "公厕", 120, 30, "", ""), ("5", "没有类", "庙", *SPOT, "", ""),
        ("6", "没有位置", "公厕", "", "", "", ""), ("7", "时间不对", "公厕", *SPOT, "九点到五点", ""),
    )  # fmt: skip
    looked = import_facilities(town.cast.administrator, content, read_map(MAP), MONDAY, dry_run=True)
    assert not Facility.objects.exists()
    report = import_facilities(town.cast.administrator, content, read_map(MAP), MONDAY)
    assert looked.as_dict() | {"dry_run": False} == report.as_dict()
    assert (report.rows, report.made, report.doubled, report.left, report.outside) == (8, 2, 1, 1, 1)
    assert [(one.line, one.name) for one in report.refused] == [
        (7, "没有类"),
        (8, "没有位置"),
        (9, "时间不对"),
    ]
    row = Facility.objects.get(key="1")
    assert (row.kind, row.hours, row.amenities, row.checked_at) == (
        "toilet",
        "每天 全天",
        ["mother_baby", "step_free"],
        None,
    )


@pytest.mark.django_db
@pytest.mark.database
def test_a_file_brought_in_again_changes_what_changed_and_leaves_what_people_know(town: Town) -> None:
    by, other = town.cast.administrator, ("2", "西门诊所", "诊所", *SPOT, "", "")
    import_facilities(by, table(ROW, other), read_map(MAP), MONDAY)
    again = import_facilities(by, table(ROW, other), read_map(MAP), after(days=1))
    assert (again.made, again.changed, again.same) == (0, 0, 2)
    moved = table((ROW[0], "东门公厕（新）", *ROW[2:]), other)
    assert import_facilities(by, moved, read_map(MAP), after(days=2)).changed == 1
    first, second = Facility.objects.order_by("key")
    confirm(by, first.id, after(days=3))
    end(by, second.id, "关门了", after(days=3))
    last = import_facilities(by, table(ROW, other), read_map(MAP), after(days=4))
    assert (last.kept, last.changed, last.made) == (2, 0, 0)
    assert Facility.objects.get(key="1").name == "东门公厕（新）"


@pytest.mark.django_db
@pytest.mark.database
def test_only_who_enters_for_the_whole_district_imports(town: Town) -> None:
    for by in (town.cast.dispatcher, town.cast.handler, town.cast.seat):
        with pytest.raises(Denied):
            import_facilities(by, table(ROW), read_map(MAP), MONDAY)
    assert not Facility.objects.exists()
    with pytest.raises(Invalid):
        import_facilities(
            town.cast.administrator, table(ROW), read_map(MAP.replace('"toilet"', '"castle"')), MONDAY
        )


NONE = (
    "",
    "not toml [",
    "[facilities]\n",
    MAP.replace('source = "poi"', ""),
    MAP.replace('lat = "纬"', ""),
    MAP.replace("[facilities]\n", '[facilities]\ndatum = "mars"\n'),
    MAP.replace("hours =", "colour ="),
)


@pytest.mark.parametrize("text", NONE)
def test_a_map_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_map(text)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", "名称,类\n甲,乙\n".encode()])
def test_a_table_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        list(read_table(content, read_map(MAP)))


@pytest.mark.realdata
@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("name", "least"), [("bus_stops", 10_000), ("hospitals", 6_000)])
def test_public_tables_of_a_city_are_read_whole(name: str, least: int) -> None:
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not there")
    put_district(DISTRICT, "某区")
    forget(DISTRICT)
    held = read_map((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    content = (DATA / f"{name}.csv").read_bytes()
    report = import_facilities(system(DISTRICT), content, held, MONDAY)
    assert report.made >= least
    ends = report.made + report.doubled + report.left + len(report.refused) + report.outside
    assert (ends, report.outside) == (report.rows, 0)
    again = import_facilities(system(DISTRICT), content, held, after(days=1))
    assert (again.made, again.changed, again.same) == (0, 0, report.made)


def test_a_row_that_is_refused_says_why() -> None:
    (found,) = read_table(table(("5", "没有类", "庙", *SPOT, "", "")), read_map(MAP))
    assert isinstance(found, Refused)
    assert "庙" in found.why
