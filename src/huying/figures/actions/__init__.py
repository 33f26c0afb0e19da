"""The only writers of figures."""

from huying.figures.actions.counting import count_entries
from huying.figures.actions.formulas import NewFormula, write_formula

__all__ = ["NewFormula", "count_entries", "write_formula"]
