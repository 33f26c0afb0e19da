"""Rows of this domain: what is asked, what is planned, what was done."""

from huying.visits.models.setting import Absence, Arrangement, Checklist, StandardVersion
from huying.visits.models.visits import Change, Need, Plan, Record, Visit

__all__ = [
    "Absence",
    "Arrangement",
    "Change",
    "Checklist",
    "Need",
    "Plan",
    "Record",
    "StandardVersion",
    "Visit",
]
