"""Following the ledger with the plans: each result is chosen once or not, and what is heard is kept beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.cases.ledger import Link
from huying.cases.lifecycle import State, Verb
from huying.cases.queries.verdicts import Verdict, verdicts, weighed
from huying.loop.evaluate.models import Asking
from huying.loop.evaluate.queries.plans import edition_of, plans_ever
from huying.loop.evaluate.queries.weighing import facts_of, first_way, way_to_begin
from huying.loop.evaluate.rules.outcomes import Sum, sum_of
from huying.loop.evaluate.rules.plans import Plan, choose
from huying.places.queries import district as place

_SUMMED: Final = ("tries", "tried_days", *Sum._fields)
_ASKED_IN: Final = frozenset({State.CHECKED.value, State.CLOSED.value})
_STEP: Final = ("step", "way", "visit_body", "step_at", "due_at", "tries", "tried_days")


def plan_askings(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Choose among the results that these entries bring, and note what they say of those chosen before."""
    _choose(district, entries, now)
    _hear(district, entries, now)


def _choose(district: int, entries: Sequence[Link], now: datetime) -> None:
    ended = {entry.case_id: entry for entry in entries if _ends_work(entry)}
    if not ended:
        return
    edition = edition_of(district)
    answered = {case_id: entry.verb == Verb.ANSWER for case_id, entry in ended.items()}
    found = facts_of(district, answered, max(entry.at for entry in ended.values()))
    rows = []
    for case_id, (case, facts) in found.items():
        entry, choice = ended[case_id], choose(edition.plans, district, case_id, facts)
        if choice is None or not choice.chosen:
            continue
        whole = timedelta(days=choice.plan.days * len(choice.plan.ways))
        if facts.answered and entry.at + whole < now:
            # Told long afterwards, as a history is that is brought in: nobody asks about it any more.
            continue
        step, way, visitor = way_to_begin(district, choice.plan, case, now)
        rows.append(
            Asking(
                district=district,
                case_id=case_id,
                seq=entry.seq,
                edition=edition.number,
                plan=choice.plan.code,
                area=case.area,
                body_id=None if facts.answered else case.body_id,
                answered=facts.answered,
                chosen_at=entry.at,
                chance=choice.chance,
                risks=sorted(facts.risks),
                step=step,
                way=way.value,
                visit_body=visitor,
                step_at=entry.at,
                due_at=entry.at + timedelta(days=choice.plan.days),
            )
        )
    Asking.objects.bulk_create(rows, ignore_conflicts=True)


def _ends_work(entry: Link) -> bool:
    return entry.verb == Verb.ANSWER or (entry.verb == Verb.CHECK and entry.outcome == "passed")


def _hear(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Count anew what was heard of the open ones, end those whose case has gone on, and go on to the next way."""
    touched = {entry.case_id for entry in entries if entry.verb in {Verb.FOLLOW_UP, Verb.RATE}}
    left = [entry for entry in entries if entry.before in _ASKED_IN and entry.before != entry.after]
    if not touched and not left:
        return
    rows = list(
        Asking.objects.select_for_update().filter(
            district=district, case_id__in=touched | {entry.case_id for entry in left}, done_at__isnull=True
        )
    )
    if not rows:
        return
    plans, said = plans_ever(district), verdicts(district, sorted({row.case_id for row in rows}))
    zone = ZoneInfo(place(district).zone)
    for row in rows:
        ends = next((entry for entry in left if _ends(row, entry)), None)
        _count(row, said.get(row.case_id, ()), zone, ends.seq if ends else None)
        if ends is not None or (row.answered and row.valid):
            row.done_at = ends.at if ends else max(one.at for one in said[row.case_id])
    Asking.objects.bulk_update(rows, [*_SUMMED, "done_at"])
    through = [row for row in rows if row.done_at is None and _is_through(row, said, plans)]
    go_on(district, through, plans, min(now, max(entry.at for entry in entries)))


def _ends(row: Asking, entry: Link) -> bool:
    before = State.CLOSED if row.answered else State.CHECKED
    return entry.case_id == row.case_id and entry.seq > row.seq and entry.before == before != entry.after


def _count(row: Asking, said: Sequence[Verdict], zone: ZoneInfo, last: int | None) -> None:
    mine = [one for one in said if one.seq > row.seq and (last is None or one.seq <= last)]
    for name, number in sum_of(mine)._asdict().items():
        setattr(row, name, number)
    tried = [one for one in mine if not one.reached and one.way == row.way and one.at >= row.step_at]
    row.tries = len({one.seq for one in tried if one.reason != "lapsed"})
    row.tried_days = len({one.at.astimezone(zone).date() for one in tried})


def _is_through(
    row: Asking, said: Mapping[int, Sequence[Verdict]], plans: Mapping[tuple[int, str], Plan]
) -> bool:
    """Whether asking on by this way is of no use: tried enough, or the last try of every caller says so."""
    plan = plans.get((row.edition, row.plan))
    if plan is None or not plan.tries or not row.tries:
        return False
    return plan.is_through(row.tries, row.tried_days) or _is_final(row, said.get(row.case_id, ()))


def _is_final(row: Asking, said: Sequence[Verdict]) -> bool:
    last = {one.appeal_id: one for one in said if one.seq > row.seq and one.way == row.way}
    return bool(last) and all(not one.reached and one.final for one in last.values())


def go_on(
    district: int, rows: Sequence[Asking], plans: Mapping[tuple[int, str], Plan], now: datetime
) -> Sequence[Asking]:
    """Let these go on by the next way of their plan; those that have none left fall due now and are given back."""
    if not rows:
        return []
    cases = weighed(district, sorted({row.case_id for row in rows}), now)
    over = []
    for row in rows:
        plan, case = plans.get((row.edition, row.plan)), cases.get(row.case_id)
        further = first_way(district, plan, case, now, row.step + 1) if plan and case else None
        if further is None or plan is None:
            over.append(row)
            row.due_at = min(row.due_at, now)
            continue
        row.step, way, row.visit_body = further
        row.way, row.step_at, row.due_at = way.value, now, now + timedelta(days=plan.days)
        row.tries = row.tried_days = 0
    Asking.objects.bulk_update(rows, _STEP)
    return over
