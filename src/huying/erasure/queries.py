"""What was erased when, by whom and on which basis; and whom a number typed by an officer means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.lifecycle import Basis
from huying.cases.queries.erasing import appeal_of, appeals_of_callers, appeals_of_case, reach_of
from huying.cases.rules.erasing import Gone
from huying.erasure.models import Erasure
from huying.erasure.policy import must_read
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number, parse_receipt
from huying.people.queries.callers import caller_of_phone
from huying.people.rules.phones import phone_or_none

PAGE = 50
_NOBODY = "没有找到，或者已经删除过。请核对回执号、案件编号或电话。"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom and what a number means: appeals, and a caller of whom something may be kept without any."""

    appeals: Collection[int]
    callers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ErasureInfo:
    """One erasure as it is read."""

    id: int
    at: datetime
    actor_name: str
    scope: Scope
    basis: Basis
    reason: str
    cases: Sequence[int]
    counts: Mapping[Gone, int]


def erasures_for(actor: Actor, before: int | None = None, limit: int = PAGE) -> list[ErasureInfo]:
    """What was erased in the actor's district, newest first, below id ``before``. Raises Denied."""
    must_read(actor)
    rows = Erasure.objects.filter(district=actor.district)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def meant(district: int, number: str, scope: Scope) -> Meant:
    """Whom and what a receipt, a case number or a phone number means.

    Raises Invalid for what is none of them or does not say whose all is meant, NotFound for what nobody has.
    """
    phone = phone_or_none(number)
    if phone is not None:
        return _of_phone(district, phone, scope)
    appeals = _of_number(district, number)
    if not appeals:
        raise NotFound(_NOBODY)
    if scope is Scope.ONE:
        return Meant(appeals)
    callers = reach_of(district, appeals).callers
    if len(callers) > 1:
        raise _wrong("这件案件有几位诉求人，请填本人的回执号或电话。")
    return Meant(appeals_of_callers(district, callers) or appeals)


def _of_phone(district: int, phone: str, scope: Scope) -> Meant:
    if scope is Scope.ONE:
        raise _wrong("填电话时只能选“这位诉求人的全部”；只删一件请填回执号或案件编号。")
    caller = caller_of_phone(district, phone)
    if caller is None:
        raise NotFound(_NOBODY)
    return Meant(appeals_of_callers(district, [caller]), frozenset([caller]))


def _of_number(district: int, number: str) -> Collection[int]:
    try:
        appeal = appeal_of(district, parse_receipt(number))
        return [appeal] if appeal is not None else []
    except Invalid:
        pass
    try:
        of, case_id = parse_case_number(number)
    except Invalid:
        raise _wrong("请填回执号、案件编号或电话。") from None
    return appeals_of_case(district, case_id) if of == district else []


def _wrong(message: str) -> Invalid:
    return Invalid(message, fields={"number": message})


def _info(row: Erasure) -> ErasureInfo:
    return ErasureInfo(
        row.pk, row.at, row.actor_name, Scope(row.scope), Basis(row.basis), row.reason, row.cases,
        {Gone(name): count for name, count in row.counts.items()},
    )  # fmt: skip
