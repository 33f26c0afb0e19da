"""What counts as done: the closing standard and the evidence that the responsibility list asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.catalogue.queries import item, live_edition
from huying.catalogue.rules.kinds import Evidence
from huying.catalogue.rules.lines import ConditionLine
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Standard:
    """The condition under which the case was filed, when it counts as done, and what is to be handed in."""

    item: str
    group: str
    condition: str
    closing: str
    evidence: Sequence[str]
    photos: bool
    kinds: Sequence[Evidence] = ()


def standard_of(district: int, code: str, condition: int | None) -> Standard | None:
    """By the list in force; None while the case has no item on it."""
    if not code or live_edition(district) is None:
        return None
    try:
        line = item(district, code)
    except NotFound:
        return None
    chosen = line.condition(condition) if condition is not None else None
    usual: ConditionLine | None = chosen or (line.conditions[0] if line.conditions else None)
    evidence = usual.evidence if usual else ()
    return Standard(
        item=line.name,
        group=f"{line.class_name} · {line.group_name}",
        condition=usual.text if usual else "",
        closing=usual.closing_standard if usual else "",
        evidence=[_(each.zh) for each in evidence],
        photos=bool({Evidence.BEFORE, Evidence.AFTER} & set(evidence)),
        kinds=evidence,
    )
