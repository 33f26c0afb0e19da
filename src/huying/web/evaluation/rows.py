"""The ranked rows of the board, put together without the template engine: hundreds of cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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
        f'<td class="figure" data-label="{said(cell["label"])}">{_cell(cell)}{_change(row, cell)}</td>'
        for cell in cells
    )
    name = said(row["name"])
    if row.get("inside"):
        name = f'<a href="{said(row["inside"])}">{name}</a>'
    opens = row.get("inside") or next((cell["href"] for cell in cells if cell["href"]), "")
    mark = f' data-href="{said(opens)}"' if opens else ""
    return f'<tr{mark}><td class="number">{_rank(row)}</td><th scope="row">{name}</th>{drawn}</tr>'


def _rank(row: Mapping[str, Any]) -> str:
    """The rank, and where it was another one in the period before, which; where there is none, why."""
    rank, was = row["rank"], row.get("was")
    if not rank and row.get("few"):
        return f'— <small class="faint was">{said(row["few"])}</small>'
    if not rank or not was or rank == was:
        return str(rank or "—")
    return f'{rank} <small class="faint was">{said(_("上期 %(n)d") % {"n": was})}</small>'


def _cell(cell: Mapping[str, str]) -> str:
    return _shown(cell, f'<span class="faint">{said(cell["words"])}</span>')


def _change(row: Mapping[str, Any], cell: Mapping[str, str]) -> str:
    """Beside the figure that ranks: by how much it changed."""
    changed = row.get("change") if cell["code"] == row.get("order") else ""
    return f' <small class="faint was">{said(changed)}</small>' if changed else ""


def _shown(cell: Mapping[str, str], bare: str) -> str:
    if not cell["href"]:
        return bare
    return f'<a href="{said(cell["href"])}" title="{said(cell["of"])}">{said(cell["words"])}</a>'
