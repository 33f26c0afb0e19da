"""What people decide about a warning: known, silent for a while, and in the end whether it was true and why."""

from datetime import date, datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Invalid, NotFound
from huying.prevent.warnings.models import EarlyWarning, Promise
from huying.prevent.warnings.policy import must_decide, must_set
from huying.prevent.warnings.queries.promise import promise_of
from huying.prevent.warnings.rules.kinds import (
    Verdict,
    WarningState,
    checked_promise,
    checked_until,
    checked_words,
)


@transaction.atomic
def acknowledge(by: Actor, warning_id: int, words: str, now: datetime) -> None:
    """Somebody knows of it and says what they do. Raises NotFound, Denied, Invalid."""
    row = locked(by, warning_id)
    said = checked_words(words, "words", needed=False)
    _decided(by, row, WarningState.ACKNOWLEDGED, said, now)


@transaction.atomic
def mute(by: Actor, warning_id: int, until: date | None, words: str, today: date, now: datetime) -> None:
    """Warn no more of this unit until after a day, for a reason. Raises NotFound, Denied, Invalid."""
    row = locked(by, warning_id)
    last, said = checked_until(until, today), checked_words(words, "words")
    row.muted_until = last
    _decided(by, row, WarningState.MUTED, said, now)


@transaction.atomic
def settle(by: Actor, warning_id: int, verdict: str, cause: str, now: datetime) -> None:
    """Whether what it warned of was there, and why; may be said anew. Raises NotFound, Denied, Invalid."""
    row = locked(by, warning_id)
    if verdict not in set(Verdict):
        raise Invalid(fields={"verdict": "请选属实还是误报。"})
    row.cause, row.verdict = checked_words(cause, "cause"), verdict
    row.settled_at, row.settled_by = now, by.name[:60]
    row.state = WarningState.SETTLED.value
    row.save(update_fields=["cause", "verdict", "settled_at", "settled_by", "state"])


@transaction.atomic
def made_campaign(by: Actor, warning_id: int, now: datetime) -> None:
    """A campaign was made of it. Raises NotFound, Denied."""
    row = locked(by, warning_id)
    if row.state != WarningState.SETTLED.value:
        _decided(by, row, WarningState.CAMPAIGN, row.words, now)


@transaction.atomic
def set_promise(by: Actor, promise: int | None, now: datetime) -> None:
    """From the next look on bear so many false warnings a month, as a further version. Raises Denied, Invalid."""
    must_set(by)
    wanted, before = checked_promise(promise), promise_of(by.district)
    if wanted == before:
        return
    latest = Promise.objects.filter(district=by.district).order_by("-number").first()
    Promise.objects.create(
        district=by.district, number=latest.number + 1 if latest else 1, promise=wanted, made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    told = {"每月误报上限": f"{before:g}"}, {"每月误报上限": str(wanted)}
    note_change(by, NewChange(Subject.WARNING, "promise", "预警", Deed.CHANGE, *told), now)


def locked(by: Actor, warning_id: int) -> EarlyWarning:
    """The warning, locked, of who may decide about it. Raises NotFound, Denied."""
    row = EarlyWarning.objects.select_for_update().filter(district=by.district, id=warning_id).first()
    if row is None:
        raise NotFound
    must_decide(by, row.area)
    return row


def _decided(by: Actor, row: EarlyWarning, state: WarningState, words: str, now: datetime) -> None:
    if row.state == WarningState.SETTLED.value:
        raise Invalid("这条预警已经有结论了，要改请重新填写结论。")
    row.state, row.words = state.value, words
    row.decided_at, row.decided_by = now, by.name[:60]
    row.save(update_fields=["state", "words", "decided_at", "decided_by", "muted_until"])
