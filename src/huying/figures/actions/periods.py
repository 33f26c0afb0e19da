"""封账: closing a period of assessment, and reopening it, which keeps what was closed."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions.reactions.holding import hold, lacks
from huying.figures.actions.exempting import HANDLER
from huying.figures.actions.freezing import digest_of, formulas_said, freeze, write_rows
from huying.figures.models import ClosedPeriod, Exemption, Reopening
from huying.figures.queries.boards.closed import closings
from huying.figures.queries.versions import formulas_of, newest, schemes_of, threshold_on
from huying.figures.rules.exempting import Decision
from huying.figures.rules.formulas import in_force
from huying.figures.rules.periods import Period, bounds, local_day
from huying.figures.rules.schemes import NATURAL, is_period
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.places.queries import district as district_row

_LEAST_WORDS: Final = 5
_MOST_WORDS: Final = 500


def close_period(by: Actor, period: Period, now: datetime) -> int:
    """Close it and return the closing's number; pressed twice it is one.

    What is frozen: every count, by whom and where, the names, the formulas, the threshold, the ranks. Raises Denied;
    Invalid for what is no period of assessment; Conflict while it runs, while something of it is not yet counted or
    an application not yet decided, and where somebody else closed it.
    """
    if not by.may_everywhere(Permission.PERIOD_CLOSE):
        raise Denied
    zone = ZoneInfo(district_row(by.district).zone)
    if not is_period(schemes_of(by.district), period):
        raise Invalid("这段日期不是本区的一个考核期。")
    if period.last >= local_day(now, zone):
        raise Conflict("这一期还没有结束，结束的第二天起才能封账。")
    with transaction.atomic():
        place = hold(HANDLER, by.district, now)
        found = closings(by.district, period)
        if found and found[0].stands:
            return _once(by, found[0].id)
        end = bounds(period, zone)[1]
        if lacks(HANDLER, by.district, place, end):
            raise Conflict("这一期还有办理记录没有统计完，请过几分钟再封账。")
        _all_decided(by.district, period)
        formulas = in_force(formulas_of(by.district), period.last)
        threshold = threshold_on(by.district, period.last)
        scheme = newest(schemes_of(by.district), period.last) or NATURAL
        rows = freeze(by.district, period, formulas, threshold.least, end)
        beside = {
            "first": period.first.isoformat(), "last": period.last.isoformat(), "formulas": formulas_said(formulas),
            "least": threshold.least,
        }  # fmt: skip
        kept = ClosedPeriod.objects.create(
            district=by.district, first=period.first, last=period.last, version=len(found) + 1, closed_at=now,
            closed_by=by.account_id, closed_name=by.name[:60], formulas=formulas_said(formulas),
            scheme={"first_day": scheme.first_day, "version": scheme.version},
            threshold={"least": threshold.least, "version": threshold.version}, exempted=_exempted(by.district, period),
            rows=len(rows), digest=digest_of(rows, beside), position=place.position, case_id=place.case_id,
            seq=place.seq,
        )  # fmt: skip
        write_rows(by.district, kept.pk, rows)
    return int(kept.pk)


def reopen_period(by: Actor, number: int, reason: str, now: datetime) -> None:
    """Let a closing hold no more, with the reason; it is kept, and the next closing is a version of its own.

    Raises Denied, NotFound; Invalid without a reason; Conflict where it was reopened already.
    """
    if not by.may_everywhere(Permission.PERIOD_CLOSE):
        raise Denied
    why = reason.strip()
    if not _LEAST_WORDS <= len(why) <= _MOST_WORDS:
        few = said("重开的理由请写 %(least)s 到 %(most)s 字。", least=_LEAST_WORDS, most=_MOST_WORDS)
        raise Invalid(fields={"reason": few})
    with transaction.atomic():
        hold(HANDLER, by.district, now)
        kept = ClosedPeriod.objects.filter(district=by.district, pk=number).first()
        if kept is None:
            raise NotFound
        try:
            with transaction.atomic():
                Reopening.objects.create(
                    district=by.district,
                    closed_id=kept.pk,
                    at=now,
                    by=by.account_id,
                    by_name=by.name[:60],
                    reason=why,
                )
        except IntegrityError as error:
            held = Reopening.objects.get(closed_id=kept.pk)
            if (held.by, held.reason) != (by.account_id, why):
                raise Conflict("这一版封账已经重开。") from error


def _once(by: Actor, number: int) -> int:
    if ClosedPeriod.objects.get(pk=number).closed_by != by.account_id:
        raise Conflict("这一期已经封账。")
    return number


def _all_decided(district: int, period: Period) -> None:
    waiting = Exemption.objects.filter(
        district=district, state=Decision.OPEN.value, day__range=(period.first, period.last)
    ).count()
    if waiting:
        raise Conflict(said("这一期还有 %(n)s 项不计入考核的申请没有审定，请先审定。", n=waiting))


def _exempted(district: int, period: Period) -> int:
    return Exemption.objects.filter(
        district=district, state=Decision.GRANTED.value, day__range=(period.first, period.last)
    ).count()
