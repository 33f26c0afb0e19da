"""Handing duty over: whoever goes signs for what they leave, whoever comes signs that they have it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.teams.models import Handover, Shift
from huying.teams.queries.handing import may_take, standing_of
from huying.teams.queries.mine import EARLY, LATE

_LONGEST = 4000


def give_duty(by: Actor, shift_id: int, notes: str, now: datetime) -> int:
    """Sign for the end of one's own shift, with what is open in its area as it stands now; the handover's id.

    Given already (by a colleague of the same turn), it is the one that was given. Raises NotFound for a shift that
    is not the actor's, Invalid without a word of notes, Conflict too early or too late.
    """
    shift = (
        Shift.objects.filter(district=by.district, pk=shift_id, cancelled_at=None)
        .select_related("post", "member")
        .first()
    )
    if shift is None or by.account_id is None or shift.member.account_id != by.account_id:
        raise NotFound
    if not notes.strip():
        raise Invalid("请写交接情况，没有特别的就写“无”。", fields={"notes": "不能为空"})
    if not shift.ends_at - EARLY <= now <= shift.ends_at + LATE:
        raise Conflict("下班前一小时起、下班后一天半内交班。")
    stands = standing_of(by, shift.area, now)
    try:
        with transaction.atomic():
            row = Handover.objects.create(
                district=by.district,
                post=shift.post,
                at=shift.ends_at,
                notes=notes.strip()[:_LONGEST],
                numbers=dict(stands.numbers),
                cases=[line.id for line in stands.cases],
                given_by=by.name,
                given_by_account=by.account_id,
                given_at=now,
            )
    except IntegrityError:
        row = Handover.objects.get(post=shift.post, at=shift.ends_at)
    return row.pk


@transaction.atomic
def take_duty(by: Actor, handover_id: int, remark: str, now: datetime) -> None:
    """Sign that one has taken over. Signing twice changes nothing.

    Raises NotFound, Denied for who is not on the next turn or has given it, Conflict when somebody else has signed.
    """
    row = (
        Handover.objects.select_for_update(of=("self",)).filter(district=by.district, pk=handover_id).first()
    )
    if row is None:
        raise NotFound
    if row.taken_at is not None:
        if row.taken_by_account == by.account_id:
            return
        raise Conflict("已经有人接班了。")
    if not may_take(by, row):
        raise Denied("接班的人才能签。")
    row.taken_by, row.taken_by_account, row.taken_at = by.name, by.account_id, now
    row.remark = remark.strip()[:500]
    row.save(update_fields=["taken_by", "taken_by_account", "taken_at", "remark"])
