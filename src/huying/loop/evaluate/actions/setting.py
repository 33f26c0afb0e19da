"""A district's own rule for follow-ups."""

from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.loop.evaluate.models import RuleRow
from huying.loop.evaluate.rules import FollowUpRule


def set_rule(by: Actor, rule: FollowUpRule, now: datetime) -> None:
    """Let the rule hold in the actor's district from now on. Raises Denied."""
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    RuleRow.objects.update_or_create(
        district=by.district,
        defaults={
            "days": rule.days,
            "sample_percent": rule.sample_percent,
            "changed_at": now,
            "changed_by": by.account_id,
        },
    )
