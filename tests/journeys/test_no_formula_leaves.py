"""What a caller or an editor wrote never runs as a formula in a file that leaves the platform."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Appeal, Case
from huying.catalogue.actions import load_starter
from huying.catalogue.models import Item
from huying.site.cli import main
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def said(cast: Cast) -> None:
    new = NewAppeal(text="路灯不亮", channel="web", kind="complaint", area=GRID)
    receive(DISTRICT, [new], by=cast.system, now=MONDAY)


@pytest.mark.parametrize("lead", LEADS)
def test_of_the_list_of_cases(said: None, lead: str) -> None:
    Case.objects.update(title=f"{lead}1+1")
    answer = desk(Role.SUPERVISOR).get("/export/cases?format=csv")
    text = answer.content.decode()
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in row]
    assert f"'{lead}1+1" in cells
    assert not any(cell.startswith(tuple(LEADS)) for cell in cells)


@pytest.mark.parametrize("name", ["orders.csv", "orders.xlsx"])
@pytest.mark.parametrize("lead", LEADS)
def test_of_the_orders(said: None, tmp_path: Path, name: str, lead: str) -> None:
    Appeal.objects.update(text=f"{lead}1+1", place_text=f"{lead}1+1")
    path = tmp_path / name
    assert main(["export", "orders", str(path), "--district", str(DISTRICT)]) == 0
    cells = _cells(path)
    assert sum(cell.endswith("1+1") for cell in cells) == 2
    assert not any(cell.startswith(tuple(LEADS)) for cell in cells)


def _cells(path: Path) -> list[str]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [cell for row in csv.reader(file) for cell in row]
    sheet = load_workbook(path).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]  # type: ignore[union-attr]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_of_the_responsibility_list(cast: Cast, lead: str) -> None:
    load_starter(cast.system, DISTRICT, MONDAY)
    Item.objects.filter(code="010101").update(name=f"{lead}1+1")
    answer = desk(Role.ADMINISTRATOR).get("/admin/catalogue/1/list.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    written = [cell for cell in cells if cell.value == f"{lead}1+1"]
    assert written
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in written)
    assert not any(cell.data_type == "f" for cell in cells)
