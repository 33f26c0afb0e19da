"""The rule for follow-ups that holds in a district."""

from huying.loop.evaluate.models import RuleRow
from huying.loop.evaluate.rules import DEFAULT_RULE, FollowUpRule


def rule_of(district: int) -> FollowUpRule:
    row = RuleRow.objects.filter(district=district).first()
    return FollowUpRule(row.days, row.sample_percent) if row else DEFAULT_RULE
