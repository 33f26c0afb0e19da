"""Under which item what comes of devices becomes a case: each time a further version."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.catalogue.queries import item as item_line
from huying.devices.models import CaseRule
from huying.devices.policy import must_edit
from huying.devices.queries.case_rules import case_rule_of
from huying.devices.rules.kinds import RULED, MatterKind
from huying.kernel.errors import Invalid, NotFound, StaleVersion
from huying.kernel.saying import said


def put_case_rule(by: Actor, kind: MatterKind, item: str, urgency: int, why: str, now: datetime) -> None:
    """Under which item cases of this kind stand from now on ("": the centre decides), and how urgent.

    Raises Denied, NotFound for a kind that is not ruled so, Invalid (fields named), StaleVersion.
    """
    must_edit(by)
    if kind not in RULED:
        raise NotFound
    before = case_rule_of(by.district, kind)
    wrong = {} if 0 <= urgency <= 3 else {"urgency": said("紧急程度是 0 到 3。")}
    if item and not is_item(by.district, item):
        wrong["item"] = said("职责清单里没有这个事项。")
    if wrong:
        raise Invalid(fields=wrong)
    if (item, urgency) == (before.item, before.urgency):
        return
    try:
        with transaction.atomic():
            CaseRule.objects.create(
                district=by.district, kind=kind.value, version=before.version + 1, item=item, urgency=urgency,
                why=why.strip()[:200], made_at=now, made_by=by.name[:60], made_by_account=by.account_id,
            )  # fmt: skip
            told_before = {"事项": before.item, "紧急程度": str(before.urgency)}
            told_after = {"事项": item, "紧急程度": str(urgency), "为什么改": why.strip()}
            new = NewChange(Subject.WATCH, kind.value, kind.zh, Deed.CHANGE, told_before, told_after)
            note_change(by, new, now)
    except IntegrityError:
        raise StaleVersion("刚刚有人改过，请看清最新的再保存。") from None


def is_item(district: int, code: str) -> bool:
    """Whether the list in force has it."""
    try:
        return bool(item_line(district, code))
    except NotFound:
        return False
