"""The four forms hold the same words and numbers; what a person wrote stays text in all of them; faults are said."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
import typst
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.kernel.errors import Unavailable
from huying.reports.channels import fonts, pdf
from huying.reports.channels.drawing import svg
from huying.reports.channels.laying import Drawing, Laid, laid
from huying.reports.channels.pdf import pdf_of
from huying.reports.channels.sheet import sheet_of
from huying.reports.channels.word import word_of
from huying.reports.queries.archive import KeyNumber, ReportInfo, ReportLine
from huying.reports.rules.doc import told
from huying.reports.rules.facts import Alarm, Came, Facts
from huying.reports.rules.kinds import Origin, ReportKind
from huying.reports.rules.writing import key_numbers, written
from tests.reports.facts import body, facts

MADE = datetime(2026, 4, 1, 1, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://x")&#<w:t>]]> $x$ #import "a" *b* _c_ @d \x0b\ud83d\udea7'.encode(
    "utf-16", "surrogatepass"
)
HOSTILE_WORDS = HOSTILE.decode("utf-16")
chinese = pytest.mark.skipif(
    not any("CJK" in one for one in fonts.known().families()), reason="this machine has no Chinese font"
)


def some(**given: Any) -> Facts:
    made = {
        "came": Came({"01": 90, "02": 41}, {"990101001": 131}, {"hotline": 131}),
        "came_before": Came({"01": 30, "02": 45}, {"990101001": 75}, {"hotline": 75}),
        "counts": {M.CLOSED: 77, M.HANDLE_IN_TIME: 64, M.HANDLE_LATE: 3},
        "bodies": [body(7, "城管局", handle_late=3, handle_in_time=64)],
        "series": [(Period.day(date(2026, 3, 10 + n)), 5 + n, n) for n in range(3)],
    }
    return facts(**{**made, **given})


def laid_out(
    made: Facts, language: str = "zh-hans", signed: bool = False, title: str = "呼应区月分析"
) -> Laid:
    """A report of these facts as it is laid out for a file."""
    with translation.override(language):
        blocks, measures = written(made)
        text = {"title": title, "period": "2026年3月", "blocks": told(blocks, translation.gettext, language)}
        line = ReportLine(
            1, ReportKind.MONTH, made.area, made.area_name, made.period, 1, Origin.CLOCK, MADE, "系统",
            MADE if signed else None, "刘卫东" if signed else "",
        )  # fmt: skip
        kept = [
            {"who": one.who, "what": {language: str(one.what)}, "by": one.by.isoformat()} for one in measures
        ]
        numbers = [
            KeyNumber(code, {language: str(name)}, int(value.text), value.to)
            for code, name, value in key_numbers(made)
        ]
        report = ReportInfo(
            line, made.unit, {language: text}, kept, numbers, "street_leader" if signed else ""
        )
        return laid(report, language, lambda link: f"https://huying.example.cn/reports/cases?of={link['of']}")


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    # Hyperlinks are no runs of their own for the library; the paragraph's text holds them.
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pdf_text(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def sheet_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.rows for cell in row if cell.value is not None
    )


def test_word_holds_sentences_tables_charts_and_links() -> None:
    data = word_of(laid_out(some()))
    text = docx_text(data)
    assert "本月受理诉求 131 件。比上月（75 件）增加 56 件，增长 74.7%。" in text
    assert "市容环境由上月 30 件增加到 90 件，超出正常波动。" in text
    assert "逾期单位：城管局 3 件。" in text
    assert "签发：（未签发）" in text
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        links = packed.read("word/_rels/document.xml.rels").decode()
        assert "https://huying.example.cn/reports/cases?of=arrived" in links
        assert 'TargetMode="External"' in links
        assert "仿宋" in packed.read("word/document.xml").decode()


def test_tables_of_word_have_room_by_their_words_and_are_not_torn_apart() -> None:
    document = Document(io.BytesIO(word_of(laid_out(some()))))
    measures = next(table for table in document.tables if table.rows[0].cells[0].text == "序号")
    number, what, *_more = [int(column.width) for column in measures.columns]
    assert what > 3 * number
    for table in document.tables:
        assert not table.autofit
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows[1:])
        # Title, head and the rows of a short table stand on one page.
        assert all(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[:-1])
        assert not table.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    titles = [one for one in document.paragraphs if one.text == "措施清单"]
    assert [one.paragraph_format.keep_with_next for one in titles] == [True]
    assert document.sections[0].footer.paragraphs[0].text.startswith("— ")


def test_all_forms_hold_calls_promises_and_emergencies() -> None:
    made = some(
        counts={M.CALLED: 2, M.CALL_LATE: 1, M.CALL_IN_TIME: 1, M.PROMISED: 1, M.PROMISE_BROKEN: 1},
        bodies=[body(7, "城管局", called=1, call_in_time=1), body(8, "水务局", called=1, call_late=1, promise_broken=1)],
        calls=[5], undone={"8": [9]}, alarms=[Alarm(41, "火情", 14, 200, ("119",), True, False)],
    )  # fmt: skip
    laid_in = laid_out(made)
    for text in (docx_text(word_of(laid_in)), sheet_text(sheet_of(laid_in))):
        assert "超时未应答的单位：水务局 1 次。" in text
        assert "未兑现的单位：水务局 1 件。" in text
        assert "移交外部力量：119 1 起。已解除、尚未复盘 1 起。" in text
    with zipfile.ZipFile(io.BytesIO(word_of(laid_in))) as packed:
        links = packed.read("word/_rels/document.xml.rels").decode()
    assert all(f"cases?of={of}" in links for of in ("emergencies", "cases", "counted"))


@chinese
def test_word_draws_its_charts() -> None:
    with zipfile.ZipFile(io.BytesIO(word_of(laid_out(some())))) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 2
        assert all(packed.read(name).startswith(b"\x89PNG") for name in pictures)
        assert 'descr="逐日受理和办结（件）"' in packed.read("word/document.xml").decode()


@chinese
def test_pdf_holds_sentences_tables_and_links() -> None:
    data = pdf_of(laid_out(some(), signed=True))
    text = pdf_text(data)
    assert "本月受理诉求131件。比上月（75件）增加56件，增长74.7%。" in text
    assert "城管局" in text
    assert "签发：刘卫东（街道领导）2026年4月1日" in text
    reader = PdfReader(io.BytesIO(data))
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
    assert "https://huying.example.cn/reports/cases?of=counted" in links
    assert reader.metadata is not None
    assert reader.metadata.title == "呼应区月分析"


def test_excel_holds_numbers_as_numbers_with_links_and_charts_of_its_own() -> None:
    data = sheet_of(laid_out(some()))
    book = openpyxl.load_workbook(io.BytesIO(data))
    numbers = book["主要数字"]
    assert (numbers["A2"].value, numbers["B2"].value) == ("受理诉求", 131)
    assert numbers["B2"].hyperlink.target == "https://huying.example.cn/reports/cases?of=arrived"
    parted = [[cell.value for cell in row] for row in book["按事项分解"].rows]
    assert parted[1][:4] == ["市容环境", 90, 30, 60]
    assert parted[-1][:4] == ["合计", 131, 75, 56]
    assert "本月受理诉求 131 件。" in sheet_text(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        charts = [name for name in packed.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        assert len(charts) == 2


def test_all_forms_are_there_in_english() -> None:
    english = laid_out(some(), "en", signed=True)
    assert "Matters received this month: 131. More than the month before (75), by 56 or 74.7%." in docx_text(
        word_of(english)
    )
    assert "Main numbers" in openpyxl.load_workbook(io.BytesIO(sheet_of(english))).sheetnames
    assert english.signed == "Signed: 刘卫东 (Street leader), 1 Apr 2026"


@pytest.mark.parametrize(
    "name", [HOSTILE_WORDS, "=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "<script>alert(1)</script>"]
)
def test_hostile_words_stay_words_everywhere(name: str) -> None:
    made = some(
        item_names={"01": name, "02": name}, area_names={"990101001": name}, unit=name,
        bodies=[body(7, name, handle_late=3)],
    )  # fmt: skip
    one = laid_out(made, title=name)
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(one)))
    cells = [cell for sheet in book for row in sheet.rows for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert name[:4].strip() in docx_text(word_of(one))
    for drawing in one.parts:
        if isinstance(drawing, Drawing):
            assert "<script" not in svg(drawing, "x")


@chinese
@pytest.mark.parametrize(
    "name", [HOSTILE_WORDS, '#read("/etc/passwd")', "$x$ *bold* `raw` <label> @ref // no"]
)
def test_the_setter_reads_no_words_as_markup(name: str) -> None:
    made = some(unit=name, item_names={"01": name}, bodies=[body(7, name, handle_late=3)])
    text = pdf_text(pdf_of(laid_out(made, title=name)))
    shown = "".join(sign for sign in name if sign.isascii() and sign.isprintable() and not sign.isspace())
    assert shown[:8] in text


def test_without_a_chinese_font_it_is_said_and_word_goes_on_without_its_charts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "known", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.raises(Unavailable, match="中文字体"):
        pdf_of(laid_out(some()))
    text = docx_text(word_of(laid_out(some())))
    assert "（这台机器不能画图：逐日受理和办结（件））" in text
    assert "本月受理诉求 131 件。" in text


@chinese
def test_a_setter_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_TEMPLATE", b"#panic()")
    with pytest.raises(Unavailable, match="PDF 没有排出来"):
        pdf_of(laid_out(some()))


@chinese
def test_an_empty_report_can_be_set_too() -> None:
    empty = laid_out(facts(ReportKind.DAY))
    assert "当日没有受理诉求，也没有办结案件。" in pdf_text(pdf_of(empty))
    assert "当日没有受理诉求，也没有办结案件。" in docx_text(word_of(empty))
    assert "当日没有受理诉求，也没有办结案件。" in sheet_text(sheet_of(empty))


def test_a_chart_of_one_day_or_of_nothing_is_drawn() -> None:
    for values in ([], [0], [7], [1, 1_000_000]):
        names = [str(n) for n in range(len(values))]
        for kind in ("line", "bar"):
            drawn = svg(Drawing("图", kind, "件", names, [("受理", values)]), "Noto Sans")
            assert drawn.startswith("<svg")
            assert "nan" not in drawn
