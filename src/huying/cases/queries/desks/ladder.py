"""Where cases stand on their ladders, and what was done before (R402)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count

from huying.cases.clocks import RungAction
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.models import Clock, Entry
from huying.cases.queries.settings.timing import timing_of

#: What is done to hurry a case, in the order in which it is told.
HURRYING: Final = (Verb.WARN, Verb.REMIND, Verb.SUPERVISE, Verb.REPLY_SUPERVISION, Verb.LIFT, Verb.INTERVIEW)


@dataclass(frozen=True, slots=True)
class Stood:
    """The rung that one running clock has reached, None below the first; the next one and when, None at the top."""

    reached: RungAction | None
    coming: RungAction | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """One case: its running clocks by kind and body (0: the case's own), and how often it was hurried how."""

    clocks: Mapping[tuple[ClockKind, int], Stood] = field(default_factory=dict)
    before: Mapping[Verb, int] = field(default_factory=dict)


def ladders_of(district: int, case_ids: Sequence[int]) -> Mapping[int, Ladder]:
    """The ladders of cases already read by who may see them; two queries whatever their number."""
    if not case_ids:
        return {}
    of = {"district": district, "case_id__in": list(case_ids)}
    clocks: dict[int, dict[tuple[ClockKind, int], Stood]] = {}
    for clock in Clock.objects.filter(stopped_at__isnull=True, **of):
        kind = ClockKind(clock.kind)
        owner = (clock.body_id or 0) if kind.of_order else 0
        clocks.setdefault(clock.case_id, {})[kind, owner] = _stood(clock, kind)
    done: dict[int, dict[Verb, int]] = {}
    counts = (
        Entry.objects.filter(verb__in=HURRYING, **of).values_list("case_id", "verb").annotate(n=Count("seq"))
    )
    for case_id, verb, count in counts.order_by("case_id", "verb"):
        done.setdefault(case_id, {})[Verb(verb)] = count
    return {case_id: Ladder(clocks.get(case_id, {}), done.get(case_id, {})) for case_id in case_ids}


def _stood(clock: Clock, kind: ClockKind) -> Stood:
    timing = timing_of(clock.district)
    now = timing.rung(kind, clock.rung)
    above = timing.next_rung(kind, clock.rung, clock.starts_at, clock.due_at) if clock.next_at else None
    rule = timing.rung(kind, above[0]) if above else None
    return Stood(now.action if now else None, rule.action if rule else None, above[1] if above else None)
