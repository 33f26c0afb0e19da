"""Between two nights: what belongs to a recurrence that is known is counted with it within the hour."""

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.cases.queries.lists.busy import Came, came_of, came_since
from huying.cases.queries.lists.where_said import said_where
from huying.prevent.hot_issues.queries.lexicons import lexicon_of
from huying.prevent.recurring.actions.finding import in_turn, told_of, values_of
from huying.prevent.recurring.actions.naming import places_named, positions
from huying.prevent.recurring.models import Recurrence, Searched
from huying.prevent.recurring.rules.finding import Told, again, belongs

# A case is often filed under its item a day or two after it came in.
_LATELY: Final = timedelta(days=2)
# Squares of a thousandth of a degree about a case in which a recurrence may have one within a hundred metres.
_BESIDE: Final = 2


def join(district: int, now: datetime) -> int:
    """Count with the known recurrences what came in since the last night; how many cases.

    A recurrence that is none yet is found at night. Safe to do twice, and by two workers at once.
    """
    searched = Searched.objects.filter(district=district).values_list("at", flat=True).first()
    rows = list(Recurrence.objects.filter(district=district)) if searched else []
    if searched is None or not rows:
        return 0
    known = {case for row in rows for case in row.cases}
    fresh = [
        case
        for case in came_since(district, searched - _LATELY, {row.item for row in rows})
        if case not in known
    ]
    beside = _beside(rows, _lying(district, fresh)) if fresh else []
    if not beside:
        return 0
    came = _lying(district, [*{case for _, near in beside for row in near for case in row.cases}])
    cases = {one.case_id: one for one in (*came, *(one for one, _ in beside))}
    told = {one.case_id: one for one in told_of(list(cases.values()), lexicon_of(district, now))}
    grown = _grown(beside, told)
    return sum(
        _written(district, row, [cases[one.case_id] for one in group], again(group)) for row, group in grown
    )


def _lying(district: int, ids: Sequence[int]) -> list[Came]:
    named = places_named(district, said_where(district, ids, nowhere=True))
    return came_of(district, ids, positions(named))


def _beside(rows: Sequence[Recurrence], fresh: Sequence[Came]) -> list[tuple[Came, list[Recurrence]]]:
    """The new cases with the recurrences of their item that lie about them, the largest first."""
    squares: dict[tuple[str, int, int], list[Recurrence]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: (-len(each.cases), each.id)):
        for at in range(0, len(row.spots), 2):
            squares[row.item, row.spots[at], row.spots[at + 1]].append(row)
    found = []
    for one in fresh:
        x, y = round(one.lon * 1000), round(one.lat * 1000)
        about = range(-_BESIDE, _BESIDE + 1)
        near = {
            row.id: row for dx in about for dy in about for row in squares.get((one.item, x + dx, y + dy), ())
        }
        if near:
            found.append((one, sorted(near.values(), key=lambda each: (-len(each.cases), each.id))))
    return found


def _grown(
    beside: Sequence[tuple[Came, list[Recurrence]]], told: Mapping[int, Told]
) -> list[tuple[Recurrence, list[Told]]]:
    """Each recurrence that a new case belongs to, with all of its cases in order."""
    groups: dict[int, list[Told]] = {}
    grown: dict[int, Recurrence] = {}
    for one, near in beside:
        for row in near:
            group = groups.setdefault(row.id, [told[case] for case in row.cases if case in told])
            if belongs(told[one.case_id], group):
                insort(group, told[one.case_id], key=lambda each: (each.opened_at, each.case_id))
                grown[row.id] = row
                break
    return [(row, groups[number]) for number, row in grown.items()]


@transaction.atomic
def _written(district: int, row: Recurrence, cases: Sequence[Came], times: int) -> int:
    """Keep what it grew to, unless the night or another worker changed it meanwhile; by how many cases."""
    in_turn(district)
    held = Recurrence.objects.filter(district=district, id=row.id, cases=row.cases)
    fresh = {one.case_id for one in cases}.difference(row.cases)
    return len(fresh) if held.update(**values_of(cases, times)) else 0
