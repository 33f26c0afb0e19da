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
from huying.prevent.hot_issues.rules.parting import parts

# What one day takes in: with more, the last days are grouped anew and the rest stays as it was heard.
MOST: Final = 30_000
KEPT_FOR: Final = timedelta(days=400)
# Cases written in one transaction; more only where more belong together.
_AT_ONCE: Final = 200
_WORDS: Final = ("title", "area", "lon", "lat", "caller_id", "item", "marks", "weights", "names", "keys")


def consolidate(district: int, now: datetime) -> int:
    """Group anew; how many issues there are. Safe to do twice, and by two workers at once.

    Written in parts, so that nobody who settles or hears waits long. Whatever issues share a case are written together:
    between two parts every case stands in one issue, and every issue's number and name are those of its cases. What
    breaks off in between is done again, for it counts as done with the last part.
    """
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
    thought = [[free[at] for at in group] for group in grouped(kept_signatures(free))]
    groups = [group for group in [*thought, *([row] for row in rows if row.fixed)] if _matters(group)]
    _leave_out(district, said)
    for first in range(0, len(rows), _AT_ONCE):
        _keep_words(district, said[first : first + _AT_ONCE], rows[first : first + _AT_ONCE])
    touched: set[int] = set()
    taken: set[int] = set()
    for part in parts([(len(group), _issues(group)) for group in groups], _AT_ONCE):
        touched |= _grouped(district, [groups[at] for at in part], taken)
    _finish(district, lexicon, now)
    return len(touched)


def _matters(group: Sequence[Heard]) -> bool:
    """Whether there is anything to write: a case alone that stood alone stays so."""
    return len(group) > 1 or group[0].issue_id is not None


def _issues(group: Sequence[Heard]) -> set[int]:
    return {row.issue_id for row in group if row.issue_id is not None}


@transaction.atomic
def _keep_words(district: int, said: Sequence[Voiced], rows: Sequence[Heard]) -> None:
    """What is kept of these cases' words, weighed anew; the issue of one that was heard before stays.

    Left out is whatever stands otherwise by now: what was erased meanwhile must not come back.
    """
    in_turn(district)
    standing = set(voiced(district, [one.case_id for one in said]))
    Heard.objects.bulk_create(
        [row for one, row in zip(said, rows, strict=True) if one in standing],
        update_conflicts=True, unique_fields=["district", "case_id"], update_fields=_WORDS,
    )  # fmt: skip


@transaction.atomic
def _finish(district: int, lexicon: Lexicon, now: datetime) -> None:
    in_turn(district)
    WordCounts.objects.update_or_create(
        district=district,
        defaults={"messages": lexicon.messages, "counts": lexicon.packed(), "counted_at": now},
    )
    Heard.objects.filter(district=district, at__lt=now - KEPT_FOR).delete()
    _forget_empty(district)
    transaction.on_commit(forget_lexicons)


def _forget_empty(district: int) -> None:
    """An issue whose cases are all too old goes, unless people said something of it."""
    heard = Heard.objects.filter(district=district, issue_id=OuterRef("id"))
    HotIssue.objects.filter(~Exists(heard), district=district, settled_at=None).delete()


def _counted(said: Sequence[Voiced]) -> Lexicon:
    lexicon = Lexicon.empty()
    for one in said:
        lexicon.take(taken_apart(one.title, one.text).slots)
    return lexicon


@transaction.atomic
def _leave_out(district: int, said: Sequence[Voiced]) -> None:
    """Cases that were merged away or became thanks since they were heard are forgotten."""
    if not said:
        return
    in_turn(district)
    beside = Heard.objects.filter(district=district, at__gte=said[0].at).values_list("case_id", "issue_id")
    taken = {one.case_id for one in said}
    others = {case_id: issue for case_id, issue in beside if case_id not in taken}
    gone = others.keys() - {one.case_id for one in voiced(district, list(others))}
    Heard.objects.filter(district=district, case_id__in=gone).delete()
    rename(district, {issue for case_id in gone if (issue := others[case_id]) is not None})


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


@transaction.atomic
def _grouped(district: int, thought: Sequence[Sequence[Heard]], taken: set[int]) -> set[int]:
    """Write these groups; what a person put somewhere while they were thought over stays there."""
    in_turn(district)
    rows = [row for group in thought for row in group]
    _as_before(district, rows)
    touched, before = _issues(rows), {row.case_id: row.issue_id for row in rows}
    groups = [free for group in thought if (free := [row for row in group if not row.fixed])]
    # What people put together may fall into several groups; each goes on in it.
    settled = {row.issue_id for row in rows if row.fixed}
    for group in sorted(groups, key=lambda each: (-len(each), each[0].case_id)):
        alone = len(group) == 1 and group[0].issue_id not in settled
        number = None if alone else _number(district, group, taken - settled)
        moved = [row.case_id for row in group if before[row.case_id] != number]
        Heard.objects.filter(district=district, case_id__in=moved).update(issue_id=number, likeness=1)
        if number is not None:
            taken.add(number)
            touched.add(number)
    rename(district, touched)
    return touched


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
