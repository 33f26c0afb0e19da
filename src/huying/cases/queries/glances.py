"""Appeals and answers in a line: for the holder of several receipts, and for everybody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from huying.cases.lifecycle import State
from huying.cases.models import Appeal, Case, CaseAppeal, Statement


@dataclass(frozen=True, slots=True)
class Glance:
    """One appeal in a line: the case that answers it now, or did last."""

    receipt: str
    title: str
    state: State


def glances(receipts: Sequence[str]) -> list[Glance]:
    """A line for each number that is known, in the order given. Three queries whatever their number."""
    if not receipts:
        return []
    appeals = {row.receipt: (row.district, row.id) for row in Appeal.objects.filter(receipt__in=receipts)}
    of = {"district__in": {district for district, _id in appeals.values()}}
    links = CaseAppeal.objects.filter(appeal_id__in=[number for _d, number in appeals.values()], **of)
    # Links that ended come first, so that one that stands overwrites them.
    standing = sorted(links, key=lambda link: (link.until is None, link.case_id))
    answering = {(link.district, link.appeal_id): link.case_id for link in standing}
    found = Case.objects.filter(id__in=set(answering.values()), **of)
    cases = {(case.district, case.id): case for case in found}
    return [
        Glance(receipt, case.title, State(case.state))
        for receipt in receipts
        if (key := appeals.get(receipt)) and (case := cases.get((key[0], answering.get(key, 0))))
    ]


def public_replies(district: int, cases: Collection[int]) -> Mapping[int, str]:
    """The last public reply of each case that has one."""
    rows = Statement.objects.filter(district=district, case_id__in=cases, name="reply", public=True)
    return {row.case_id: row.text for row in rows.order_by("case_id", "seq")}
