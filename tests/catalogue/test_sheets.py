"""The list as a spreadsheet: comes back equal, runs nothing, names every fault."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.sheets import read_workbook, workbook
from huying.catalogue.rules.starter import starter
from huying.kernel.errors import Invalid
from tests.catalogue.strategies import contents

STARTER = workbook(starter())
SMALL = workbook(Content(starter().items[:2], starter().kinds))


def edited(change: Callable[[Workbook], Any], data: bytes = SMALL) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults(change: Callable[[Any], Any], sheet: str = "立案条件") -> list[str]:
    return [str(fault) for fault in read_workbook(edited(lambda book: change(book[sheet])))[1]]


def test_the_starter_list_comes_back_equal() -> None:
    assert read_workbook(STARTER) == (starter(), [])


@settings(max_examples=40, deadline=None)
@given(contents())
def test_any_sound_edition_comes_back_equal(content: Content) -> None:
    assert read_workbook(workbook(content)) == (content, [])


@settings(max_examples=40, deadline=None)
@given(contents())
def test_no_cell_is_a_formula_or_becomes_one(content: Content) -> None:
    book = load_workbook(io.BytesIO(workbook(content)))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            if isinstance(cell.value, str) and cell.value[0] in "=+-@":
                assert cell.quotePrefix


def test_a_formula_put_in_is_refused_with_its_place() -> None:
    assert "“立案条件”第 2 行“结案标准”：单元格里是公式，请改为文字" in faults(
        lambda sheet: sheet.__setitem__("R2", '=HYPERLINK("http://x")')
    )


def test_each_fault_names_line_column_and_what_is_wrong() -> None:
    def spoil(sheet: Any) -> None:
        sheet["Q3"] = "三光年"
        sheet["J4"] = "二"
        sheet["M2"] = "供水"
        sheet["N2"] = "供水"
        sheet["U2"] = 9

    told = faults(spoil)
    assert any("第 3 行“处置时限”" in fault for fault in told)
    assert "“立案条件”第 4 行“序号”：“二”不是整数" in told
    assert "“立案条件”第 2 行“协办职责”：主办单位不能同时是协办单位" in told
    assert "“立案条件”第 2 行“危险性”：应为 0～3" in told


def test_lines_of_one_item_must_agree_about_it() -> None:
    assert "“立案条件”第 3 行“小类”：与第 2 行同一编码的内容不一致" in faults(
        lambda sheet: sheet.__setitem__("D3", "别的名字")
    )


def test_a_number_used_twice_is_told() -> None:
    assert "“立案条件”第 3 行“序号”：同一事项的立案条件序号重复" in faults(
        lambda sheet: sheet.__setitem__("J3", 1)
    )


def test_a_missing_kind_is_told() -> None:
    assert faults(lambda sheet: sheet.delete_rows(2), "诉求时限") == [
        "“诉求时限”第 7 行“诉求类型”：缺少：咨询"
    ]


def test_numbers_typed_as_numbers_and_blank_lines_are_taken() -> None:
    def retype(sheet: Any) -> None:
        sheet["J2"] = 1
        sheet["A200"] = "   "

    assert read_workbook(edited(lambda book: retype(book["立案条件"]))) == read_workbook(SMALL)


def test_limits_may_be_written_the_short_way() -> None:
    content, told = read_workbook(edited(lambda book: book["立案条件"].__setitem__("Q2", "3天")))
    assert told == []
    assert str(content.items[0].conditions[0].handle) == "3个工作日"


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="不是 Excel"):
        read_workbook(data)


def test_a_workbook_that_breaks_off_is_refused() -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) // 2] if "worksheets/sheet" in name else part)
    with pytest.raises(Invalid, match="不是 Excel"):
        read_workbook(broken.getvalue())


def test_a_missing_heading_or_sheet_is_named() -> None:
    with pytest.raises(Invalid, match="缺少列：处置时限"):
        read_workbook(edited(lambda book: book["立案条件"].__setitem__("Q1", "别的")))
    with pytest.raises(Invalid, match="没有“诉求时限”"):
        read_workbook(edited(lambda book: book.remove(book["诉求时限"])))
