"""The only readers of figures."""

from huying.figures.queries.board import (
    Board,
    BoardRow,
    board_for,
    cell_for,
    days_for,
    formulas_for,
    months_for,
)
from huying.figures.queries.opening import Event, Opened, behind_for, counted_with
from huying.figures.queries.versions import FormulaInfo, formula_versions_for

__all__ = [
    "Board",
    "BoardRow",
    "Event",
    "FormulaInfo",
    "Opened",
    "behind_for",
    "board_for",
    "cell_for",
    "counted_with",
    "days_for",
    "formula_versions_for",
    "formulas_for",
    "months_for",
]
