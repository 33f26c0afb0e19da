"""Whom to ask about what was done."""

from huying.loop.evaluate.queries.due import FollowUp, FollowUpPage, due_follow_ups_for, samples_for
from huying.loop.evaluate.queries.rule import rule_of

__all__ = ["FollowUp", "FollowUpPage", "due_follow_ups_for", "rule_of", "samples_for"]
