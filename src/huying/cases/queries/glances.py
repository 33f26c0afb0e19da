"""Appeals and answers in a line: for the holder of several receipts, and for everybody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from huying.cases.lifecycle import State
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.cases.queries.erasing import said_of
from huying.cases.rules.titles import title_of

# Case by case: of a list of numbers the server knows no length once the statement is prepared, and took it for short
# enough to read every reply there is.
_LAST_REPLIES: Final = """
SELECT w.case_id, s.text FROM unnest(%s::bigint[]) AS w(case_id) CROSS JOIN LATERAL (
    SELECT text FROM cases_statement s
    WHERE s.district = %s AND s.case_id = w.case_id AND s.name = 'reply' AND s.public ORDER BY s.seq DESC LIMIT 1
) s
"""


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
    appeals = {row.receipt: row for row in Appeal.objects.filter(receipt__in=receipts)}
    of = {"district__in": {row.district for row in appeals.values()}}
    links = CaseAppeal.objects.filter(appeal_id__in=[row.id for row in appeals.values()], **of)
    # Links that ended come first, so that one that stands overwrites them.
    standing = sorted(links, key=lambda link: (link.until is None, link.case_id))
    answering = {(link.district, link.appeal_id): link for link in standing}
    found = Case.objects.filter(id__in={link.case_id for link in answering.values()}, **of)
    cases = {(case.district, case.id): case for case in found}
    return [
        Glance(receipt, title_for(appeal, case, link), State(case.state))
        for receipt in receipts
        if (appeal := appeals.get(receipt))
        and (link := answering.get((appeal.district, appeal.id)))
        and (case := cases.get((link.district, link.case_id)))
    ]


def receipts_of(district: int, caller_id: int, most: int) -> list[str]:
    """The receipts of a caller, the newest first."""
    given = Appeal.objects.filter(district=district, caller_id=caller_id).order_by("-received_at")
    return list(given.values_list("receipt", flat=True)[:most])


def caller_of(receipt: str) -> tuple[int, int] | None:
    """District and caller of a receipt number in stored form; None for one never given, or given to nobody known."""
    found = Appeal.objects.filter(receipt=receipt, caller_id__isnull=False)
    row = found.values_list("district", "caller_id").first()
    return (row[0], row[1]) if row and row[1] is not None else None


def title_for(appeal: Appeal, case: Case, link: CaseAppeal) -> str:
    """What a caller reads over a case. One that was there before they joined it bears another caller's words."""
    return case.title if link.since <= case.opened_at else title_of(said_of(appeal))


def public_replies(district: int, cases: Collection[int]) -> Mapping[int, str]:
    """The last public reply of each case that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_REPLIES, [list(cases), district])
        return dict(cursor.fetchall())
