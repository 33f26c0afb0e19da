"""重点标记: somebody is of a kind of key persons, or no more."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.residents.actions.persons import held_person
from huying.residents.models import KeyLabel
from huying.residents.policy import EDIT, must_at
from huying.residents.queries.cards import grounds_of
from huying.residents.queries.kinds import kinds_of
from huying.residents.queries.persons import person_row
from huying.residents.rules.kinds import CareLevel, Purpose

_FOR_CARE = frozenset({Purpose.CARE, Purpose.GUARD})


@transaction.atomic
def mark(by: Actor, person_id: int, kind: str, level: CareLevel | None, why: str, now: datetime) -> int:
    """Mark somebody as of a kind, at the kind's level or a more urgent one with its reason; the mark's id.

    Raises Denied, NotFound, Invalid, Conflict for a second mark of the kind or where no ground for care holds.
    """
    row = held_person(by, person_id)
    found = {one.code: one for one in kinds_of(by.district)}.get(kind)
    if found is None:
        raise Invalid(fields={"kind": said("没有这个类别。")})
    chosen = level or found.level
    if chosen.rank > found.level.rank:
        raise Invalid(fields={"level": said("只能比这个类别更紧，不能放宽。")})
    if len(why.strip()) > 200 or (chosen is not found.level and not why.strip()):
        raise Invalid(fields={"why": said("提高等级请写明原因，最多 200 字。")})
    if not any(one.holds and one.purpose in _FOR_CARE for one in grounds_of(row, now)):
        raise Conflict("没有关爱走访的依据，请先登记同意或依据。", fields={"kind": "没有关爱走访的依据"})
    label = KeyLabel(
        district=by.district, person_id=row.id, area=row.area, kind=kind, level=chosen.value,
        since=localdate(now), why=why.strip(), made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    try:
        with transaction.atomic():
            label.save(force_insert=True)
    except IntegrityError:
        raise Conflict("已经标记过这个类别。", fields={"kind": "已经标记过这个类别。"}) from None
    return label.id


@transaction.atomic
def end_label(by: Actor, person_id: int, label_id: int, why: str, now: datetime) -> None:
    """No longer of the kind. Twice changes nothing. Raises Denied, NotFound, Invalid without why."""
    row = person_row(by, person_id)
    must_at(by, EDIT, row.area)
    label = KeyLabel.objects.select_for_update().filter(
        district=row.district, person_id=row.id, id=label_id
    ).first()  # fmt: skip
    if label is None:
        raise NotFound
    if not 0 < len(why.strip()) <= 200:
        raise Invalid(fields={"why": said("请写明为什么取消，最多 200 字。")})
    if label.ended_at is None:
        label.ended_at, label.ended_by, label.ended_why = now, by.name[:60], why.strip()
        label.save(update_fields=["ended_at", "ended_by", "ended_why"])
