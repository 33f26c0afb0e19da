"""Standards and checklists of a district: a further version with who, when and why."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.residents.queries import kinds_of
from huying.visits.models import Checklist, StandardVersion
from huying.visits.policy import must_set
from huying.visits.queries.checklists import checklists_for
from huying.visits.queries.standards import standards_of
from huying.visits.rules.checklists import COMMON, MOST_QUESTIONS, Question, typed
from huying.visits.rules.standards import Standard, wrong_in


@transaction.atomic
def put_standard(by: Actor, standard: Standard, why: str, now: datetime) -> int:
    """From now on this holds for the level; its version. Plans that were made stay. Raises Denied, Invalid."""
    must_set(by)
    wrong = dict(wrong_in(standard))
    if not 0 < len(why.strip()) <= 200:
        wrong["why"] = said("请写明为什么改，最多 200 字。")
    if wrong:
        raise Invalid(fields=wrong)
    before = standards_of(by.district)[standard.level].standard
    row = StandardVersion(
        district=by.district, level=standard.level.value, version=_next(by.district, standard.level.value),
        every=standard.every, upheaval_hours=standard.upheaval_hours, minutes=standard.minutes,
        community_hours=standard.community_hours, street_hours=standard.street_hours, why=why.strip(), made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    row.save(force_insert=True)
    change = NewChange(
        Subject.VISIT, standard.level.value, standard.level.zh, Deed.CHANGE, told(before), told(standard)
    )
    note_change(by, change, now)
    return row.version


@transaction.atomic
def put_checklist(by: Actor, kind: str, questions: Sequence[Question], why: str, now: datetime) -> int:
    """From now on this is asked of the kind ("" of everybody); its version. Raises Denied, Invalid."""
    must_set(by)
    names = {COMMON: "所有人"} | {one.code: one.name for one in kinds_of(by.district)}
    if kind not in names:
        raise Invalid(fields={"kind": said("没有这个类别。")})
    if not 0 < len(questions) <= MOST_QUESTIONS:
        raise Invalid(fields={"questions": said("一张表 1 到 %(most)s 个问题。", most=MOST_QUESTIONS)})
    if not 0 < len(why.strip()) <= 200:
        raise Invalid(fields={"why": said("请写明为什么改，最多 200 字。")})
    held = {one.kind: one for one in checklists_for(by)}[kind]
    last = (
        Checklist.objects.filter(district=by.district, kind=kind).aggregate(last=Max("version"))["last"] or 0
    )
    row = Checklist(
        district=by.district, kind=kind, version=last + 1, questions=[one.told() for one in questions],
        why=why.strip(), made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    row.save(force_insert=True)
    before, after = {"走访表": typed(held.questions)}, {"走访表": typed(questions)}
    note_change(by, NewChange(Subject.VISIT, kind or "common", names[kind], Deed.CHANGE, before, after), now)
    return row.version


def told(one: Standard) -> dict[str, str]:
    """How a standard is told in the record of changes."""
    return {
        "间隔（天）": str(one.every),
        "变故后（小时）": str(one.upheaval_hours),
        "一次（分钟）": str(one.minutes),
        "逾期告诉社区（小时）": str(one.community_hours),
        "逾期告诉街道（小时）": str(one.street_hours),
    }


def _next(district: int, level: str) -> int:
    rows = StandardVersion.objects.filter(district=district, level=level)
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1
