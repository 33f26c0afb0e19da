"""核实、核查: somebody is sent to look, and tells what they saw; what both sides changed is never written over."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huying.access.actor import Actor, system
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.queries.described import described
from huying.cases.queries.seeing import must_see
from huying.kernel.errors import Conflict, HuyingError, Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.patrol.models import Check
from huying.patrol.policy import WALK, may_in, must_run, must_walk
from huying.patrol.rules.kinds import ANSWERS, CheckAnswer, CheckKind
from huying.patrol.rules.reporting import Spot
from huying.patrol.rules.times import own_time
from huying.patrol.rules.words import checked

_log = logging.getLogger(__name__)
_WORDS, _NOTE = 500, 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What was seen. ``base`` is the version of the task that the worker saw; times are by the phone's clock."""

    key: UUID
    base: int
    answer: CheckAnswer
    note: str
    seen_at: datetime
    sent_at: datetime
    spot: Spot | None = None


def ask(by: Actor, case_id: int, kind: CheckKind, words: str, due_at: datetime, now: datetime) -> int:
    """Send whoever works at the place of a case to look; the task's id.

    Raises Denied, NotFound, Invalid, Conflict where the same is asked already.
    """
    must_see(by, by.district, case_id)
    case = described(by.district, [case_id])[case_id]
    must_run(by, case.area)
    looked = words.strip()
    wrong = {}
    if not 2 <= len(looked) <= _WORDS:
        wrong["words"] = said("请写明看什么，2 到 500 字。")
    if due_at <= now:
        wrong["due_at"] = said("时限应晚于现在。")
    if wrong:
        raise Invalid(fields=wrong)
    with transaction.atomic():
        # The case's own row is the heart's to lock; two who ask at once are told apart by this one.
        open_ones = Check.objects.select_for_update().filter(
            district=by.district, case_id=case_id, kind=kind.value, answered_at=None, withdrawn_at=None
        )
        if open_ones.exists():
            raise Conflict("已经请人去看了，还没有答复。")
        row = Check.objects.create(
            district=by.district, case_id=case_id, kind=kind.value, area=case.area, words=looked, due_at=due_at,
            asked_at=now, asked_by=by.name[:60], asked_account=by.account_id,
        )  # fmt: skip
    return row.id


@transaction.atomic
def change(by: Actor, check_id: int, words: str, due_at: datetime, now: datetime) -> None:
    """Say anew what to look at. Raises Denied, NotFound, Invalid, Conflict for one that is over."""
    row = _held_by_asker(by, check_id)
    if not 2 <= len(words.strip()) <= _WORDS or due_at <= now:
        raise Invalid(fields={"words": "请写明看什么，2 到 500 字。"})
    row.words, row.due_at, row.version = words.strip(), due_at, row.version + 1
    row.save(update_fields=["words", "due_at", "version"])


@transaction.atomic
def withdraw(by: Actor, check_id: int, now: datetime) -> None:
    """Nobody need look any more. Raises Denied, NotFound, Conflict for one that is over."""
    row = _held_by_asker(by, check_id)
    row.withdrawn_at, row.withdrawn_by, row.version = now, by.name[:60], row.version + 1
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])


@transaction.atomic
def answer(by: Actor, check_id: int, new: NewAnswer, now: datetime) -> None:
    """Tell what was seen; told again nothing changes. Raises Denied, NotFound, Invalid.

    Raises StaleVersion where the task was changed, withdrawn or answered since the worker saw it: a person looks at
    both and says which holds.
    """
    account = must_walk(by)
    row = Check.objects.select_for_update().filter(district=by.district, id=check_id).first()
    if row is None or not may_in(by, WALK, row.area):
        raise NotFound
    if row.key == new.key:
        return
    if new.base != row.version:
        raise StaleVersion("这项任务在您看过之后有变动，请对照后再提交。")
    if row.withdrawn_at is not None:
        raise Conflict("这项任务已撤回，不用再看。")
    kind = CheckKind(row.kind)
    _check(new, kind)
    own = own_time(new.seen_at, new.sent_at, now)
    row.key, row.answer, row.note = new.key, new.answer.value, new.note.strip()
    row.seen_at, row.answered_at, row.version = own.at, now, row.version + 1
    row.answered_by, row.answered_account = by.name[:60], account
    if new.spot is not None:
        row.lon, row.lat = new.spot.lon, new.spot.lat
    row.save()
    _note(row, checked(by.name, kind, new.answer, new.note), now)


def _check(new: NewAnswer, kind: CheckKind) -> None:
    wrong = {}
    if new.answer not in ANSWERS[kind]:
        wrong["answer"] = said("请选看到的情况。")
    if len(new.note) > _NOTE:
        wrong["note"] = said("最多 1500 字。")
    if new.spot is not None and not new.spot.possible():
        wrong["spot"] = said("位置不对，请重新定位。")
    if wrong:
        raise Invalid(fields=wrong)


def _note(row: Check, words: str, now: datetime) -> None:
    """Onto the case, as the platform: a worker has no order on what they are sent to look at."""
    try:
        advance(
            (row.district, row.case_id), Verb.NOTE, by=system(row.district, "网格核查"), now=now, note=words
        )
    except HuyingError as why:
        # It ended meanwhile: what was seen stands with the task.
        _log.info("case %s of %s takes no note: %s", row.case_id, row.district, why.message)


def _held_by_asker(by: Actor, check_id: int) -> Check:
    row = Check.objects.select_for_update().filter(district=by.district, id=check_id).first()
    if row is None:
        raise NotFound
    must_run(by, row.area)
    if row.answered_at is not None or row.withdrawn_at is not None:
        raise Conflict("这项任务已经答复或撤回。")
    return row
