"""The only writers of follow-up plans, and the steps that evaluation takes by rule."""

from huying.loop.evaluate.actions.closing import close_heard, close_unanswered, supervise_unhappy
from huying.loop.evaluate.actions.sampling import keep_samples
from huying.loop.evaluate.actions.setting import set_rule

__all__ = ["close_heard", "close_unanswered", "keep_samples", "set_rule", "supervise_unhappy"]
