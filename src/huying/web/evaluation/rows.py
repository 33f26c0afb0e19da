"""The ranked rows of the board, put together without the template engine: hundreds of cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from huying.web.drawing import said


def ranked_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """One row a body, area or class: ``rank``, ``name`` and ``cells`` with ``words``, ``href``, ``of``, ``label``."""
    return mark_safe("".join(map(_ranked, rows)))


def total_cells(cells: Iterable[Mapping[str, str]]) -> SafeString:
    """The cells of the last row."""
    return mark_safe("".join(f'<td class="figure">{_shown(cell, cell["words"])}</td>' for cell in cells))


def _ranked(row: Mapping[str, Any]) -> str:
    cells: Sequence[Mapping[str, str]] = row["cells"]
    drawn = "".join(
        f'<td class="figure" data-label="{said(cell["label"])}">{_cell(cell)}</td>' for cell in cells
    )
    return f'<tr><td class="number">{row["rank"] or "—"}</td><th scope="row">{said(row["name"])}</th>{drawn}</tr>'


def _cell(cell: Mapping[str, str]) -> str:
    return _shown(cell, f'<span class="faint">{said(cell["words"])}</span>')


def _shown(cell: Mapping[str, str], bare: str) -> str:
    if not cell["href"]:
        return bare
    return f'<a href="{said(cell["href"])}" title="{said(cell["of"])}">{said(cell["words"])}</a>'
