"""A report as PDF, set by typst: the words are data, so that nothing a person wrote becomes markup."""

import logging
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from huying.kernel.errors import Unavailable
from huying.reports.channels.drawing import svg
from huying.reports.channels.fonts import body_and_heads, known
from huying.reports.channels.laying import Cell, Drawing, Grid, Head, Laid, Part, Words

_log = logging.getLogger(__name__)
_TEMPLATE: Final = (Path(__file__).parent / "report.typ").read_bytes()
_PICTURE: Final = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", width: 160mm)\n'
)
_DOTS: Final = 200
# Signs: a column is never narrower, and one of words never wider beside others.
_LEAST_WIDE, _MOST_WIDE = 7, 40
_NARROW: Final = 0x2E80


def pdf_of(laid: Laid) -> bytes:
    """The report as PDF. Raises Unavailable where there is no Chinese font, or the setter fails."""
    body, heads = body_and_heads()
    report = {
        "title": laid.title, "period": laid.period, "unit": laid.unit, "made": laid.made, "signed": laid.signed,
        "lang": "en" if laid.language == "en" else "zh", "fonts": {"body": body, "heads": heads},
        "parts": [_part(part, heads) for part in laid.parts],
    }  # fmt: skip
    return _compiled(_TEMPLATE, "pdf", {"report": orjson.dumps(report).decode()})


def png_of(drawing: Drawing) -> bytes:
    """A chart as PNG, for files that take no vectors. Raises Unavailable as ``pdf_of`` does."""
    return _compiled(_PICTURE, "png", {"svg": svg(drawing, body_and_heads()[1])})


def _compiled(template: bytes, form: Any, inputs: dict[str, str]) -> bytes:
    try:
        made = typst.compile(template, font_paths=known(), format=form, ppi=_DOTS, sys_inputs=inputs)
    except (typst.TypstError, RuntimeError) as error:
        _log.exception("a report was not set")
        raise Unavailable("PDF 没有排出来，请稍后再试；网页、Word 和 Excel 照常可用。") from error
    if isinstance(made, list):
        return made[0]
    return made or b""


def _part(part: Part, font: str) -> dict[str, Any]:
    match part:
        case Head():
            return {"is": "head", "text": part.text}
        case Words():
            return {"is": "words", "pieces": _pieces(part.pieces)}
        case Grid():
            rows = [[_pieces(cell) for cell in row] for row in part.rows]
            return {"is": "grid", "title": part.title, "heads": list(part.heads), "rows": rows, "texts": part.texts,
                    "widths": widths(part)}  # fmt: skip
        case Drawing():
            return {"is": "chart", "title": part.title, "label": part.label, "svg": svg(part, font)}


def widths(grid: Grid) -> list[int]:
    """The room of each column: more for words the more of them there are."""
    found = []
    for column, head in enumerate(grid.heads):
        longest = max([_long(row[column]) for row in grid.rows] + [_breadth(head)])
        found.append(max(_LEAST_WIDE, min(_MOST_WIDE, longest + 3)))
    return found


def _long(cell: Any) -> int:
    return sum(_breadth(piece.text) for piece in cell)


def _breadth(words: str) -> int:
    """A Chinese sign takes the room of two others."""
    return sum(2 if ord(sign) > _NARROW else 1 for sign in words)


def _pieces(found: Any) -> list[dict[str, str]]:
    return [{"text": one.text, "href": one.href} for one in found if isinstance(one, Cell)]
