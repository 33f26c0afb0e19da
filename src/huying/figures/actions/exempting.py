"""Applying that something not be counted, deciding about it, and leaving it out of what was counted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions.reactions.holding import hold
from huying.cases.queries.lists.queue import lines_of
from huying.cases.queries.seeing import must_stand
from huying.figures.actions.leaving_out import leave_out
from huying.figures.models import Exemption, FactCase
from huying.figures.policy import speaks_for
from huying.figures.queries.boards.closed import closed_on
from huying.figures.rules.exempting import WHOLE, Decision, Ground, offered, picked
from huying.figures.rules.measures import Measure
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.queries import body

HANDLER: Final = "figures"
_LEAST_WORDS: Final = 5
_MOST_WORDS: Final = 500


@dataclass(frozen=True, slots=True)
class NewExemption:
    """What of which case should not count for a body, and why; ``measure`` "" is the whole case."""

    case_id: int
    body_id: int
    measure: str
    ground: Ground
    words: str


def ask_exemption(by: Actor, new: NewExemption, now: datetime) -> int:
    """Keep the application and return its number; said twice it is one.

    Raises Denied for who does not speak for the body; NotFound for a case they do not see; Invalid for what was not
    counted or is not explained; Conflict where it was asked before, the period is closed or the case was erased.
    """
    if not speaks_for(by, body(by.district, new.body_id)):
        raise Denied
    if not lines_of(by, [new.case_id], now):
        raise NotFound
    must_stand(by.district, new.case_id)
    words = _explained("words", new.words)
    with transaction.atomic():
        # Whoever closes looks for what is not decided: nothing may be asked behind their back.
        hold(HANDLER, by.district, now)
        day, area = _subject(by.district, new)
        if closed_on(by.district, day):
            raise Conflict("这一项所在的统计期已经封账，不能再申请。")
        values: dict[str, Any] = {
            "day": day, "area": area, "ground": new.ground.value, "words": words, "asked_at": now,
            "asked_by": by.account_id, "asked_name": by.name[:60], "state": Decision.OPEN.value,
        }  # fmt: skip
        try:
            with transaction.atomic():
                return Exemption.objects.create(
                    district=by.district,
                    case_id=new.case_id,
                    body_id=new.body_id,
                    measure=new.measure,
                    **values,
                ).pk
        except IntegrityError as error:
            held = Exemption.objects.get(
                district=by.district, case_id=new.case_id, body_id=new.body_id, measure=new.measure
            )
            if (held.asked_by, held.words, held.state) == (by.account_id, words, Decision.OPEN):
                return held.pk
            raise Conflict("这件案件的这一项已经申请过，每项只能申请一次。") from error


def decide_exemption(by: Actor, number: int, granted: bool, reason: str, now: datetime) -> None:
    """Grant or refuse it; decided twice the same way it is decided once.

    Raises Denied, also for who asked for it; NotFound; Invalid without a reason for refusing; Conflict where it was
    decided already, the period is closed, or what was asked for is no longer counted.
    """
    if not by.may_everywhere(Permission.EXEMPTION_DECIDE):
        raise Denied
    decision = Decision.GRANTED if granted else Decision.REFUSED
    told = reason.strip()[:_MOST_WORDS] if granted else _explained("reason", reason)
    with transaction.atomic():
        # The counts stand still while they are changed by another hand than the one that follows the ledger.
        hold(HANDLER, by.district, now)
        row = _to_decide(by, number)
        if row.state != Decision.OPEN:
            if (row.state, row.decided_by) == (decision, by.account_id):
                return
            raise Conflict("这项申请已经审定。")
        if closed_on(by.district, row.day):
            raise Conflict("这一项所在的统计期已经封账，不能再审定。")
        if granted:
            row.facts = leave_out(row, _picked(row), now)
            if not row.facts:
                raise Conflict("这一项现在已经不在统计里。")
        row.state, row.decided_at, row.decided_by = decision.value, now, by.account_id
        row.decided_name, row.reason = by.name[:60], told
        row.save()


def _to_decide(by: Actor, number: int) -> Exemption:
    row = Exemption.objects.select_for_update().filter(district=by.district, pk=number).first()
    if row is None:
        raise NotFound
    if by.account_id is not None and row.asked_by == by.account_id:
        raise Denied("自己提出的申请要由别人审定。")
    return row


def exempt_again(district: int) -> None:
    """After all was counted anew: leave out once more what was exempted, and nothing else."""
    granted = Exemption.objects.filter(district=district, state=Decision.GRANTED.value)
    for row in granted.order_by("decided_at", "id"):
        kept = {
            (measure, date.fromisoformat(day), seq) for measure, day, seq, account in row.facts if not account
        }
        rows = FactCase.objects.filter(district=district, case_id=row.case_id, body_id=row.body_id)
        if row.decided_at is not None:
            leave_out(row, [one for one in rows if (one.measure, one.day, one.seq) in kept], row.decided_at)


def _picked(row: Exemption) -> list[FactCase]:
    return picked(row.measure, _counted(row.district, row.case_id, row.body_id))


def _counted(district: int, case_id: int, body_id: int) -> list[FactCase]:
    rows = FactCase.objects.filter(
        district=district, case_id=case_id, body_id=body_id, exempt_at__isnull=True
    )
    return list(rows.order_by("day", "seq", "measure"))


def _subject(district: int, new: NewExemption) -> tuple[date, str]:
    """The day on which it counted, and where."""
    rows = _counted(district, new.case_id, new.body_id)
    if new.measure == WHOLE:
        closed = [one for one in rows if one.measure == Measure.CLOSED]
        if not closed:
            raise Conflict("结案以后才能申请整件不计入；没有结案的，可以先申请单项。")
        return closed[-1].day, closed[-1].area
    main = [one for one in rows if one.measure == new.measure]
    if new.measure not in offered(rows) or not main:
        raise Invalid("这件案件上没有这一项，或已经不计入。", fields={"measure": "这件案件上没有这一项。"})
    return main[-1].day, main[-1].area


def _explained(field: str, words: str) -> str:
    told = words.strip()
    if not _LEAST_WORDS <= len(told) <= _MOST_WORDS:
        raise Invalid(
            fields={field: said("理由请写 %(least)s 到 %(most)s 字。", least=_LEAST_WORDS, most=_MOST_WORDS)}
        )
    return told
