"""Which cases and callers an erasure concerns, and what is shown where words were."""

from collections.abc import Collection
from dataclasses import dataclass

from huying.cases.models import Appeal, Case, CaseAppeal, Clock
from huying.cases.rules.erasing import ERASED


@dataclass(frozen=True, slots=True)
class Reach:
    """The appeals meant that still stand, and the cases they ever led to, each by its number.

    ``busy`` cases are open, or a clock of theirs runs. ``shared`` ones answer others too whose words stand. ``callers``
    are those of the appeals; ``speaking`` of them said something else that stands.
    """

    appeals: frozenset[int]
    whole: frozenset[int]
    shared: frozenset[int]
    busy: frozenset[int]
    callers: frozenset[int]
    speaking: frozenset[int]
    texts: tuple[str, ...]


def said_of(appeal: Appeal) -> str:
    """What a caller said, or that it was erased."""
    return appeal.text if appeal.erased_at is None else ERASED


def reach_of(district: int, appeals: Collection[int]) -> Reach:
    """How far the erasure of these appeals reaches; what was erased before is left out. A handful of queries."""
    rows = list(Appeal.objects.filter(district=district, id__in=appeals, erased_at=None))
    meant = {row.id for row in rows}
    links = CaseAppeal.objects.filter(district=district)
    cases = set(links.filter(appeal_id__in=meant).values_list("case_id", flat=True))
    beside = dict[int, set[int]]()
    for case_id, appeal_id in links.filter(case_id__in=cases).values_list("case_id", "appeal_id"):
        beside.setdefault(case_id, set()).add(appeal_id)
    others = set().union(*beside.values()) - meant if beside else set()
    standing = Appeal.objects.filter(district=district, erased_at=None)
    left = set(standing.filter(id__in=others).values_list("id", flat=True))
    shared = {case_id for case_id, ids in beside.items() if ids & left}
    callers = {row.caller_id for row in rows if row.caller_id is not None}
    speaking = standing.filter(caller_id__in=callers).exclude(id__in=meant)
    return Reach(
        frozenset(meant), frozenset(cases - shared), frozenset(shared), _busy(district, cases), frozenset(callers),
        frozenset(one for one in speaking.values_list("caller_id", flat=True).distinct() if one is not None),
        tuple(row.text for row in rows),
    )  # fmt: skip


def _busy(district: int, cases: Collection[int]) -> frozenset[int]:
    is_open = Case.objects.filter(district=district, id__in=cases, closed_at=None)
    running = Clock.objects.filter(district=district, case_id__in=cases, stopped_at=None)
    return frozenset(is_open.values_list("id", flat=True)) | frozenset(
        running.values_list("case_id", flat=True)
    )


def appeal_of(district: int, receipt: str) -> int | None:
    """The appeal of a receipt in its stored form; None for one never given in this district."""
    return Appeal.objects.filter(district=district, receipt=receipt).values_list("id", flat=True).first()


def appeals_of_case(district: int, case_id: int) -> list[int]:
    """Every appeal the case ever answered."""
    links = CaseAppeal.objects.filter(district=district, case_id=case_id)
    return list(links.values_list("appeal_id", flat=True))


def appeals_of_callers(district: int, callers: Collection[int]) -> list[int]:
    """Everything these callers ever said."""
    rows = Appeal.objects.filter(district=district, caller_id__in=callers)
    return list(rows.values_list("id", flat=True))
