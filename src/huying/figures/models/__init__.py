"""What is counted and how it is judged. Only ``huying.figures.actions`` writes these rows."""

from huying.figures.models.counts import FactCase, Hands, PostFact, Tally
from huying.figures.models.exemptions import Exemption
from huying.figures.models.matters import MatterScore
from huying.figures.models.periods import ClosedPeriod, ClosedRow, Reopening
from huying.figures.models.ratings import StreetRating
from huying.figures.models.versions import FormulaVersion, RuleVersion

__all__ = [
    "ClosedPeriod",
    "ClosedRow",
    "Exemption",
    "FactCase",
    "FormulaVersion",
    "Hands",
    "MatterScore",
    "PostFact",
    "Reopening",
    "RuleVersion",
    "StreetRating",
    "Tally",
]
