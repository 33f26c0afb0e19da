"""A district's own rule for follow-ups."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Denied
from huying.loop.evaluate.models import RuleRow
from huying.loop.evaluate.queries import rule_of
from huying.loop.evaluate.rules import FollowUpRule


@transaction.atomic
def set_rule(by: Actor, rule: FollowUpRule, now: datetime) -> None:
    """Let the rule hold in the actor's district from now on. Raises Denied."""
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    before = rule_of(by.district)
    RuleRow.objects.update_or_create(
        district=by.district,
        defaults={
            "days": rule.days,
            "sample_percent": rule.sample_percent,
            "changed_at": now,
            "changed_by": by.account_id,
        },
    )
    told = NewChange(Subject.FOLLOW_UP, "rule", "回访规则", Deed.CHANGE, _words(before), _words(rule))
    note_change(by, told, now)


def _words(rule: FollowUpRule) -> dict[str, str]:
    return {"联系不上满几天结案": str(rule.days), "当场答复抽查比例": f"{rule.sample_percent}%"}
