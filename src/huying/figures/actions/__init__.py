"""The only writers of figures."""

from huying.figures.actions.counting import count_entries
from huying.figures.actions.exempting import NewExemption, ask_exemption, decide_exemption
from huying.figures.actions.formulas import NewFormula, write_formula
from huying.figures.actions.periods import close_period, reopen_period
from huying.figures.actions.rating import NewRating, rate
from huying.figures.actions.rules import write_rule

__all__ = [
    "NewExemption",
    "NewFormula",
    "NewRating",
    "ask_exemption",
    "close_period",
    "count_entries",
    "decide_exemption",
    "rate",
    "reopen_period",
    "write_formula",
    "write_rule",
]
