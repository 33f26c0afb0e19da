"""Whom to ask, by which way and how long, and when a case closes by itself. Plain Python."""

from huying.loop.evaluate.rules.following import (
    DEFAULT_RULE,
    MOST_REWORKS,
    MOST_UNHAPPY,
    FollowUpRule,
    is_sampled,
)
from huying.loop.evaluate.rules.plans import Ask, AskWay, CaseFacts, Matters, Plan, choose, platform_plans
from huying.loop.evaluate.rules.risk import POINTS, Risk

__all__ = [
    "DEFAULT_RULE",
    "MOST_REWORKS",
    "MOST_UNHAPPY",
    "POINTS",
    "Ask",
    "AskWay",
    "CaseFacts",
    "FollowUpRule",
    "Matters",
    "Plan",
    "Risk",
    "choose",
    "is_sampled",
    "platform_plans",
]
