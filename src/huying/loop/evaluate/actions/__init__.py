"""The only writers of follow-up plans and of what they ask, and the steps that evaluation takes by rule."""

from huying.loop.evaluate.actions.closing import (
    close_heard,
    close_unanswered,
    supervise_reworked,
    supervise_unhappy,
)
from huying.loop.evaluate.actions.planning import plan_askings
from huying.loop.evaluate.actions.setting import set_plans, set_rule

__all__ = [
    "close_heard",
    "close_unanswered",
    "plan_askings",
    "set_plans",
    "set_rule",
    "supervise_reworked",
    "supervise_unhappy",
]
