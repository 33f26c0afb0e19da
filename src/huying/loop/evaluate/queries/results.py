"""What came of the plans: how many each asked about, who was heard, why not, and what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

import orjson
from django.db.models import Count, F, IntegerField, Max, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import FollowUpReason
from huying.cases.queries.lists.queue import PAGE, CaseLine, lines_of
from huying.kernel.errors import Denied, Invalid
from huying.kernel.terms import Term
from huying.loop.evaluate.models import Asking
from huying.loop.evaluate.queries.due import Planned, planned_as
from huying.loop.evaluate.queries.plans import edition_of, plans_ever
from huying.loop.evaluate.rules.outcomes import UNKNOWN

_REASONS: Final = (*(one.value for one in FollowUpReason), UNKNOWN)
_SUMS: Final = ("asked", "valid", "responded", "solved", "satisfied", "basically")


class Part(Term):
    """Which of a plan's results a list shows. What is counted beside it are cases or, of what was said, callers."""

    CHOSEN = "chosen", "抽中"
    OPEN = "open", "还在回访"
    ASKED = "asked", "问过的"
    VALID = "valid", "有效回访"
    INVALID = "invalid", "无效回访"
    RESPONDED = "responded", "已响应"
    SOLVED = "solved", "已解决"
    UNSOLVED = "unsolved", "未解决"
    SATISFIED = "satisfied", "满意和基本满意"


@dataclass(frozen=True, slots=True)
class PlanResult:
    """One plan in a period. ``chosen``, ``open`` and ``reached`` are results of cases, the others attempts at callers;
    ``invalid`` is reason → attempts, "unknown" where none was asked. ``current``: it is one of the plans now."""

    code: str
    name: str
    current: bool
    chosen: int
    open: int
    asked: int
    valid: int
    responded: int
    solved: int
    satisfied: int
    basically: int
    invalid: Mapping[str, int]

    @property
    def invalid_count(self) -> int:
        return sum(self.invalid.values())


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One result a plan asked about: its case, what the plan wanted, and what came of it."""

    line: CaseLine
    planned: Planned
    chosen_at: datetime
    done_at: datetime | None
    valid: int
    solved: int
    invalid: Mapping[str, int]


def plan_results_for(actor: Actor, since: datetime, until: datetime, area: str = "") -> Sequence[PlanResult]:
    """Every plan that chose a result in this time, the plans of now first in their order; one query. Raises Denied."""
    told = _theirs(actor, area).filter(chosen_at__gte=since, chosen_at__lt=until).values("plan")
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in _SUMS}
    sums |= {
        f"why_{name}": Sum(Cast(KeyTextTransform(name, "invalid"), IntegerField()), default=0)
        for name in _REASONS
    }
    rows = told.annotate(
        chosen=Count("case_id"),
        still=Count("case_id", filter=Q(done_at__isnull=True)),
        edition=Max("edition"),
        **sums,
    )
    names, now = plans_ever(actor.district), [one.code for one in edition_of(actor.district).plans]
    found = [_result(row, names, now) for row in rows]
    return sorted(
        found, key=lambda one: (not one.current, now.index(one.code) if one.current else 0, one.code)
    )


def _result(row: Mapping[str, Any], names: Mapping[tuple[int, str], Any], now: Sequence[str]) -> PlanResult:
    plan = names.get((row["edition"], row["plan"]))
    sums = {name: row[f"sum_{name}"] for name in _SUMS}
    invalid = {name: row[f"why_{name}"] for name in _REASONS if row[f"why_{name}"]}
    return PlanResult(
        code=row["plan"], name=plan.name if plan else row["plan"], current=row["plan"] in now, chosen=row["chosen"],
        open=row["still"], invalid=invalid, **sums,
    )  # fmt: skip


def asked_cases_for(
    actor: Actor, plan: str, part: Part, since: datetime, until: datetime, now: datetime, *, reason: str = "",
    area: str = "", after: str = "", limit: int = PAGE,
) -> tuple[Sequence[AskedLine], str]:  # fmt: skip
    """What stands behind a number of a plan, newest first, and the next cursor. Raises Denied; Invalid for a cursor."""
    rows = _theirs(actor, area).filter(plan=plan, chosen_at__gte=since, chosen_at__lt=until)
    rows = rows.filter(_PARTS[part])
    if reason:
        rows = rows.filter(invalid__has_key=reason)
    if after:
        rows = rows.filter(_further(after))
    found = list(rows.order_by("-chosen_at", "-case_id", "-seq")[: limit + 1])
    shown = found[:limit]
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in shown], now)}
    # Each row by itself: a case that was done again stands here twice.
    plans = plans_ever(actor.district)
    told = [
        AskedLine(
            lines[row.case_id], planned_as(row, plans.get((row.edition, row.plan))), row.chosen_at, row.done_at,
            row.valid, row.solved, row.invalid,
        )
        for row in shown
        if row.case_id in lines
    ]  # fmt: skip
    return told, _cursor(shown[-1]) if len(found) > limit else ""


_PARTS: Final[Mapping[Part, Q]] = {
    Part.CHOSEN: Q(),
    Part.OPEN: Q(done_at__isnull=True),
    Part.ASKED: Q(asked__gt=0),
    Part.VALID: Q(valid__gt=0),
    Part.INVALID: ~Q(invalid={}),
    Part.RESPONDED: Q(responded__gt=0),
    Part.SOLVED: Q(solved__gt=0),
    Part.UNSOLVED: Q(valid__gt=F("solved")),
    Part.SATISFIED: Q(satisfied__gt=0) | Q(basically__gt=0),
}


def _theirs(actor: Actor, area: str) -> QuerySet[Asking]:
    """The results within the actor's posts that read figures: an area, or what one body handled. Raises Denied."""
    grants = actor.grants_for(Permission.FIGURE_READ)
    if not grants:
        raise Denied
    scope = reduce(or_, (_scope(grant.area, grant.body_id) for grant in grants))
    rows = Asking.objects.filter(scope, district=actor.district)
    return rows.filter(area__gte=area, area__lt=f"{area}:") if area else rows


def _scope(area: str, body_id: int | None) -> Q:
    scope = Q(district__isnull=False) if len(area) <= 6 else Q(area__gte=area, area__lt=f"{area}:")
    return scope & Q(body_id=body_id) if body_id is not None else scope


def _cursor(row: Asking) -> str:
    return orjson.dumps([row.chosen_at.isoformat(), row.case_id, row.seq]).hex()


def _further(after: str) -> Q:
    try:
        moment, case_id, seq = orjson.loads(bytes.fromhex(after))
        at, number, entry = datetime.fromisoformat(moment), int(case_id), int(seq)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    same = Q(chosen_at=at, case_id__lt=number) | Q(chosen_at=at, case_id=number, seq__lt=entry)
    return Q(chosen_at__lt=at) | same
