"""Healing: everything that is kept by differences, reckoned anew from the ledger and compared or replaced."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction

from huying.cases.actions.reactions.retelling import retell
from huying.figures.actions.counting import count_entries
from huying.figures.actions.exempting import exempt_again
from huying.figures.actions.rating import rate_again
from huying.figures.models import FactCase, Hands, MatterScore, PostFact, Tally
from huying.figures.rules.measures import Measure
from huying.loop.supervise.models import CaseStanding, GaugeRow
from huying.loop.supervise.rules.gauges import Gauge

HANDLER: Final = "figures"
_TALLY: Final = ("cut", "scope", "span", "start", "key")
_GAUGE: Final = ("cut", "scope", "key")


@dataclass(frozen=True, slots=True)
class Recount:
    """How many entries were told again, and each number that was not what it should have been."""

    entries: int
    wrong: tuple[str, ...]


class _Undo(Exception):
    pass


def recount(district: int, *, repair: bool) -> Recount:
    """Count a district's ledger anew; with ``repair`` the stored numbers are replaced, else only compared.

    Figures stand still meanwhile and catch up afterwards. Nothing is changed when the process is killed.
    """
    found = Recount(0, ())
    try:
        with transaction.atomic():
            found = _anew(district)
            if not repair:
                raise _Undo
    except _Undo:
        pass
    return found


def _anew(district: int) -> Recount:
    batches = retell(HANDLER, district)
    # The first batch holds the cursor: what is stored stands still from here on.
    first = next(batches, [])
    before = _all(district)
    for model in (Tally, FactCase, PostFact, Hands, MatterScore, GaugeRow, CaseStanding):
        model._default_manager.filter(district=district).delete()
    count_entries(district, first)
    entries = len(first)
    for links in batches:
        count_entries(district, links)
        entries += len(links)
    exempt_again(district)
    rate_again(district)
    return Recount(entries, tuple(_differences(before, _all(district))))


def _all(district: int) -> Mapping[tuple[Any, ...], int]:
    numbers = _numbers(Tally, district, _TALLY, [measure.value for measure in Measure])
    numbers.update(_numbers(GaugeRow, district, _GAUGE, [gauge.value for gauge in Gauge]))
    behind = FactCase.objects.filter(district=district).values_list("measure", "day")
    for measure, day, number in behind.annotate(number=models.Count("case_id")):
        numbers["behind", measure, day] = number
    credited = PostFact.objects.filter(district=district).values_list("account_id", "measure", "day")
    for account, measure, day, number in credited.annotate(number=models.Count("case_id")):
        numbers["credited", account, measure, day] = number
    return numbers


def _numbers(
    model: type[models.Model], district: int, keys: tuple[str, ...], columns: list[str]
) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    rows = model._default_manager.filter(district=district).values_list(*keys, *columns)
    for row in rows.iterator(chunk_size=2000):
        key = row[: len(keys)]
        for column, number in zip(columns, row[len(keys) :], strict=True):
            if number:
                found[model.__name__, *key, column] = number
    return found


def _differences(before: Mapping[tuple[Any, ...], int], now: Mapping[tuple[Any, ...], int]) -> Iterator[str]:
    for key in sorted(before.keys() | now.keys(), key=str):
        stored, right = before.get(key, 0), now.get(key, 0)
        if stored != right:
            yield f"{' '.join(str(part) for part in key)}: {stored} -> {right}"
