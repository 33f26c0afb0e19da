"""What came of a visit: written down once, with what was found, which becomes cases like any other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Channel
from huying.catalogue.rules import AppealKind
from huying.kernel.errors import Conflict, Denied, Invalid
from huying.kernel.saying import said
from huying.people.actions import ensure_callers
from huying.residents.actions import see_whole_at_visit
from huying.residents.queries import key_persons, lines_by_id
from huying.residents.rules.kinds import CareLevel
from huying.visits.actions.placing import zone_of
from huying.visits.models import Need, Record, Visit
from huying.visits.queries.checklists import questions_of
from huying.visits.queries.ones import may_do, sealed, visit_row
from huying.visits.queries.standards import standard_of
from huying.visits.rules.checklists import Question, alarming, kept, wrong_in
from huying.visits.rules.kinds import COUNTS, VisitOutcome, VisitReason
from huying.visits.rules.standards import due_at, first_look

MOST_NEEDS: Final = 5
_SAID: Final = frozenset({VisitOutcome.MET, VisitOutcome.FAMILY})


@dataclass(frozen=True, slots=True)
class NewNeed:
    """What somebody needs. ``call_back``: they want whoever handles it to call; ``item``: of the list, "" open."""

    words: str
    item: str = ""
    call_back: bool = False


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What came of going there. ``answers``: question's code to what was said. ``key``: chosen by the form."""

    outcome: VisitOutcome
    key: str
    answers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    needs: Sequence[NewNeed] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """``done``: the visit is made. ``receipts`` of what was found; ``alarms``: answers that ask for help."""

    id: int
    done: bool
    receipts: Sequence[str]
    alarms: Sequence[str]


@transaction.atomic
def record(by: Actor, visit_id: int, new: NewRecord, now: datetime) -> Recorded:
    """Write a visit down; sent again under its key it is told as it stands.

    Raises NotFound, Denied, Invalid (questions by their code), Conflict for a visit that was planned anew meanwhile.
    """
    seen = visit_row(by, visit_id)
    row = Visit.objects.select_for_update().get(district=seen.district, id=seen.id)
    if not may_do(by, row):
        raise Conflict("这次走访已经改排，请看新的安排。") if row.dropped_at else Denied
    there = Record.objects.filter(district=row.district, visit_id=row.id, key=new.key).first()
    if there is not None:
        return Recorded(there.id, row.done_at is not None, (), there.alarms)
    found = key_persons(row.district, str(row.district), [row.person_id])
    questions = questions_of(row.district, found[0].kinds if found else ())
    _check(by, new, questions)
    alarms = [one.text for one in alarming(questions, new.answers)] if new.outcome in _SAID else []
    made = _kept(by, row, new, questions, now)
    receipts = _needs(by, row, made.id, new, now)
    if new.outcome in COUNTS:
        _done(row, found[0].level if found else None, now)
    return Recorded(made.id, row.done_at is not None, receipts, alarms)


def _check(by: Actor, new: NewRecord, questions: Sequence[Question]) -> None:
    wrong = dict(wrong_in(questions, new.answers)) if new.outcome in _SAID else {}
    if not 8 <= len(new.key) <= 80:
        wrong["key"] = said("这张表的编号不对，请重新打开。")
    if len(new.words.strip()) > 1000:
        wrong["words"] = said("情况最多 1000 字。")
    if len(new.needs) > MOST_NEEDS:
        wrong["needs"] = said("一次最多登记 %(most)s 件需求。", most=MOST_NEEDS)
    if any(not 2 <= len(one.words.strip()) <= 1000 for one in new.needs):
        wrong["needs"] = said("需求请写 2 到 1000 字。")
    if wrong:
        raise Invalid(fields=wrong)
    if new.needs and not by.may(Permission.APPEAL_RECEIVE):
        raise Denied


def _kept(by: Actor, row: Visit, new: NewRecord, questions: Sequence[Question], now: datetime) -> Record:
    answers = new.answers if new.outcome in _SAID else {}
    told = json.dumps(
        {"said": kept(questions, answers), "words": new.words.strip()},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    made = Record(
        district=row.district, visit_id=row.id, person_id=row.person_id, area=row.area, at=now,
        outcome=new.outcome.value, said_sealed=sealed(row.district, "said", told),
        alarms=[one.code[:20] for one in alarming(questions, answers)], account_id=by.account_id, who=by.name[:60],
        key=new.key,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _needs(by: Actor, row: Visit, record_id: int, new: NewRecord, now: datetime) -> list[str]:
    """Each need a case at the person's building; who wants a call back is its caller, else nobody is named."""
    if not new.needs:
        return []
    line = lines_by_id(by, [row.person_id], now).get(row.person_id)
    caller = None
    if any(one.call_back for one in new.needs):
        whole = see_whole_at_visit(by, row.person_id, row.id, now)
        (caller,) = ensure_callers(row.district, [(whole.name, whole.phone)], now)
    where = line.where.rsplit(" ", 1)[0] if line else ""
    appeals = [
        NewAppeal(
            text=one.words.strip(), channel=Channel.GRID.value, kind=AppealKind.HELP.value,
            caller_id=caller if one.call_back else None, place_text=(line.where if line and one.call_back else where),
            lon=line.lon if line else None, lat=line.lat if line else None, area=row.area, item=one.item,
            idempotency_key=f"visit:{row.id}:{new.key}:{number}",
        )
        for number, one in enumerate(new.needs)
    ]  # fmt: skip
    receipts = receive(row.district, appeals, by=by, now=now)
    Need.objects.bulk_create(
        Need(
            district=row.district, record_id=record_id, visit_id=row.id, person_id=row.person_id, case_id=one.case_id,
            made_at=now,
        )
        for one in receipts
    )  # fmt: skip
    return [one.receipt for one in receipts]


def _done(row: Visit, level: CareLevel | None, now: datetime) -> None:
    """The visit is made, and so is whatever else was due at that door; the next one counts from today."""
    today = localdate(now)
    open_still = Visit.objects.filter(
        district=row.district, person_id=row.person_id, done_at=None, dropped_at=None
    ).exclude(id=row.id)  # fmt: skip
    row.done_at, row.next_at = now, None
    row.save(update_fields=["done_at", "next_at"])
    open_still.filter(day__lte=today).update(done_at=now, next_at=None)
    following = (
        open_still.filter(day__gt=today, reason=VisitReason.STANDARD.value).order_by("day", "id").first()
    )
    if following is None or level is None:
        return
    every = standard_of(row.district, level).every
    last = today + timedelta(days=every)
    following.due_at = due_at(last, zone_of(row.district))
    following.day = min(following.day, last)
    if following.rung == 0:
        following.next_at = first_look(following.day, following.due_at, zone_of(row.district))
    following.save(update_fields=["due_at", "day", "next_at"])
