"""Once a night: what is common is counted anew, and the cases of the last ninety days are grouped anew.

A group goes on as the issue that most of its cases belonged to, so that an issue keeps its number and what people said
of it. Cases that a person put somewhere stay there.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from huying.cases.queries.voiced import Voiced, voiced, voiced_since
from huying.prevent.hot_issues.actions.hearing import WINDOW, heard_row, in_turn, kept_signatures
from huying.prevent.hot_issues.actions.naming import rename
from huying.prevent.hot_issues.models import Heard, HotIssue, WordCounts
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from huying.prevent.hot_issues.queries.spots import spots_of
from huying.prevent.hot_issues.rules.grouping import grouped
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import Counted, taken_apart

# What one day takes in: with more, the last days are grouped anew and the rest stays as it was heard.
MOST: Final = 30_000
KEPT_FOR: Final = timedelta(days=400)


def consolidate(district: int, now: datetime) -> int:
    """Group anew; how many issues there are. Safe to do twice, and by two workers at once."""
    said = voiced_since(district, now - WINDOW, MOST)
    lexicon = _counted(said)
    spots = spots_of(district, said)
    rows = [
        heard_row(district, one, spot, lexicon, Counted.ALREADY)
        for one, spot in zip(said, spots, strict=True)
    ]
    # Grouping takes long: while it is thought over, cases are heard and issues settled as ever.
    _as_before(district, rows)
    free = [row for row in rows if not row.fixed]
    groups = [[free[at] for at in group] for group in grouped(kept_signatures(free))]
    with transaction.atomic():
        in_turn(district)
        _as_before(district, rows)
        WordCounts.objects.update_or_create(
            district=district,
            defaults={"messages": lexicon.messages, "counts": lexicon.packed(), "counted_at": now},
        )
        left = _left_out(district, said)
        Heard.objects.filter(district=district, case_id__in=[row.case_id for row in rows]).delete()
        touched = left | _grouped(district, rows, groups)
        Heard.objects.filter(district=district, at__lt=now - KEPT_FOR).delete()
        rename(district, touched)
        _forget_empty(district)
    forget_lexicons()
    return len(touched)


def _forget_empty(district: int) -> None:
    """An issue whose cases are all too old goes, unless people said something of it."""
    heard = Heard.objects.filter(district=district, issue_id=OuterRef("id"))
    HotIssue.objects.filter(~Exists(heard), district=district, settled_at=None).delete()


def _counted(said: Sequence[Voiced]) -> Lexicon:
    lexicon = Lexicon.empty()
    for one in said:
        lexicon.take(taken_apart(one.title, one.text).slots)
    return lexicon


def _left_out(district: int, said: Sequence[Voiced]) -> set[int]:
    """Cases that were merged away or became thanks since they were heard are forgotten; the issues they were in."""
    if not said:
        return set()
    beside = Heard.objects.filter(district=district, at__gte=said[0].at).values_list("case_id", "issue_id")
    taken = {one.case_id for one in said}
    others = {case_id: issue for case_id, issue in beside if case_id not in taken}
    gone = others.keys() - {one.case_id for one in voiced(district, list(others))}
    Heard.objects.filter(district=district, case_id__in=gone).delete()
    return {issue for case_id in gone if (issue := others[case_id]) is not None}


def _as_before(district: int, rows: Sequence[Heard]) -> None:
    """Each case with the issue it belongs to, and whether a person put it there."""
    ids = [row.case_id for row in rows]
    before = {
        row["case_id"]: row
        for row in Heard.objects.filter(district=district, case_id__in=ids).values(
            "case_id", "issue_id", "fixed"
        )
    }
    for row in rows:
        known = before.get(row.case_id)
        if known is not None:
            row.issue_id, row.fixed = known["issue_id"], known["fixed"]


def _grouped(district: int, rows: Sequence[Heard], thought: Sequence[Sequence[Heard]]) -> set[int]:
    """Write the groups; what a person put somewhere while they were thought over stays there."""
    touched = {row.issue_id for row in rows if row.issue_id is not None}
    groups = [free for group in thought if (free := [row for row in group if not row.fixed])]
    taken: set[int] = set()
    # What people put together may fall into several groups; each goes on in it.
    settled = {row.issue_id for row in rows if row.fixed}
    for group in sorted(groups, key=lambda each: (-len(each), each[0].case_id)):
        alone = len(group) == 1 and group[0].issue_id not in settled
        number = None if alone else _number(district, group, taken - settled)
        for row in group:
            row.issue_id = number
        if number is not None:
            taken.add(number)
    Heard.objects.bulk_create(rows, batch_size=500)
    return touched | taken


def _number(district: int, group: Sequence[Heard], taken: set[int]) -> int:
    """The issue most of the group belonged to, unless a larger group has it already; else a new one."""
    told = Counter(row.issue_id for row in group if row.issue_id is not None and row.issue_id not in taken)
    if told:
        most = max(told.values())
        return min(number for number, times in told.items() if times == most)
    times = [row.at for row in group]
    made = HotIssue.objects.create(
        district=district, title=group[0].title, messages=len(group), first_at=min(times), last_at=max(times)
    )
    made.refresh_from_db(fields=["id"])
    return made.id
