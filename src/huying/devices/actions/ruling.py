"""What is watched for changed: each time a further version, never an old one overwritten."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.case_rules import is_item
from huying.devices.actions.casework import note
from huying.devices.models import Device, Matter, WatchRule, WatchState
from huying.devices.policy import must_edit
from huying.devices.queries.rules import Rule, newest
from huying.devices.rules.checking import told, wrong_in
from huying.devices.rules.kinds import Follow
from huying.devices.rules.words import UNWATCHED, factor_name
from huying.emergency.queries import plans_of
from huying.kernel.errors import Invalid, NotFound, StaleVersion
from huying.kernel.saying import said


def put_rule(by: Actor, rule: Rule, why: str, now: datetime) -> str:
    """Let a rule watch from now on as it says; its code. The same again adds no version.

    ``rule.version`` is the one the writer saw; a ``code`` of "" makes a new rule. Raises Denied, Invalid (fields named),
    NotFound, StaleVersion.
    """
    must_edit(by)
    rule = _checked(by, rule)
    if not rule.code:
        rule = replace(rule, code=f"r-{uuid4().hex[:12]}", version=0)
        return _add(by, rule, None, why, now)
    known = newest(by.district).get(rule.code)
    if known is None:
        raise NotFound
    if rule == known.rule and not known.ended:
        return rule.code
    if rule.version != known.rule.version:
        raise StaleVersion("您打开之后有人改过这条规则，请对照最新的一版再保存。")
    return _add(by, rule, known.rule, why, now)


def end_rule(by: Actor, code: str, why: str, now: datetime) -> None:
    """Watch by it no more; its matters are closed, their cases go on. Twice changes nothing. Raises Denied, NotFound."""
    must_edit(by)
    known = newest(by.district).get(code)
    if known is None:
        raise NotFound
    if not known.ended:
        _add(by, known.rule, known.rule, why or "不再使用", now, ended=True)


def _checked(by: Actor, rule: Rule) -> Rule:
    emergency = rule.emergency if rule.follow is Follow.EMERGENCY else ""
    rule = replace(rule, name=rule.name.strip(), emergency=emergency)
    wrong = dict(wrong_in(rule.name, rule.factor, rule.watch, rule.follow, emergency, rule.urgency))
    if emergency and emergency not in {plan.code for plan in plans_of(by.district)}:
        wrong["emergency"] = said("没有这种紧急情况。")
    if rule.item and not is_item(by.district, rule.item):
        wrong["item"] = said("职责清单里没有这个事项。")
    if rule.device_id is not None:
        kind = (
            Device.objects.filter(district=by.district, id=rule.device_id)
            .values_list("kind", flat=True)
            .first()
        )
        if kind != rule.kind.value:
            wrong["device_id"] = said("没有这台设备，或不是这一类。")
    if wrong:
        raise Invalid(fields=wrong)
    return rule


def _add(by: Actor, rule: Rule, before: Rule | None, why: str, now: datetime, *, ended: bool = False) -> str:
    watch = rule.watch
    try:
        with transaction.atomic():
            WatchRule.objects.create(
                district=by.district, code=rule.code, version=rule.version + 1, name=rule.name, kind=rule.kind.value,
                device_id=rule.device_id, factor=rule.factor, compare=watch.compare.value, limit=watch.limit,
                over=watch.over, hold=watch.hold, quorum=watch.quorum, metres=watch.metres, flaps=watch.flaps,
                light=watch.light.value, follow=rule.follow.value, emergency=rule.emergency, item=rule.item,
                urgency=rule.urgency, ended=ended, why=why.strip()[:200], made_at=now, made_by=by.name[:60],
                made_by_account=by.account_id,
            )  # fmt: skip
            if before is not None and (ended or _scope(rule) != _scope(before)):
                forget_states(by.district, now, rule=rule.code)
            deed = Deed.END if ended else Deed.CHANGE if before else Deed.CREATE
            after = {**_told(rule), "为什么改": why.strip()}
            new = NewChange(Subject.WATCH, rule.code, rule.name, deed, _told(before) if before else {}, after)
            note_change(by, new, now)
    except IntegrityError:
        raise StaleVersion("刚刚有人改过这条规则，请对照最新的一版再保存。") from None
    return rule.code


def forget_states(district: int, now: datetime, **which: str | int) -> None:
    """What is remembered of a rule or of a device is dropped; matters that were open end now, and their cases are told.

    In a transaction.
    """
    states = WatchState.objects.filter(district=district, **which)
    matters = [number for number in states.values_list("matter_id", flat=True) if number is not None]
    rows = Matter.objects.filter(district=district, id__in=matters, until=None)
    cases = [number for number in rows.order_by("id").values_list("case_id", flat=True) if number is not None]
    rows.update(until=now)
    states.delete()
    for case_id in dict.fromkeys(cases):
        note(district, case_id, UNWATCHED, now)


def _scope(rule: Rule) -> tuple[object, ...]:
    return (rule.kind, rule.device_id, rule.factor)


def _told(rule: Rule) -> dict[str, str]:
    return {
        "名称": rule.name,
        "设备": rule.kind.zh + (f" {rule.device_id}" if rule.device_id else ""),
        "规则": told(factor_name(rule.factor), rule.watch),
        "结果": rule.follow.zh + (f" {rule.emergency}" if rule.emergency else ""),
        "事项": rule.item,
        "紧急程度": str(rule.urgency),
    }
