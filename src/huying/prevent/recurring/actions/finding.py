"""Once a night: what comes again is found anew over three years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from huying.cases.queries.lists.busy import Came, came_where_busy, spots_of
from huying.cases.queries.lists.where_said import said_nowhere, said_where
from huying.prevent.hot_issues.queries.lexicons import lexicon_of
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import Spot, signature, taken_apart
from huying.prevent.recurring.actions.naming import place_called, places_named, positions
from huying.prevent.recurring.models import Project, Recurrence, Searched
from huying.prevent.recurring.rules.finding import FEWEST, Told, again, recurring

LOOKS_BACK: Final = timedelta(days=3 * 366)
# With more, the newest are looked through and what came long ago is not.
_MOST: Final = 200_000
# Of those without a position, whose words tell where: reading takes an eighth of a millisecond each.
_MOST_READ: Final = 100_000
# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 620_602


def find(district: int, now: datetime) -> int:
    """Find anew what comes again; how many there are. One goes on under its number while it keeps a case."""
    since = now - LOOKS_BACK
    lying = positions(places_named(district, said_nowhere(district, since, _MOST_READ)))
    came = {one.case_id: one for one in came_where_busy(district, since, lying, FEWEST, _MOST)}
    groups = recurring(told_of(list(came.values()), lexicon_of(district, now)))
    named = places_named(district, said_where(district, [one.case_id for group in groups for one in group]))
    with transaction.atomic():
        in_turn(district)
        known = {
            case: row.id
            for row in Recurrence.objects.select_for_update().filter(district=district)
            for case in row.cases
        }
        held: set[int] = set()
        for group in sorted(groups, key=lambda each: (-len(each), each[0].case_id)):
            cases = [came[one.case_id] for one in group]
            values = {**values_of(cases, again(group)), "place": place_called(cases, named)}
            held.add(_kept(district, cases, values, known, held))
        kept = Project.objects.filter(district=district).values_list("recurrence_id", flat=True)
        Recurrence.objects.filter(district=district).exclude(id__in=[*held, *kept]).delete()
        Searched.objects.update_or_create(district=district, defaults={"at": now})
    return len(groups)


def in_turn(district: int) -> None:
    """Until the transaction ends nobody else changes what was found in the district."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])


def told_of(cases: Sequence[Came], lexicon: Lexicon) -> list[Told]:
    """Cases as they are compared."""
    kept = (signature(taken_apart(one.title, ""), lexicon, Spot(one.lon, one.lat)) for one in cases)
    return [
        Told(one.case_id, one.item, one.opened_at, one.closed_at, each)
        for one, each in zip(cases, kept, strict=True)
    ]


def values_of(cases: Sequence[Came], times: int) -> dict[str, Any]:
    """What is kept of a group in order, of which so many came again."""
    return {
        "item": cases[0].item, "area": Counter(one.area for one in cases).most_common(1)[0][0],
        "lon": sum(one.lon for one in cases) / len(cases), "lat": sum(one.lat for one in cases) / len(cases),
        "cases": [one.case_id for one in cases], "again": times, "first_at": cases[0].opened_at,
        "spots": [each for _, x, y in spots_of(cases) for each in (x, y)], "last_at": cases[-1].opened_at,
    }  # fmt: skip


def _kept(
    district: int, cases: Sequence[Came], values: Mapping[str, Any], known: dict[int, int], held: set[int]
) -> int:
    told = Counter(
        known[one.case_id] for one in cases if one.case_id in known and known[one.case_id] not in held
    )
    if told:
        number = min(told, key=lambda each: (-told[each], each))
        Recurrence.objects.filter(district=district, id=number).update(**values)
        return number
    made = Recurrence.objects.create(district=district, **values)
    made.refresh_from_db(fields=["id"])
    return made.id
