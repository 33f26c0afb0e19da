"""The only readers of how things stand."""

from huying.loop.supervise.queries.late import WorstPage, worst_for
from huying.loop.supervise.queries.oversight import Oversight, OversightRow, oversight_for
from huying.loop.supervise.queries.scopes import Scope, scope_for, whole_scope_for

__all__ = [
    "Oversight",
    "OversightRow",
    "Scope",
    "WorstPage",
    "oversight_for",
    "scope_for",
    "whole_scope_for",
    "worst_for",
]
