"""Which cases answer an appeal now: a split gave it several, a merge led it to another."""

from collections.abc import Collection, Mapping, Sequence

from huying.cases.models import Appeal, CaseAppeal


def answering_cases(district: int, appeals: Collection[int]) -> Mapping[int, Sequence[int]]:
    """Appeal → its cases that stand; where none does, the last that did. One query whatever their number."""
    standing: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    rows = CaseAppeal.objects.filter(district=district, appeal_id__in=list(appeals)) if appeals else []
    for row in sorted(rows, key=lambda row: (row.since, row.case_id)):
        (standing if row.until is None else ended).setdefault(row.appeal_id, []).append(row.case_id)
    return {appeal: standing.get(appeal) or ended[appeal][-1:] for appeal in {*standing, *ended}}


def cases_from(district: int, cases: Collection[int], source: str) -> frozenset[int]:
    """Which of these cases began with what a source said, and not with a caller's words. Two queries."""
    first = dict(
        CaseAppeal.objects.filter(district=district, case_id__in=list(cases))
        .order_by("-since", "-appeal_id")
        .values_list("case_id", "appeal_id")
    )
    said = set(
        Appeal.objects.filter(district=district, id__in=list(first.values()), source=source).values_list(
            "id", flat=True
        )
    )
    return frozenset(case for case, appeal in first.items() if appeal in said)
