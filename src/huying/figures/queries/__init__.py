"""The only readers of figures."""

from huying.figures.queries.board import Board, BoardRow, board_for, days_for, formulas_for
from huying.figures.queries.opening import Opened, behind_for

__all__ = ["Board", "BoardRow", "Opened", "behind_for", "board_for", "days_for", "formulas_for"]
