"""The versions of a district's indicators."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.figures.models import FormulaVersion
from huying.figures.rules.formulas import DEFAULTS, Formula, Unit
from huying.kernel.errors import Denied


@dataclass(frozen=True, slots=True)
class FormulaInfo:
    """One version; ``made_at`` None: the platform's own."""

    formula: Formula
    made_at: datetime | None
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
