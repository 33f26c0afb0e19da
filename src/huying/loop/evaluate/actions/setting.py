"""A district's own rule and plans for follow-ups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied
from huying.loop.evaluate.models import PlanEdition, RuleRow
from huying.loop.evaluate.queries import edition_of, rule_of
from huying.loop.evaluate.rules import FollowUpRule, Plan
from huying.loop.evaluate.rules.plans import check_all, said_of, words_of

# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 7_231


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


def set_plans(by: Actor, plans: Sequence[Plan], now: datetime, expected: int | None = None) -> int:
    """Let these plans hold in the actor's district from now on, in this order; the number of their edition.

    What was chosen before goes on as it was chosen. What says the same is no further edition.
    ``expected`` is the edition that was on the screen.

    Raises Denied; Invalid, which names what is wrong; Conflict where another edition holds by now.
    """
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    check_all(plans)
    said = [said_of(one) for one in plans]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, by.district])
        before = edition_of(by.district)
        if before.number and [said_of(one) for one in before.plans] == said:
            return before.number
        if expected is not None and expected != before.number:
            raise Conflict("回访计划刚被改过，请看过现在的计划再改。")
        row = PlanEdition.objects.create(
            district=by.district, number=before.number + 1, plans=said, made_at=now, made_by=by.account_id
        )
        told = NewChange(
            Subject.FOLLOW_UP, "plans", "回访计划", Deed.CHANGE, words_of(before.plans), words_of(plans)
        )
        note_change(by, told, now)
    return row.number
