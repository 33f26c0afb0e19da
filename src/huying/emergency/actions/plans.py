"""Plans and skills changed: each time a further version, never an old one overwritten."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.emergency.models import PlanVersion, Skill
from huying.emergency.queries.plans import plans_of, skills_of, versions_of
from huying.emergency.rules.plans import Plan, check, rings_text
from huying.kernel.errors import Denied, Invalid, NotFound, StaleVersion
from huying.kernel.saying import said


def put_plan(by: Actor, plan: Plan, why: str, now: datetime) -> int:
    """Let a plan hold from now on for cards opened from now on; the number of its version. The same again adds none.

    ``plan.version`` is the one the writer saw; a ``code`` of "" makes a new kind. Raises Denied, Invalid (fields
    named), StaleVersion, NotFound.
    """
    if not plan.code:
        make_plan(by, plan, why, now)
        return 1
    _must(by)
    check(plan, list(skills_of(by.district)))
    newest = versions_of(by.district, plan.code)[0]
    if plan == newest.plan and not newest.ended:
        return newest.plan.version
    if plan.version != newest.plan.version:
        raise StaleVersion("您打开之后有人改过这个预案，请对照最新的一版再保存。")
    return _add(by, replace(plan, version=plan.version + 1), newest.plan, why, now)


def make_plan(by: Actor, plan: Plan, why: str, now: datetime) -> str:
    """A kind of the district's own, whatever code the plan bears; its code. Raises Denied, Invalid (fields named)."""
    _must(by)
    check(plan, list(skills_of(by.district)))
    code = f"own-{uuid4().hex[:12]}"
    _add(by, replace(plan, code=code, version=1), None, why, now)
    return code


def restore_plan(by: Actor, code: str, version: int, now: datetime) -> int:
    """Let an earlier version hold again, as a new one. Raises Denied, NotFound."""
    _must(by)
    versions = versions_of(by.district, code)
    earlier = next((one.plan for one in versions if one.plan.version == version), None)
    if earlier is None:
        raise NotFound
    newest = versions[0]
    if replace(earlier, version=newest.plan.version) == newest.plan and not newest.ended:
        return newest.plan.version
    again = replace(earlier, version=newest.plan.version + 1)
    return _add(by, again, newest.plan, f"恢复第 {version} 版" if version else "恢复平台原有预案", now)


def end_plan(by: Actor, code: str, now: datetime) -> None:
    """Offer a kind no more; cards that are open go on. Twice changes nothing. Raises Denied, NotFound, Invalid."""
    _must(by)
    newest = versions_of(by.district, code)[0]
    if newest.ended:
        return
    if len(plans_of(by.district)) == 1:
        raise Invalid("至少要留一种。")
    _add(by, replace(newest.plan, version=newest.plan.version + 1), newest.plan, "不再使用", now, ended=True)


def put_skill(by: Actor, name: str, now: datetime, code: str = "") -> str:
    """A new skill, or another name for one; its code. Raises Denied, Invalid, NotFound."""
    _must(by)
    wanted = " ".join(name.split())
    if not 0 < len(wanted) <= 20:
        raise Invalid("技能名称最多 20 字。", fields={"name": "技能名称最多 20 字。"})
    known = skills_of(by.district, ended=True)
    if any(one == wanted and other != code for other, one in known.items()):
        raise Invalid("已经有这项技能了。", fields={"name": "已经有了"})
    if code and code not in known:
        raise NotFound
    code = code or f"own-{uuid4().hex[:12]}"
    _keep_skill(by, code, {"name": wanted, "ended_at": None}, known.get(code, ""), wanted, now)
    return code


def end_skill(by: Actor, code: str, now: datetime) -> None:
    """Give a skill to nobody new; who has it keeps it. Raises Denied, NotFound, Invalid while a plan asks for it."""
    _must(by)
    name = skills_of(by.district, ended=True).get(code)
    if name is None:
        raise NotFound
    asking = [plan.name for plan in plans_of(by.district) if code in plan.skills]
    if asking:
        raise Invalid(said("预案“%(plan)s”还要这项技能，请先改预案。", plan=asking[0]))
    _keep_skill(by, code, {"name": name, "ended_at": now}, name, "", now)


def _keep_skill(
    by: Actor, code: str, values: dict[str, object], before: str, after: str, now: datetime
) -> None:
    with transaction.atomic():
        Skill.objects.update_or_create(
            district=by.district,
            code=code,
            defaults=values,
            create_defaults={**values, "made_at": now, "made_by": by.name[:60]},
        )
        told = NewChange(
            Subject.EMERGENCY, f"skill:{code}", after or before, Deed.CHANGE if after else Deed.END,
            {"技能": before}, {"技能": after},
        )  # fmt: skip
        note_change(by, told, now)


def _add(by: Actor, plan: Plan, before: Plan | None, why: str, now: datetime, *, ended: bool = False) -> int:
    try:
        with transaction.atomic():
            PlanVersion.objects.create(
                district=by.district, code=plan.code, version=plan.version, name=plan.name, skills=list(plan.skills),
                enough=plan.enough, rings=rings_text(plan.rings), lines=list(plan.lines), window=plan.window,
                hand_wait=plan.hand_wait, ended=ended, why=why.strip()[:200], made_at=now, made_by=by.name[:60],
                made_by_account=by.account_id,
            )  # fmt: skip
            deed = Deed.END if ended else Deed.CHANGE if before else Deed.CREATE
            told = NewChange(
                Subject.EMERGENCY, plan.code, plan.name, deed, _told(before) if before else {}, _told(plan)
            )
            note_change(by, told, now)
    except IntegrityError:
        raise StaleVersion("刚刚有人改过这个预案，请对照最新的一版再保存。") from None
    return plan.version


def _told(plan: Plan) -> dict[str, str]:
    return {
        "名称": plan.name,
        "技能": "、".join(plan.skills),
        "几个人够": str(plan.enough),
        "告警圈": rings_text(plan.rings),
        "移交": "、".join(plan.lines),
        "重复报警（秒）": str(plan.window),
        "等接手（秒）": str(plan.hand_wait),
    }


def _must(by: Actor) -> None:
    if not by.may_everywhere(Permission.EMERGENCY_SET):
        raise Denied
