"""The only writers of the ground and of plans."""

from huying.gridding.actions.drawing import KIND, draw, draw_behind
from huying.gridding.actions.planning import ask_plan, drop_plan, redraw_plan
from huying.gridding.actions.publishing import publish_plan, withdraw_plan
from huying.gridding.actions.stocking import clear_sites, import_sites, put_sites

__all__ = [
    "KIND",
    "ask_plan",
    "clear_sites",
    "draw",
    "draw_behind",
    "drop_plan",
    "import_sites",
    "publish_plan",
    "put_sites",
    "redraw_plan",
    "withdraw_plan",
]
