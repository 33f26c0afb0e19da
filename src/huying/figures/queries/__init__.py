"""The only readers of figures."""

from huying.figures.queries.boards.board import (
    Board,
    BoardRow,
    board_for,
    cell_for,
    days_for,
    formulas_for,
    months_for,
)
from huying.figures.queries.boards.closed import ClosedInfo
from huying.figures.queries.boards.months import months_by_area_for
from huying.figures.queries.boards.opening import BESIDE, Event, Opened, behind_for, counted_with
from huying.figures.queries.boards.rankings import RankedRow, Ranking, kept_cell_for, ranking_for
from huying.figures.queries.exemptions import (
    ExemptionInfo,
    exemption_for,
    exemptions_for,
    exemptions_of_case,
    offers_for,
    waiting_exemptions,
)
from huying.figures.queries.matters import matter_of, matters_for
from huying.figures.queries.periods import (
    PeriodInfo,
    closed_version,
    closing_for,
    current_period,
    periods_for,
)
from huying.figures.queries.ratings import handled_for, ratings_for
from huying.figures.queries.versions import FormulaInfo, RuleInfo, formula_versions_for, rule_versions_for

__all__ = [
    "BESIDE",
    "Board",
    "BoardRow",
    "ClosedInfo",
    "Event",
    "ExemptionInfo",
    "FormulaInfo",
    "Opened",
    "PeriodInfo",
    "RankedRow",
    "Ranking",
    "RuleInfo",
    "behind_for",
    "board_for",
    "cell_for",
    "closed_version",
    "closing_for",
    "counted_with",
    "current_period",
    "days_for",
    "exemption_for",
    "exemptions_for",
    "exemptions_of_case",
    "formula_versions_for",
    "formulas_for",
    "handled_for",
    "kept_cell_for",
    "matter_of",
    "matters_for",
    "months_by_area_for",
    "months_for",
    "offers_for",
    "periods_for",
    "ranking_for",
    "ratings_for",
    "rule_versions_for",
    "waiting_exemptions",
]
