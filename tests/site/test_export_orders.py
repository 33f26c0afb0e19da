"""Orders leave masked, harmless to a spreadsheet, and written down."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huying.cases.actions import NewAppeal, receive
from huying.people.actions import ensure_callers
from huying.people.models import Viewing
from huying.site.cli import main
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, gather

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def appeals(db: None) -> None:
    by = gather().system
    [caller] = ensure_callers(DISTRICT, [("张小明", "13812341234")], MONDAY)
    receive(
        DISTRICT,
        [
            NewAppeal(text=EVIL, channel="web", kind="complaint", area=GRID, caller_id=caller),
            NewAppeal(text="路灯不亮", channel="hotline", kind="help", area=OTHER_STREET),
        ],
        by=by,
        now=MONDAY,
    )


def exported(path: Path, *more: str) -> list[dict[str, str]]:
    assert main(["export", "orders", str(path), "--district", str(DISTRICT), *more]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_callers_are_masked_and_no_cell_is_a_formula(appeals: None, tmp_path: Path) -> None:
    rows = exported(tmp_path / "out.csv")
    assert {row["电话"] for row in rows} == {"138****1234", ""}
    assert {row["诉求人"] for row in rows} == {"张**", ""}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert f"'{EVIL}" in {row["诉求内容"] for row in rows}


def test_a_sheet_holds_text_and_nothing_else(appeals: None, tmp_path: Path) -> None:
    assert main(["export", "orders", str(tmp_path / "out.xlsx"), "--district", str(DISTRICT)]) == 0
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows() for cell in row]
    assert len(cells) == 3 * 21
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}


def test_filters_narrow_the_file(appeals: None, tmp_path: Path) -> None:
    assert [row["来源渠道"] for row in exported(tmp_path / "a.csv", "--area", OTHER_STREET)] == ["热线"]
    assert [row["类型"] for row in exported(tmp_path / "b.csv", "--kind", "complaint")] == ["投诉"]
    assert exported(tmp_path / "c.csv", "--closed") == []
    assert exported(tmp_path / "d.csv", "--until", "2026-03-01") == []
    assert len(exported(tmp_path / "e.csv", "--since", "2026-03-02", "--until", "2026-03-02")) == 2


def test_every_export_stands_in_the_audit(appeals: None, tmp_path: Path) -> None:
    exported(tmp_path / "out.csv", "--open")
    viewing = Viewing.objects.get(kind="export")
    assert "open=True" in viewing.what
    assert viewing.actor_name == "命令行导出"


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    appeals: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "out.csv"
    assert main(["export", "orders", str(path), "--district", str(DISTRICT)]) == 1
    assert "写不了" in capsys.readouterr().err
