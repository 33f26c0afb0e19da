"""Each new case joins the issue it is likest to, founds one with a case like it, or stands alone for now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any, Final

from django.db import connection, transaction

from huying.cases.queries.voiced import Voiced, voiced
from huying.prevent.hot_issues.actions.naming import rename
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries.lexicons import lexicon_of, signature_of
from huying.prevent.hot_issues.queries.spots import spots_of
from huying.prevent.hot_issues.rules.grouping import ALIKE
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import (
    Counted,
    Signature,
    Spot,
    likeness,
    signature,
    taken_apart,
)
from huying.prevent.hot_issues.rules.states import IssueState

WINDOW: Final = timedelta(days=90)
KEYS: Final = 40
# Of the newest that share a heavy string, those that share most are compared: of the pairs that are alike in
# hot_issue_messages.csv these find 95 %, and 97 % of the likest ones (docs/benchmarks.md).
_NEWEST: Final = 400
_BESIDE: Final = 60
# Of the issues met, so many are looked at by so many of their newest cases.
_ISSUES: Final = 3
_MEMBERS: Final = 40
# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 620_601
# The strings alone are asked first, so that their index answers: asked together with the time, the server walks all that
# is new, which took 150 ms for a case among 3,424 where this takes 3.
_SHARING: Final = """
WITH sharing AS MATERIALIZED (
    SELECT district, case_id, keys, at FROM hot_issues_heard WHERE keys && %(keys)s::varchar[]
), newest AS (
    SELECT case_id, keys, at FROM sharing
    WHERE district = %(district)s AND at > %(since)s AND at <= %(until)s
    ORDER BY at DESC LIMIT %(newest)s
)
SELECT case_id FROM newest
ORDER BY (SELECT count(*) FROM unnest(keys) k WHERE k = ANY(%(keys)s::varchar[])) DESC, at DESC, case_id DESC
LIMIT %(most)s
"""


def in_turn(district: int) -> None:
    """Until the transaction ends nobody else changes what was heard in the district."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])


@dataclass(frozen=True, slots=True)
class Considered:
    """A new case as it will be kept, and the cases like it: how like, and which."""

    row: Heard
    near: Sequence[tuple[float, int]]


def hear(district: int, ids: Sequence[int], now: datetime) -> int:
    """Take in these cases, those known left as they are; how many were new."""
    return take_in(district, consider(district, ids, now))


def consider(district: int, ids: Sequence[int], now: datetime) -> list[Considered]:
    """Look for the cases like each of these that are new. Writes nothing."""
    known = set(Heard.objects.filter(district=district, case_id__in=ids).values_list("case_id", flat=True))
    lexicon, found = lexicon_of(district, now), voiced(district, [one for one in ids if one not in known])
    spots = spots_of(district, found)
    rows = [heard_row(district, one, spot, lexicon) for one, spot in zip(found, spots, strict=True)]
    return [Considered(row, _near(district, row, rows[:at])) for at, row in enumerate(rows)]


@transaction.atomic
def take_in(district: int, considered: Sequence[Considered]) -> int:
    """Keep what was considered, each beside those it is likest to as they stand now; how many were new."""
    in_turn(district)
    ids = [one.row.case_id for one in considered]
    known = set(Heard.objects.filter(district=district, case_id__in=ids).values_list("case_id", flat=True))
    fresh = [one for one in considered if one.row.case_id not in known]
    touched = {_placed(district, one) for one in fresh}
    rename(district, [one for one in touched if one is not None])
    return len(fresh)


def heard_row(
    district: int, said: Voiced, spot: Spot | None, lexicon: Lexicon, counted: Counted = Counted.NOT_YET
) -> Heard:
    """A case as it is kept, in no issue yet."""
    kept = signature(taken_apart(said.title, said.text), lexicon, spot, counted)
    marks = list(kept.marks)
    lon, lat = (None, None) if spot is None else (spot.lon, spot.lat)
    return Heard(
        district=district, case_id=said.case_id, at=said.at, title=said.title, area=said.area, lon=lon, lat=lat,
        caller_id=said.caller_id, item=said.item, marks=marks, weights=list(kept.marks.values()),
        names=sorted(kept.names), keys=marks[:KEYS],
    )  # fmt: skip


def _near(district: int, row: Heard, earlier: Sequence[Heard]) -> list[tuple[float, int]]:
    """Those that share most of its heavy strings, and those that came with it."""
    own = signature_of(row)
    kept = Heard.objects.filter(district=district, case_id__in=_sharing(district, row)) if row.keys else []
    found = [(likeness(own, signature_of(other)), other.case_id) for other in (*kept, *earlier)]
    return [(worth, case_id) for worth, case_id in found if worth > 0]


def _sharing(district: int, row: Heard) -> list[int]:
    given: dict[str, Any] = {
        "district": district, "keys": row.keys, "since": row.at - WINDOW, "until": row.at + WINDOW,
        "newest": _NEWEST, "most": _BESIDE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, given)
        return [case_id for (case_id,) in cursor.fetchall()]


def _placed(district: int, new: Considered) -> int | None:
    row, own = new.row, signature_of(new.row)
    asked = [case_id for _worth, case_id in new.near]
    standing = Heard.objects.filter(district=district, case_id__in=asked).defer(
        "marks", "weights", "names", "keys"
    )
    others = {other.case_id: other for other in standing}
    near = [(worth, others[case_id]) for worth, case_id in new.near if case_id in others]
    row.issue_id, row.likeness = _joins(district, own, near)
    if row.issue_id is None:
        alone = [(worth, other) for worth, other in near if other.issue_id is None and worth >= ALIKE]
        if alone:
            row.likeness, other = max(alone, key=lambda pair: (pair[0], -pair[1].case_id))
            row.issue_id = _founded(district, [row, other])
            Heard.objects.filter(district=district, case_id=other.case_id).update(
                issue_id=row.issue_id, likeness=row.likeness
            )
    row.save(force_insert=True)
    return row.issue_id


def _joins(district: int, own: Signature, near: Sequence[tuple[float, Heard]]) -> tuple[int | None, float]:
    """The issue whose members are likest on the mean, and how like."""
    best: dict[int, float] = {}
    for worth, other in near:
        if other.issue_id is not None:
            best[other.issue_id] = max(best.get(other.issue_id, 0.0), worth)
    asked = sorted(best, key=lambda number: (-best[number], number))[:_ISSUES]
    living = HotIssue.objects.filter(district=district, id__in=asked).exclude(state=IssueState.MERGED)
    means = [(_mean(district, own, number), -number) for number in living.values_list("id", flat=True)]
    worth, number = max(means, default=(0.0, 0))
    return (-number, worth) if worth >= ALIKE else (None, 1.0)


def _mean(district: int, own: Signature, number: int) -> float:
    newest = Heard.objects.filter(district=district, issue_id=number).order_by("-at")[:_MEMBERS]
    return fmean(likeness(own, signature_of(row)) for row in newest)


def _founded(district: int, rows: Sequence[Heard]) -> int:
    times = [row.at for row in rows]
    made = HotIssue.objects.create(
        district=district, title=rows[0].title, messages=len(rows), first_at=min(times), last_at=max(times)
    )
    made.refresh_from_db(fields=["id"])
    return made.id


def kept_signatures(rows: Sequence[Heard]) -> list[Signature]:
    """What is kept of many."""
    return [signature_of(row) for row in rows]
