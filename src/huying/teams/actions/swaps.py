"""Asking somebody else to take a shift. Nothing changes until they agree."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.teams.actions.roster import elsewhere, meant
from huying.teams.models import Shift, Swap
from huying.teams.policy import may_change
from huying.teams.rules.kinds import SwapState

_LONGEST_REASON = 200


@transaction.atomic
def ask_swap(by: Actor, shift_id: int, name: str, reason: str, now: datetime) -> int:
    """Ask somebody of the same post to take a shift of one's own; asked again, the question that is open.

    Somebody without an account cannot answer: whoever draws up the roster does it for them. Raises NotFound,
    Denied for another's shift, Invalid, Conflict for one that has begun or when they are on duty elsewhere.
    """
    shift = _shift(by, shift_id)
    _must_own(by, shift)
    if shift.starts_at <= now:
        raise Conflict("这个班已经开始，不能再换。")
    if not reason.strip():
        raise Invalid("请写明为什么换班。", fields={"reason": "不能为空"})
    to = meant(shift.post, " ".join(name.split()), now)
    if to.pk == shift.member_id:
        raise Invalid("不能和自己换班。", fields={"name": "请填别人"})
    _must_be_free(to.pk, to.name, shift)
    there = Swap.objects.filter(shift=shift, state=SwapState.ASKED).first()
    if there is not None:
        if there.to_id != to.pk:
            raise Conflict("已经问过别人了，先撤回再问。")
        return there.pk
    row = Swap.objects.create(
        shift=shift,
        to=to,
        reason=reason.strip()[:_LONGEST_REASON],
        state=SwapState.ASKED,
        asked_at=now,
        asked_by=by.name,
        asked_by_account=by.account_id,
    )
    return row.pk


@transaction.atomic
def answer_swap(by: Actor, swap_id: int, agreed: bool, now: datetime) -> None:
    """Agree to take a shift, or not. Agreeing cancels the one's shift and makes the other's.

    By whoever was asked, or by who draws up the roster. Raises NotFound, Denied, Conflict when it was answered,
    has begun, or they are on duty elsewhere by now.
    """
    row = _swap(by, swap_id)
    if row.to.account_id != by.account_id and not may_change(by, Permission.DUTY_EDIT, row.shift.area):
        raise Denied
    shift = _shift(by, row.shift_id)
    if row.state != SwapState.ASKED or shift.cancelled_at is not None:
        raise Conflict("这次换班已经有结果了。")
    if shift.starts_at <= now:
        raise Conflict("这个班已经开始，不能再换。")
    if agreed:
        _must_be_free(row.to_id, row.to.name, shift)
        _hand_on(shift, row, by, now)
    _decide(row, SwapState.TAKEN if agreed else SwapState.REFUSED, by, now)


@transaction.atomic
def withdraw_swap(by: Actor, swap_id: int, now: datetime) -> None:
    """Ask no more. Doing it twice changes nothing. Raises NotFound, Denied."""
    row = _swap(by, swap_id)
    _must_own(by, row.shift)
    if row.state == SwapState.ASKED:
        _decide(row, SwapState.WITHDRAWN, by, now)


def _hand_on(shift: Shift, row: Swap, by: Actor, now: datetime) -> None:
    old = shift.pk
    Shift.objects.filter(pk=old).update(cancelled_at=now, cancelled_by=by.name)
    shift.pk, shift.member_id, shift.rotation_id = None, row.to_id, None
    shift.made_at, shift.made_by = now, by.name
    shift.save(force_insert=True)


def _decide(row: Swap, state: SwapState, by: Actor, now: datetime) -> None:
    row.state, row.decided_at, row.decided_by = state, now, by.name
    row.save(update_fields=["state", "decided_at", "decided_by"])


def _must_be_free(member: int, name: str, shift: Shift) -> None:
    other = elsewhere(member, (shift.starts_at, shift.ends_at), [shift.pk])
    if other is not None:
        raise Conflict(said("%(name)s这时在%(post)s值班。", name=name, post=other.post.name))


def _must_own(by: Actor, shift: Shift) -> None:
    mine = shift.member.account_id is not None and shift.member.account_id == by.account_id
    if not mine and not may_change(by, Permission.DUTY_EDIT, shift.area):
        raise Denied


def _shift(by: Actor, shift_id: int) -> Shift:
    rows = Shift.objects.select_for_update(of=("self",)).select_related("member", "post")
    row = rows.filter(district=by.district, pk=shift_id).first()
    if row is None:
        raise NotFound
    return row


def _swap(by: Actor, swap_id: int) -> Swap:
    rows = Swap.objects.select_for_update(of=("self",)).select_related("to", "shift__member", "shift__post")
    row = rows.filter(shift__district=by.district, pk=swap_id).first()
    if row is None:
        raise NotFound
    return row
