"""The only readers of the ground and of plans; they answer with plain values."""

from huying.gridding.queries.ground import Known, known_of
from huying.gridding.queries.plans import (
    GridRow,
    PlanInfo,
    grids_of,
    plan_features,
    plan_for,
    plans_for,
    today_features,
)
from huying.gridding.queries.scopes import scopes_for, today_count
from huying.gridding.queries.stock import Stock, stock_of

__all__ = [
    "GridRow",
    "Known",
    "PlanInfo",
    "Stock",
    "grids_of",
    "known_of",
    "plan_features",
    "plan_for",
    "plans_for",
    "scopes_for",
    "stock_of",
    "today_count",
    "today_features",
]
