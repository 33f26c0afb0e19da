"""Scoring closed cases as they are closed, judged again or reopened; what changes is told as a difference."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F

from huying.cases.lifecycle import CLOSED_STATES, State
from huying.figures.actions.writing import Counted, insert
from huying.figures.models import FactCase, MatterScore
from huying.figures.queries.versions import rules_of
from huying.figures.rules.matters import STANDARD, Sheet, score
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import local_day
from huying.figures.rules.versions import RuleKind
from huying.loop.supervise.actions import Followed
from huying.loop.supervise.rules.cuts import place

_COLUMNS: Final = {
    "case_id": "bigint", "body_id": "bigint", "area": "text", "item": "text", "day": "date", "score": "numeric",
    "lines": "jsonb", "counts": "jsonb", "version": "integer", "seq": "integer",
}  # fmt: skip
_OWN: Final = {Measure.SCORED, Measure.SCORE_POINTS, Measure.EXEMPTED}
_BEHIND: Final = {
    "measure": "text", "day": "date", "area": "text", "body_id": "bigint", "item": "text", "case_id": "bigint",
    "seq": "integer",
}  # fmt: skip


class Closing(NamedTuple):
    """Where a closed case stands: the body that closed it, its place, the day and the entry that closed it."""

    body: int
    area: str
    item: str
    day: date
    seq: int


def rescore(district: int, trail: Sequence[Followed], zone: ZoneInfo) -> list[Counted]:
    """Score the cases that these entries left closed, take back the scores of those they reopened."""
    last = {each.link.case_id: each for each in trail}
    closed = {
        case_id: each for case_id, each in last.items()
        if each.after.state == State.CLOSED and each.after.place.body
    }  # fmt: skip
    reopened = [
        each.link.case_id for each in trail
        if each.link.before in CLOSED_STATES and each.link.case_id not in closed
    ]  # fmt: skip
    if not closed and not reopened:
        return []
    # The entry that closed it, also when something is said of it later.
    ends = {
        each.link.case_id: (local_day(each.link.at, zone), each.link.seq)
        for each in trail
        if each.link.before != State.CLOSED
    }
    held = scores_of(district, [*closed, *reopened])
    told = {}
    for case_id, each in closed.items():
        if case_id in ends or case_id in held:
            day, seq = ends[case_id] if case_id in ends else (held[case_id].day, held[case_id].seq)
            area = str(each.link.facts["case"]["area"] or "")[:15]
            told[case_id] = Closing(each.after.place.body, area, each.after.place.item, day, seq)
    return score_again(district, told, held)


def score_again(district: int, told: Mapping[int, Closing], held: Mapping[int, MatterScore]) -> list[Counted]:
    """Write the scores of these closed cases and take back those ``held``; what is to be added to the counts."""
    counts = _counts(district, told)
    sheets = [one for one in rules_of(district, RuleKind.MATTER) if isinstance(one, Sheet)]
    rows: list[tuple[Any, ...]] = []
    changes: list[Counted] = []
    for case_id, closing in sorted(told.items()):
        counted = counts.get(case_id, {})
        if not counted.get(Measure.REPORTED):
            continue
        sheet = max(
            (one for one in sheets if one.valid_from <= closing.day), key=lambda one: one.version, default=STANDARD
        )  # fmt: skip
        found = score(sheet, counted)
        worth = {code: str(points) for code, points in found.worth.items()}
        said = {measure.value: number for measure, number in counted.items()}
        rows.append(
            (case_id, *closing[:3], closing.day, str(found.score), worth, said, sheet.version, closing.seq)
        )
        changes += _points(case_id, closing, found.score, 1)
    for case_id in sorted(held):
        changes += _taken_back(held[case_id])
    _write(district, rows, sorted(held.keys() - {row[0] for row in rows}), sorted(held))
    return changes


def _taken_back(row: MatterScore) -> Iterator[Counted]:
    yield from _points(row.case_id, Closing(row.body_id, row.area, row.item, row.day, row.seq), row.score, -1)


def _points(case_id: int, at: Closing, points: Decimal, sign: int) -> Iterator[Counted]:
    where = place(at.area, at.body, at.item)
    yield Counted(Measure.SCORED.value, at.day, where, at.area, sign, case_id, at.seq)
    yield Counted(
        Measure.SCORE_POINTS.value, at.day, where, at.area, sign * int(points * 100), case_id, at.seq
    )


def scores_of(district: int, case_ids: Sequence[int]) -> dict[int, MatterScore]:
    """The scores that these cases have."""
    return {row.case_id: row for row in MatterScore.objects.filter(district=district, case_id__in=case_ids)}


def _counts(district: int, told: Mapping[int, Closing]) -> dict[int, dict[Measure, int]]:
    """What was counted on each case at the body that closed it, exempted facts left out."""
    rows = FactCase.objects.filter(district=district, case_id__in=list(told), exempt_at__isnull=True)
    found: dict[int, dict[Measure, int]] = {}
    for case_id, body, measure, times in rows.values_list("case_id", "body_id", "measure", F("times")):
        counted = Measure(measure)
        if body == told[case_id].body and counted not in _OWN:
            numbers = found.setdefault(case_id, {})
            numbers[counted] = numbers.get(counted, 0) + times
    return found


def _write(district: int, rows: Sequence[tuple[Any, ...]], gone: Sequence[int], held: Sequence[int]) -> None:
    if held:
        MatterScore.objects.filter(district=district, case_id__in=gone).delete()
        FactCase.objects.filter(district=district, case_id__in=held, measure=Measure.SCORED.value).delete()
    changes = ", ".join(f"{name} = excluded.{name}" for name in list(_COLUMNS)[1:])
    insert(
        "figures_matterscore",
        district,
        _COLUMNS,
        rows,
        f"ON CONFLICT (district, case_id) DO UPDATE SET {changes}",
    )
    insert("figures_factcase", district, _BEHIND, [
        (Measure.SCORED.value, row[4], row[2], row[1], row[3], row[0], row[9]) for row in rows
    ])  # fmt: skip
