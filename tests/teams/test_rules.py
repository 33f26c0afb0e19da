"""Rules of teams and duty, by example and by property."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from huying.kernel.errors import Invalid
from huying.kernel.workbook import READ_COLUMNS
from huying.teams.rules.gaps import Cell, missing
from huying.teams.rules.kinds import DutyDays, DutyRole, Part
from huying.teams.rules.names import joined, split_names
from huying.teams.rules.rotating import whose
from huying.teams.rules.sheets import ROSTER, day_of, read_lines
from huying.teams.rules.starter import starter_kinds
from huying.teams.rules.teams import lacking
from huying.teams.rules.turns import LONGEST, Hours, TurnPlan, checked, kept_on

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_the_starter_kinds_are_one_two_and_eight_of_n() -> None:
    parts = [line.part for line in starter_kinds()]
    assert [parts.count(part) for part in Part] == [1, 2, 8]
    assert len({line.code for line in starter_kinds()}) == len(parts)


def test_a_team_lacks_what_is_not_there() -> None:
    assert lacking({}) == {Part.LEADER: 1, Part.WORKER: 2, Part.FORCE: 1}
    assert lacking({Part.LEADER: 1, Part.WORKER: 1, Part.FORCE: 5}) == {Part.WORKER: 1}
    assert lacking({Part.LEADER: 1, Part.WORKER: 3, Part.FORCE: 1}) == {}


def test_a_night_ends_on_the_next_day() -> None:
    starts, ends = Hours(time(20), time(8)).span(date(2026, 5, 1), SHANGHAI)
    assert starts == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert ends == datetime(2026, 5, 2, 0, tzinfo=UTC)


@given(st.times(), st.times(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_turn_is_empty_or_longer_than_a_day(starts: time, ends: time, day: date) -> None:
    begun, ended = Hours(starts, ends).span(day, SHANGHAI)
    assert timedelta(0) < ended - begun <= LONGEST


@pytest.mark.parametrize("working", [True, False])
def test_every_day_is_kept_by_the_turn_of_its_sort(working: bool) -> None:
    assert kept_on(DutyDays.EVERY, working)
    assert kept_on(DutyDays.WORKING, working) is working
    assert kept_on(DutyDays.OFF, working) is not working


@given(
    st.lists(st.integers(), min_size=1, max_size=9, unique=True),
    st.integers(1, 7),
    st.integers(1, 3),
    st.integers(0, 500),
)
def test_a_rotation_is_fair_and_nobody_has_a_day_twice(
    people: list[int], each: int, at_once: int, start: int
) -> None:
    round_of = len(people) * each
    turns = [one for number in range(start, start + round_of) for one in whose(people, number, each, at_once)]
    assert {turns.count(one) for one in people} == {each * min(at_once, len(people))}


def test_somebody_has_their_days_in_a_row() -> None:
    assert [whose("abc", number, 2, 1) for number in range(7)] == [
        ("a",), ("a",), ("b",), ("b",), ("c",), ("c",), ("a",),
    ]  # fmt: skip
    assert whose("", 3, 1, 1) == ()


@given(st.lists(st.text("张王李赵钱孙 ", min_size=1), max_size=8))
def test_names_written_and_read_are_the_same(names: list[str]) -> None:
    read = split_names(joined(names))
    assert split_names(joined(list(read))) == read
    assert split_names("张三，李四;王五\n张三") == ("张三", "李四", "王五")


def test_gaps_are_what_is_needed_and_not_there() -> None:
    cell, full = Cell(1, date(2026, 5, 1), DutyRole.LEAD), Cell(1, date(2026, 5, 2), DutyRole.LEAD)
    assert missing({cell: 2, full: 1}, {cell: 1, full: 3}) == {cell: 1}


@pytest.mark.parametrize(("leads", "officers"), [(0, 0), (-1, 3), (20, 1)])
def test_a_turn_takes_somebody_and_not_a_crowd(leads: int, officers: int) -> None:
    hours = Hours(time(8), time(20))
    with pytest.raises(Invalid):
        checked(TurnPlan("白班", hours, DutyDays.EVERY, leads, officers))
    with pytest.raises(Invalid):
        checked(TurnPlan("  ", hours, DutyDays.EVERY, 0, 1))


def test_a_sheet_is_read_with_its_line_numbers_in_either_encoding() -> None:
    text = "日期,值班点,班次,角色,姓名\n\n2026-05-01,甲,白班,值班员,张三\n"
    for encoding in ("utf-8-sig", "gb18030"):
        [line] = read_lines(text.encode(encoding), ROSTER)
        assert line.number == 3
        assert line.cells["姓名"] == "张三"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", b"\xff\xfe\x00\x01\x00", "日期,姓名\n".encode()])
def test_what_is_no_sheet_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid):
        read_lines(data, ROSTER)


def test_a_workbook_that_breaks_off_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="读不了这个 Excel"):
        read_lines(_workbook(list(ROSTER), lambda sheet: sheet[: len(sheet) // 2]), ROSTER)


def test_a_cell_far_to_the_right_makes_no_row_as_wide_as_it() -> None:
    far = (
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="XFD3"><v>1</v></c></row></sheetData>'
    )
    data = _workbook(list(ROSTER), lambda sheet: sheet.replace(b"</sheetData>", far))
    [line] = read_lines(data, ROSTER)
    assert line.cells["日期"] == "x"
    with pytest.raises(Invalid, match="表头缺少"):
        read_lines(_workbook([*[""] * READ_COLUMNS, *ROSTER], bytes), ROSTER)


def _workbook(heads: list[str], made: Callable[[bytes], bytes]) -> bytes:
    """An Excel file with these headings, its sheet made into something else."""
    book, whole, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(heads)
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, made(part) if name.endswith("sheet1.xml") else part)
    return changed.getvalue()


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(Invalid):
        read_lines(data, ROSTER)


def test_days_are_read_as_people_write_them() -> None:
    for text in ("2026-05-01", "2026/5/1", "2026.5.1", "2026年5月1日", "20260501"):
        assert day_of(text) == date(2026, 5, 1)
    with pytest.raises(Invalid):
        day_of("五一")
