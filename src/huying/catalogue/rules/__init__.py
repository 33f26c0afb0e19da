"""The list's vocabulary and its rules, in plain Python."""

from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.kinds import AppealKind, EditionState, Evidence, ItemType, Level
from huying.catalogue.rules.limits import DEFAULTS, Limits
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine, ItemText

__all__ = [
    "DEFAULTS",
    "AppealKind",
    "ConditionLine",
    "Content",
    "Duty",
    "EditionState",
    "Evidence",
    "ItemLine",
    "ItemText",
    "ItemType",
    "Level",
    "Limits",
]
