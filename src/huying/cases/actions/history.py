"""What already happened, written with its own times: bulk import, demonstration, migration from other systems.

The same rules as for live steps, applied in memory; a history that the table does not allow is refused whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from huying.access.actor import Actor, ActorKind
from huying.cases.actions import rows
from huying.cases.actions.advance import take
from huying.cases.actions.receive import NewAppeal, Receipt, birth
from huying.cases.actions.work import Work
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.policy.moves import CaseRef, Move
from huying.kernel import numbers
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import said


@dataclass(frozen=True, slots=True)
class Past:
    """One step that was taken at ``at``."""

    verb: Verb
    at: datetime
    by: Actor
    outcome: Outcome | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One appeal received at ``received_at`` and what was done with it since, in order of time.

    ``joins`` are neighbours' appeals about the same matter with their own steps; all are lived through
    together in the order of time, so that they can be merged. A step's fact ``appeal`` 0 means the appeal of
    this history and n that of its n-th neighbour; the fact ``into`` 0 means the case of this history; the fact
    ``pledge`` n means the n-th promise or part made in it, counted from 0.
    """

    appeal: NewAppeal
    received_at: datetime
    steps: Sequence[Past] = ()
    joins: Sequence["History"] = ()


_Given = tuple[int, int, str]


def known_keys(district: int, keys: Sequence[str]) -> set[str]:
    """Which of these idempotency keys were received before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT idempotency_key FROM cases_appeal WHERE district = %s AND idempotency_key = ANY(%s)",
            [district, list(keys)],
        )
        return {row[0] for row in cursor.fetchall()}


def record(district: int, histories: Sequence[History], *, by: Actor) -> list[Receipt | HuyingError]:
    """Write all histories in one transaction. One that cannot be is left out whole and answered with its error.

    The caller has made sure that none was written before (see ``known_keys``).
    """
    answers: list[Receipt | HuyingError] = []
    with transaction.atomic():
        count = sum(1 + len(history.joins) for history in histories)
        case_ids, appeal_ids = rows.new_case_ids(count), rows.new_ids(count)
        given = zip(case_ids, appeal_ids, numbers.many(count), strict=True)
        whole: list[Work] = []
        for history in histories:
            work = Work(history.received_at)
            mine = list(islice(given, 1 + len(history.joins)))
            try:
                answers.append(_live(work, district, history, by, mine))
                whole.append(work)
            except HuyingError as error:
                answers.append(error)
        Work.flush_together(whole)
    return answers


def _live(work: Work, district: int, history: History, by: Actor, given: Sequence[_Given]) -> Receipt:
    answers: dict[int, Receipt] = {}
    family = [history, *history.joins]
    for at, number, past in _in_order(family):
        work.now = at
        case_id, appeal_id, receipt = given[number]
        if isinstance(past, NewAppeal):
            answers[number] = birth(
                work, district, past, by, case_id=case_id, appeal_id=appeal_id, receipt=receipt,
                ours=not _was_archived(family[number]),
            )  # fmt: skip
        else:
            case = (district, case_id)
            promises = [row.id for row in work.matters[case].promises]
            take(work, _move(case, past, given, appeal_id, promises))
    return answers[0]


def _was_archived(history: History) -> bool:
    return bool(history.steps) and history.steps[0].verb is Verb.ARCHIVE


def _in_order(family: Sequence[History]) -> list[tuple[datetime, int, NewAppeal | Past]]:
    """Births and steps of all, by time; what happens at one moment keeps the order in which it was given."""
    told: list[tuple[datetime, int, NewAppeal | Past]] = []
    for number, history in enumerate(family):
        last = history.received_at
        told.append((last, number, history.appeal))
        for past in history.steps:
            if past.at < last:
                raise Invalid(said("%(verb)s的时间早于上一步。", verb=past.verb.zh))
            last = past.at
            told.append((past.at, number, past))
    return sorted(told, key=lambda each: each[0])


def _move(
    case: CaseRef, past: Past, given: Sequence[_Given], appeal_id: int, promises: Sequence[int]
) -> Move:
    facts, by = dict(past.facts), past.by
    named = facts.get("appeal")
    if isinstance(named, int) and named < len(given):
        facts["appeal"] = given[named][1] if named else appeal_id
    pledge = facts.get("pledge")
    if isinstance(pledge, int) and pledge < len(promises):
        facts["pledge"] = promises[pledge]
    if facts.get("into") == 0:
        facts["into"] = given[0][0]
    if by.kind is ActorKind.RESIDENT and by.appeal_id is None:
        by = replace(by, appeal_id=facts.get("appeal", appeal_id))
    return Move(
        case=case, verb=past.verb, by=by, outcome=past.outcome, facts=facts, order_id=past.order_id
    )  # fmt: skip
