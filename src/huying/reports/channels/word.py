"""A report as Word, by the measures of official documents (GB/T 9704): 仿宋 for the text, 黑体 for headings, A4."""

import io
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from huying.kernel.errors import Unavailable
from huying.reports.channels.laying import Cell, Drawing, Grid, Head, Laid, Part, Words
from huying.reports.channels.pdf import png_of, widths

_BODY, _HEADS, _TITLE = "仿宋", "黑体", "宋体"
_TEXT_WIDE: Final = 156
# So many rows stand on one page; longer tables are parted between rows.
_KEPT_WHOLE: Final = 12
_LINK: Final = "1F4E8C"


def word_of(laid: Laid) -> bytes:
    """The report as a .docx. Where charts cannot be drawn the file says so in their place."""
    document = Document()
    _page(document, laid)
    _line(document, laid.title, _TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _line(document, laid.period, _BODY, 14, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, laid.unit, _BODY, 14)
    _line(document, laid.made, _BODY, 14)
    for part in laid.parts:
        _part(document, part)
    if laid.signed:
        _line(document, laid.signed, _BODY, 14, WD_ALIGN_PARAGRAPH.RIGHT)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: Any, laid: Laid) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title = laid.title
    document.core_properties.author = laid.unit
    document.core_properties.language = laid.language
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # — 1 —, as official documents number their pages.
    _run(footer, "— ", _TITLE, 14)
    run = footer.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    _run(footer, " —", _TITLE, 14)


def _line(
    document: Any,
    text: str,
    font: str,
    size: float,
    align: Any = WD_ALIGN_PARAGRAPH.LEFT,
    *,
    bold: bool = False,
    with_next: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.keep_with_next = with_next
    if with_next:
        paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font, size, bold=bold)


def _run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _part(document: Any, part: Part) -> None:
    match part:
        case Head():
            heading = document.add_heading(level=1)
            _run(heading, part.text, _HEADS, 16, bold=False)
            heading.runs[0].font.color.rgb = RGBColor(0, 0, 0)
        case Words():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(28)
            paragraph.paragraph_format.line_spacing = 1.5
            _pieces(paragraph, part.pieces, 14)
        case Grid():
            _grid(document, part)
        case Drawing():
            _drawing(document, part)


def _pieces(paragraph: Any, pieces: Sequence[Cell], size: float) -> None:
    for piece in pieces:
        if piece.href:
            _linked(paragraph, piece, size)
        else:
            _run(paragraph, piece.text, _BODY, size)


def _linked(paragraph: Any, piece: Cell, size: float) -> None:
    """The library has no hyperlinks of its own: a relationship of the part, and the run within its element."""
    to = paragraph.part.relate_to(piece.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), to)
    _run(paragraph, piece.text, _BODY, size)
    run = paragraph.runs[-1]
    run.font.color.rgb = RGBColor.from_string(_LINK)
    link.append(run._r)
    paragraph._p.append(link)


def _grid(document: Any, grid: Grid) -> None:
    _line(document, grid.title, _HEADS, 12, WD_ALIGN_PARAGRAPH.CENTER, with_next=True)
    table = document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    # Left to themselves programs make all columns alike.
    table.autofit = False
    wide = widths(grid)
    for column, head in enumerate(grid.heads):
        cell = table.rows[0].cells[column]
        _shaded(cell)
        _tight(cell.paragraphs[0], WD_ALIGN_PARAGRAPH.CENTER)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _run(cell.paragraphs[0], head, _HEADS, 10.5)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    whole = len(grid.rows) <= _KEPT_WHOLE
    for place, row in enumerate(grid.rows, start=1):
        added = table.add_row()
        # A row is not parted between two pages.
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, pieces in enumerate(row):
            paragraph = added.cells[column].paragraphs[0]
            _tight(paragraph, WD_ALIGN_PARAGRAPH.RIGHT if column >= grid.texts else WD_ALIGN_PARAGRAPH.LEFT)
            paragraph.paragraph_format.keep_with_next = whole and place < len(grid.rows)
            _pieces(paragraph, pieces, 10.5)
    for column, room in enumerate(wide):
        width = Mm(_TEXT_WIDE * room / sum(wide))
        table.columns[column].width = width
        for cell in table.columns[column].cells:
            cell.width = width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(10)


def _tight(paragraph: Any, align: Any) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)


def _shaded(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EFEFEF")
    cell._tc.get_or_add_tcPr().append(shade)


def _drawing(document: Any, drawing: Drawing) -> None:
    title = drawing.label
    try:
        picture = png_of(drawing)
    except Unavailable:
        _line(document, _("（这台机器不能画图：%(title)s）") % {"title": title}, _BODY, 12)
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(_TEXT_WIDE))
    shape._inline.docPr.set("descr", title)
    _line(document, title, _HEADS, 12, WD_ALIGN_PARAGRAPH.CENTER)
