"""R109: each row becomes an order or is refused with its reason; nothing in between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from huying.kernel import workbook
from huying.kernel.errors import Invalid
from huying.loop.collect.channels.orders import read_map
from huying.loop.collect.channels.orders.files import LINE, Row, lines_of, opened
from huying.loop.collect.channels.orders.guessing import look
from huying.loop.collect.channels.orders.histories import key_of
from huying.loop.collect.channels.orders.reading import Draft, Reason, Refused, read
from tests.loop.collect.order_files import MAP, NAMES, order, written

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"number": ""}, Reason.NO_NUMBER),
        ({"number": "9" * 65}, Reason.NO_NUMBER),
        ({"created": ""}, Reason.NO_TIME),
        ({"created": "昨天"}, Reason.BAD_TIME),
        ({"ended": "2026-02-30 10:00:00"}, Reason.BAD_TIME),
        ({"ended": "2026-02-02 08:59:59"}, Reason.ENDS_BEFORE),
        ({"ended": "2027-01-01 00:00:00"}, Reason.FUTURE),
        ({"state": "退回"}, Reason.STATE),
        ({"state": ""}, Reason.STATE),
        ({"text": ""}, Reason.NO_WORDS),
        ({"lon": "113.9"}, Reason.POINT),
        ({"lon": "nan", "lat": "22"}, Reason.POINT),
        ({"lon": "22", "lat": "113"}, Reason.POINT),
    ],
)
def test_a_row_that_cannot_be_an_order_says_why(cells: dict[str, str], reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        read(Row(2, order("A1", **cells)), MAP, NOW)
    assert refused.value.reason is reason


def test_a_good_row_is_read_in_the_zone_of_its_source() -> None:
    draft = read(Row(2, order("A1")), MAP, NOW)
    assert draft.created_at == datetime(2026, 2, 2, 1, tzinfo=UTC)
    assert draft.ended_at == datetime(2026, 2, 3, 2, tzinfo=UTC)
    assert (draft.ended, draft.told, draft.kind.zh, draft.text, draft.title) == (
        True,
        "办结",
        "投诉",
        "井盖坏了",
        "",
    )


def test_an_order_without_words_keeps_the_names_of_its_matter() -> None:
    draft = read(Row(2, order("A1", text="", item1="市政", item3="井盖")), MAP, NOW)
    assert (draft.text, draft.title) == ("市政／井盖", "井盖")


def test_the_end_of_a_running_order_is_not_believed() -> None:
    assert read(Row(2, order("A1", state="在办")), MAP, NOW).ended_at is None


def test_rows_of_another_district_are_refused_and_rows_without_one_are_not() -> None:
    ours = replace(MAP, district="试验区", columns={**MAP.columns, "district": "区"})
    assert read(Row(2, order("A1", district="")), ours, NOW).number == "A1"
    with pytest.raises(Refused) as refused:
        read(Row(2, order("A1", district="别的区")), ours, NOW)
    assert refused.value.reason is Reason.OTHER_DISTRICT


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={name: st.text(max_size=30) | st.sampled_from(["办结", "1", "-0"]) for name in NAMES}
    )
)
def test_whatever_stands_in_the_cells_the_answer_is_an_order_or_a_reason(cells: dict[str, str]) -> None:
    try:
        draft = read(Row(2, order("A1", **cells)), MAP, NOW)
    except Refused:
        return
    assert isinstance(draft, Draft)
    assert draft.text
    assert draft.created_at <= (draft.ended_at or NOW) <= NOW


def test_lines_are_those_of_the_file_also_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    rows = [order("A1", text="一\n二\n三"), order("A2")]
    with opened(written(tmp_path / "a.csv", rows), MAP) as file:
        assert [(row.line, row.cells["number"]) for row in file.rows()] == [(2, "A1"), (5, "A2")]


def test_a_row_with_a_cell_too_many_is_not_read_askew(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [order("A1")])
    path.write_text(path.read_text("utf-8-sig") + "A2,多,了\n", "utf-8-sig")
    with opened(path, MAP) as file:
        rows = list(file.rows())
    assert [row.whole for row in rows] == [True, False]
    with pytest.raises(Refused) as refused:
        read(rows[1], MAP, NOW)
    assert refused.value.reason is Reason.BROKEN


def test_a_file_without_a_column_or_in_another_encoding_is_refused_whole(tmp_path: Path) -> None:
    lacking = tmp_path / "a.csv"
    lacking.write_text("编号,受理\n1,2\n", "utf-8")
    with opened(lacking, MAP) as file, pytest.raises(Invalid, match="办结"):
        list(file.rows())
    foreign = tmp_path / "b.csv"
    foreign.write_bytes("编号,受理".encode("gb18030"))
    with opened(foreign, MAP) as file, pytest.raises(Invalid, match="编码"):
        list(file.rows())


def test_a_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless, bomb = tmp_path / "endless.csv", tmp_path / "bomb.xlsx"
    endless.write_text("x" * (LINE + 1), encoding="utf-8")
    with endless.open(encoding="utf-8") as file:
        assert [len(piece) for piece in lines_of(file)] == [LINE, 1]
    Workbook().save(bomb)
    assert workbook.HELD_MOST == 256 * 2**20
    monkeypatch.setattr(workbook, "HELD_MOST", 5000)
    with ZipFile(bomb, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings2.xml", " " * 5000)
    looks: list[Callable[[], object]] = [lambda: look(bomb, "b.xlsx"), opened(bomb, MAP).__enter__]
    for read_it in looks:
        with pytest.raises(Invalid, match="展开后过大"):
            read_it()


def test_a_long_number_still_has_a_key_of_its_own() -> None:
    keys = {key_of("x" * 30, number * 64) for number in "abc"}
    assert len(keys) == 3
    assert max(map(len, keys)) <= 80


@pytest.mark.parametrize("name", ["pingshan_2018.toml", "la311.toml"])
def test_the_maps_that_come_with_huying_can_be_read(name: str) -> None:
    assert read_map(EXAMPLES / name).create_bodies


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[orders.columns]\nnumber='a'", "created"),
        ("[orders.columns]\nnumber='a'\ncreated='b'\ncolour='c'", "colour"),
        ("[orders]\ndatum='mars'\n[orders.columns]\nnumber='a'\ncreated='b'", "mars"),
        ("[orders]\nstate='done'\n[orders.columns]\nnumber='a'\ncreated='b'", "done"),
        ("[orders]\ntime_zone='Mars/Base'\n[orders.columns]\nnumber='a'\ncreated='b'", "Mars/Base"),
        ("[orders.kinds]\n'甲'='乙'\n[orders.columns]\nnumber='a'\ncreated='b'", "乙"),
        ("[orders", "TOML"),
    ],
)
def test_a_map_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(Invalid, match=said):
        read_map(path)
