"""The versions of a district's indicators and of its rules of assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import connection

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.figures.models import FormulaVersion, RuleVersion
from huying.figures.rules.formulas import DEFAULTS, Formula, Unit
from huying.figures.rules.matters import STANDARD, Sheet
from huying.figures.rules.ranking import PLAIN, Threshold
from huying.figures.rules.schemes import Scheme
from huying.figures.rules.versions import Rule, RuleKind, read
from huying.kernel.errors import Denied

R = TypeVar("R", Scheme, Threshold, Sheet)


@dataclass(frozen=True, slots=True)
class FormulaInfo:
    """One version; ``made_at`` None: the platform's own."""

    formula: Formula
    made_at: datetime | None
    made_by: int | None


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One version of a rule, and who wrote it when."""

    rule: Rule
    made_at: datetime
    made_by: int | None


def formula_versions_for(actor: Actor, code: str) -> list[FormulaInfo]:
    """The versions of one indicator, newest first, the platform's last; none for a code nobody knows.

    Raises Denied.
    """
    if not actor.may(Permission.FIGURE_READ):
        raise Denied
    rows = FormulaVersion.objects.filter(district=actor.district, code=code).order_by("-version")
    own = [
        FormulaInfo(
            Formula(
                row.code, row.zh, row.en, row.numerator, row.denominator, Unit(row.unit), row.better, row.version,
                row.valid_from,
            ),
            row.made_at,
            row.made_by,
        )
        for row in rows
    ]  # fmt: skip
    return [*own, *(FormulaInfo(one, None, None) for one in DEFAULTS if one.code == code)]


def formulas_of(district: int) -> list[Formula]:
    """The versions that the district has written itself, as written SQL: a board asks for them four times."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, zh, en, numerator, denominator, unit, better, version, valid_from "
            "FROM figures_formulaversion WHERE district = %s ORDER BY id",
            [district],
        )
        return [
            Formula(code, zh, en, above, below, Unit(unit), better, version, since)
            for code, zh, en, above, below, unit, better, version, since in cursor.fetchall()
        ]


def rule_versions_for(actor: Actor, kind: RuleKind) -> list[RuleInfo]:
    """The district's own versions of a rule, newest first. Raises Denied."""
    if not actor.may(Permission.FIGURE_READ):
        raise Denied
    rows = RuleVersion.objects.filter(district=actor.district, kind=kind.value).order_by("-version")
    return [
        RuleInfo(read(kind, row.said, row.version, row.valid_from), row.made_at, row.made_by) for row in rows
    ]


def rules_of(district: int, kind: RuleKind) -> list[Rule]:
    """The district's own versions of a rule, oldest first."""
    rows = RuleVersion.objects.filter(district=district, kind=kind.value).order_by("version")
    columns = rows.values_list("said", "version", "valid_from")
    return [read(kind, said, version, valid_from) for said, version, valid_from in columns]


def schemes_of(district: int) -> list[Scheme]:
    """By which days periods of assessment end."""
    return [one for one in rules_of(district, RuleKind.PERIOD) if isinstance(one, Scheme)]


def threshold_on(district: int, day: date) -> Threshold:
    """How much must be judged for a rank in a period that ends on this day."""
    own = [one for one in rules_of(district, RuleKind.RANKING) if isinstance(one, Threshold)]
    return newest(own, day) or PLAIN


def sheet_on(district: int, day: date) -> Sheet:
    """By which lines a case closed on this day is scored."""
    own = [one for one in rules_of(district, RuleKind.MATTER) if isinstance(one, Sheet)]
    return newest(own, day) or STANDARD


def newest(own: Sequence[R], day: date) -> R | None:
    """The newest version that holds on a day."""
    return max((one for one in own if one.valid_from <= day), key=lambda one: one.version, default=None)
