"""What follows from a kind of alarm changed: each time a further version."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.catalogue.queries import item as item_line
from huying.emergency.queries import plans_of
from huying.kernel.errors import Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.video.models import AlarmRule
from huying.video.policy import must_set
from huying.video.queries.rules import standing_of
from huying.video.rules.checking import told, wrong_in
from huying.video.rules.kinds import AlarmFollow
from huying.video.rules.standing import Standing


def put_standing(by: Actor, rule: Standing, why: str, now: datetime) -> None:
    """Let a kind of alarm lead to what the rule says from now on. The same again adds no version.

    ``rule.version`` is the one the writer saw. Raises Denied, Invalid (fields named), StaleVersion.
    """
    must_set(by)
    if rule.follow is not AlarmFollow.EMERGENCY:
        rule = replace(rule, emergency="")
    held = standing_of(by.district)
    _check(by, rule, why)
    _check_words(rule, {word for kind, one in held.items() if kind is not rule.kind for word in one.words})
    known = held[rule.kind]
    if replace(rule, version=known.version) == known:
        return
    if rule.version != known.version:
        raise StaleVersion("您打开之后有人改过这条规则，请对照最新的一版再保存。")
    try:
        with transaction.atomic():
            AlarmRule.objects.create(
                district=by.district, kind=rule.kind.value, version=known.version + 1, follow=rule.follow.value,
                emergency=rule.emergency, item=rule.item, urgency=rule.urgency, window=rule.window, least=rule.least,
                keep_days=rule.keep_days, words=list(rule.words), why=why.strip(), made_at=now,
                made_by=by.name[:60], made_by_account=by.account_id,
            )  # fmt: skip
            after = {**_told(rule), "为什么改": why.strip()}
            new = NewChange(Subject.VIDEO, rule.kind.value, rule.kind.zh, Deed.CHANGE, _told(known), after)
            note_change(by, new, now)
    except IntegrityError:
        raise StaleVersion("刚刚有人改过这条规则，请对照最新的一版再保存。") from None


def _check(by: Actor, rule: Standing, why: str) -> None:
    wrong = dict(wrong_in(rule))
    if rule.emergency and rule.emergency not in {plan.code for plan in plans_of(by.district)}:
        wrong["emergency"] = said("没有这种紧急情况。")
    if rule.item and not _is_item(by.district, rule.item):
        wrong["item"] = said("职责清单里没有这个事项。")
    if len(why.strip()) > 200:
        wrong["why"] = said("最多 200 字。")
    if wrong:
        raise Invalid(fields=wrong)


def _check_words(rule: Standing, others: set[str]) -> None:
    taken = next((word for word in rule.words if word in others), None)
    if taken is not None:
        raise Invalid(fields={"words": said("“%(word)s”已是另一类的叫法。", word=taken)})


def _is_item(district: int, code: str) -> bool:
    try:
        return bool(item_line(district, code))
    except NotFound:
        return False


def _told(rule: Standing) -> dict[str, str]:
    return {
        "结果": rule.follow.zh + (f" {rule.emergency}" if rule.emergency else ""),
        "规则": told(rule),
        "事项": rule.item,
        "紧急程度": str(rule.urgency),
        "叫法": "，".join(rule.words),
    }
