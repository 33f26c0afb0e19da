"""The plans in force: what the platform brings along, and what the district made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huying.emergency.models import PlanVersion, Skill
from huying.emergency.rules.plans import Plan, rings_of
from huying.emergency.rules.starter import starter_plans, starter_skills
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a plan; version 0 is the platform's own, made by nobody here."""

    plan: Plan
    ended: bool
    why: str
    made_at: datetime | None
    made_by: str


def plans_of(district: int, *, ended: bool = False) -> list[Plan]:
    """The plans that may be chosen, in the order of the starter list, the district's own after them; one query."""
    newest = {
        row.code: row for row in PlanVersion.objects.filter(district=district).order_by("code", "version")
    }
    codes = [*starter_plans(), *(code for code in newest if code not in starter_plans())]
    return [
        _plan(newest[code]) if code in newest else starter_plans()[code]
        for code in codes
        if ended or code not in newest or not newest[code].ended
    ]


def plan_for(district: int, code: str) -> Plan:
    """The plan in force for a kind of emergency. Raises NotFound for none, and for one that is offered no more."""
    row = PlanVersion.objects.filter(district=district, code=code).order_by("-version").first()
    if row is None and code in starter_plans():
        return starter_plans()[code]
    if row is None or row.ended:
        raise NotFound("没有这种紧急情况。")
    return _plan(row)


def versions_of(district: int, code: str) -> list[VersionRow]:
    """Every version of a plan, the newest first. Raises NotFound."""
    rows = PlanVersion.objects.filter(district=district, code=code).order_by("-version")
    found = [VersionRow(_plan(row), row.ended, row.why, row.made_at, row.made_by) for row in rows]
    if code in starter_plans():
        found.append(VersionRow(starter_plans()[code], False, "", None, ""))
    if not found:
        raise NotFound
    return found


def skills_of(district: int, *, ended: bool = False) -> Mapping[str, str]:
    """Code to name of the skills that may be given, the platform's first."""
    own = {row.code: row for row in Skill.objects.filter(district=district).order_by("id")}
    found = {code: own[code].name if code in own else name for code, name in starter_skills().items()}
    found |= {code: row.name for code, row in own.items()}
    return {
        code: name for code, name in found.items() if ended or code not in own or own[code].ended_at is None
    }


def _plan(row: PlanVersion) -> Plan:
    return Plan(
        row.code, row.name, tuple(row.skills), row.enough, rings_of(row.rings), tuple(row.lines), row.window,
        row.hand_wait, row.version,
    )  # fmt: skip
