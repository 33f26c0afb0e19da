"""When callers are asked again, and when a case closes by itself. Plain Python."""

from huying.loop.evaluate.rules.following import DEFAULT_RULE, MOST_UNHAPPY, FollowUpRule, is_sampled

__all__ = ["DEFAULT_RULE", "MOST_UNHAPPY", "FollowUpRule", "is_sampled"]
