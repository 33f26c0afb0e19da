"""Hearing danger in new appeals and telling persons of it; what persons say of what was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.queries.lists.queue import lines_of
from huying.cases.queries.told import ToldAppeal, told_appeals
from huying.kernel.errors import NotFound
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import PostHeld, holding, languages, nearest
from huying.people.queries.reaching import languages_of
from huying.prevent.risk.models import RiskSignal, RiskWidth
from huying.prevent.risk.policy import must_judge, must_set
from huying.prevent.risk.queries import width_of
from huying.prevent.risk.rules.kinds import RiskKind, Verdict, Width
from huying.prevent.risk.rules.reading import signals, urgency
from huying.teams.queries import accounts_on_duty
from huying.texts.rules.occasions import Occasion, Placeholder

# Nobody is called to what was said long ago, as when a history is brought in.
_TOLD_WITHIN: Final = timedelta(hours=24)


def hear(district: int, appeals: Sequence[tuple[int, datetime]], now: datetime) -> int:
    """Keep the signals of these (appeal, when it came); whoever must know is told once. How many signals are kept.

    Doing it twice is harmless. Nothing about the cases is changed.
    """
    width, came = width_of(district), dict(appeals)
    found = [
        (told, signal, urgency(told.text, heard))
        for told in told_appeals(district, sorted(came))
        for heard in [signals(told.text, width)]
        for signal in heard
    ]
    rows = [
        RiskSignal(
            district=district, case_id=told.case_id, appeal_id=told.appeal_id, kind=signal.kind, urgency=soon,
            width=width, precise=signal.precise, at=came[told.appeal_id],
        )
        for told, signal, soon in found
    ]  # fmt: skip
    RiskSignal.objects.bulk_create(rows, ignore_conflicts=True)
    fresh = [
        (told, signal.kind) for told, signal, _soon in found if now - came[told.appeal_id] <= _TOLD_WITHIN
    ]
    if fresh:
        _tell(district, fresh, now)
    return len(rows)


def _tell(district: int, found: Sequence[tuple[ToldAppeal, RiskKind]], now: datetime) -> None:
    posts, on_duty = posts_held(district, now), accounts_on_duty(district, now)
    told = [
        ToStaff(
            Happened(
                district, Occasion.RISK, case_id=one.case_id, title=one.title, area=one.area,
                terms={Placeholder.RESULT: kind.zh},
            ),
            0, now, _people(posts, on_duty, one.area), urgent=True, once=f"risk:{one.appeal_id}:{kind.value}",
        )
        for one, kind in found
    ]  # fmt: skip
    write_for_staff(district, told, now)


def _people(posts: Sequence[PostHeld], on_duty: Sequence[tuple[str, int]], area: str) -> dict[int, str]:
    """Who dispatches nearest to the place, and who is on duty for it now."""
    near = languages(nearest(holding(posts, Permission.CASE_DISPATCH, area)))
    here = {account for place, account in on_duty if area.startswith(place)}
    return {**near, **languages_of(here)}


@transaction.atomic
def judge(by: Actor, signal_id: int, verdict: Verdict, now: datetime) -> None:
    """Say whether a signal was right; said again, the last word stands. Raises Denied, NotFound."""
    must_judge(by)
    row = RiskSignal.objects.select_for_update().filter(district=by.district, id=signal_id).first()
    if row is None or not lines_of(by, [row.case_id], now):
        raise NotFound
    row.verdict, row.judged_by, row.judged_at = verdict, by.account_id, now
    row.save(update_fields=["verdict", "judged_by", "judged_at"])


@transaction.atomic
def set_width(by: Actor, width: Width, now: datetime) -> None:
    """How readily words are taken for danger from now on; the same again changes nothing. Raises Denied."""
    must_set(by)
    before = width_of(by.district)
    if before is width:
        return
    RiskWidth.objects.create(district=by.district, width=width, by_account=by.account_id, at=now)
    told = NewChange(
        Subject.RISK, "width", "提示得宽还是严", Deed.CHANGE, {"宽严": before.zh}, {"宽严": width.zh}
    )
    note_change(by, told, now)
