"""One visit with what is asked there, what was said, and the cases that came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.seeing import numbers_for
from huying.kernel.errors import NotFound
from huying.people.models.keyring import keyring
from huying.residents.queries import key_persons
from huying.visits.models import Arrangement, Change, Need, Record, Visit
from huying.visits.policy import DO, READ, may_at, must, visits_of
from huying.visits.queries.checklists import questions_of
from huying.visits.queries.lists import VisitLine, lines_of
from huying.visits.rules.checklists import Question
from huying.visits.rules.kinds import Slot, Upheaval, VisitOutcome

_NOTHING: Final = '{"said": [], "words": ""}'


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """Somebody went there. ``said``: question and answer; ``words``: what else was noted; ``cases``: numbers seen."""

    id: int
    visit_id: int
    at: datetime
    outcome: VisitOutcome
    who: str
    said: Sequence[Sequence[str]]
    words: str
    cases: Sequence[str]


@dataclass(frozen=True, slots=True)
class VisitWhole:
    """The page of a visit. ``may_do``: the actor may write down what came of it."""

    line: VisitLine
    questions: Sequence[Question]
    records: Sequence[RecordInfo]
    may_do: bool


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """A great change; its words only for who may see the person's card."""

    id: int
    kind: Upheaval
    at: datetime
    words: str
    noted_by: str
    visit_id: int | None


@dataclass(frozen=True, slots=True)
class ArrangementInfo:
    """When somebody likes to be visited, and by whom."""

    weekdays: Sequence[int]
    slot: Slot
    worker_id: int | None


def visit_for(actor: Actor, visit_id: int, now: datetime) -> VisitWhole:
    """One of those the actor sees. Raises NotFound, Denied."""
    row = visit_row(actor, visit_id)
    kinds = key_persons(row.district, str(row.district), [row.person_id])
    return VisitWhole(
        line=lines_of(actor, [row], now)[0],
        questions=questions_of(row.district, kinds[0].kinds if kinds else ()),
        records=_records(
            actor, list(Record.objects.filter(district=row.district, visit_id=row.id).order_by("-at"))
        ),
        may_do=may_do(actor, row),
    )


def visit_row(actor: Actor, visit_id: int) -> Visit:
    """Its row, for this package. Raises NotFound, Denied."""
    must(actor, READ)
    row = Visit.objects.filter(visits_of(actor), id=visit_id).first()
    if row is None:
        raise NotFound
    return row


def may_do(actor: Actor, row: Visit) -> bool:
    """Whoever was sent, or works where the person lives."""
    if row.dropped_at is not None:
        return False
    own = actor.account_id is not None and row.worker_id == actor.account_id and actor.may(DO)
    return own or may_at(actor, DO, row.area)


def records_of(actor: Actor, person_id: int, limit: int = 12) -> Sequence[RecordInfo]:
    """What was said at visits to a person of whom the caller knows that the actor sees them, the newest first."""
    rows = Record.objects.filter(district=actor.district, person_id=person_id).order_by("-at")[:limit]
    return _records(actor, list(rows))


def changes_of(actor: Actor, person_id: int, limit: int = 10) -> Sequence[ChangeInfo]:
    """Great changes of a person of whom the caller knows that the actor sees them, the newest first."""
    rows = Change.objects.filter(district=actor.district, person_id=person_id).order_by("-id")[:limit]
    told = _hears(actor)
    return [
        ChangeInfo(
            row.id,
            Upheaval(row.kind),
            row.at,
            opened(row.district, "change", row.words_sealed) if told else "",
            row.noted_by,
            row.visit_id,
        )
        for row in rows
    ]


def arrangement_of(district: int, person_id: int) -> ArrangementInfo:
    """What was agreed with a person; without anything agreed, any day at any time by whoever comes."""
    row = Arrangement.objects.filter(district=district, person_id=person_id).first()
    return (
        ArrangementInfo(row.weekdays, Slot(row.slot), row.worker_id)
        if row
        else ArrangementInfo((), Slot.ANY, None)
    )


def sealed(district: int, column: str, text: str) -> bytes | None:
    """Words of a visit sealed; "" gives None."""
    return keyring().seal(text, f"{district}:visit.{column}")


def opened(district: int, column: str, value: bytes | memoryview | None) -> str:
    """The words again."""
    return keyring().open(value, f"{district}:visit.{column}")


def _hears(actor: Actor) -> bool:
    """Whether what was said is told them: it speaks of health and family, as whole data do."""
    return actor.may(Permission.RESIDENT_UNMASK)


def _records(actor: Actor, rows: Sequence[Record]) -> list[RecordInfo]:
    if not rows:
        return []
    district, cases = rows[0].district, dict[int, list[int]]()
    for need in Need.objects.filter(district=district, record_id__in=[row.id for row in rows]).order_by("id"):
        cases.setdefault(need.record_id, []).append(need.case_id)
    numbers, heard = numbers_for(actor, {one for those in cases.values() for one in those}), _hears(actor)
    found = []
    for row in rows:
        told = json.loads((opened(district, "said", row.said_sealed) if heard else "") or _NOTHING)
        shown = [numbers[one] for one in cases.get(row.id, ()) if one in numbers]
        found.append(
            RecordInfo(
                row.id,
                row.visit_id,
                row.at,
                VisitOutcome(row.outcome),
                row.who,
                told["said"],
                told["words"],
                shown,
            )
        )
    return found
