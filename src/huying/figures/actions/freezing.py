"""Writing down every row of a period as it stands: name, counts, figures, ranks; with a digest over all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

import orjson
from django.conf import settings
from django.utils import translation

from huying.figures.actions.writing import insert
from huying.figures.models import ClosedRow
from huying.figures.queries.boards.figuring import Figures
from huying.figures.queries.boards.lists import Named, naming, ranked_among
from huying.figures.queries.boards.sums import Counts, every_sum
from huying.figures.rules.formulas import Figure, Formula
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import ranked
from huying.loop.supervise.rules.cuts import Cut

_COLUMNS: Final = {
    "closed_id": "bigint", "cut": "text", "scope": "text", "key": "text", "name": "text", "kind": "text",
    "under": "jsonb", "counts": "jsonb", "figures": "jsonb", "ranks": "jsonb",
}  # fmt: skip
_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class Frozen:
    """One row; ``figures`` reckon when asked, ``ranks`` by formula code."""

    cut: str
    scope: str
    key: str
    named: Named
    counts: Mapping[Measure, int]
    figures: Mapping[str, Figure]
    ranks: Mapping[str, int]


def freeze(
    district: int, period: Period, formulas: Sequence[Formula], least: int, at: datetime
) -> list[Frozen]:
    """Every row of every cut in every scope, in a steady order, called as the district calls it at ``at``."""
    # What is written down once and for ever is in Chinese, whoever writes it.
    with translation.override(settings.LANGUAGE_CODE):
        found = list(_named(district, list(every_sum(district, period)), at))
    groups: dict[str, list[Frozen]] = {}
    rows = []
    for cut, scope, key, named, counts in found:
        row = Frozen(cut, scope, key, named, counts, Figures(counts, formulas), {})
        rows.append(row)
        among = ranked_among(cut, scope, key, named, district)
        if among:
            groups.setdefault(among, []).append(row)
    ranks = _ranks(groups, formulas, least)
    return [
        Frozen(one.cut, one.scope, one.key, one.named, one.counts, one.figures, ranks.get(id(one), {})) for one in rows
    ]  # fmt: skip


def _named(
    district: int, found: Sequence[tuple[str, str, str, Counts]], at: datetime
) -> Iterator[tuple[str, str, str, Named, Counts]]:
    call = {
        cut: naming(district, cut, {key for its, _, key, _ in found if its == cut}, at)
        for cut in Cut
        if any(its == cut for its, *_ in found)
    }
    for cut, scope, key, counts in found:
        yield cut, scope, key, call[Cut(cut)](key), counts


def _ranks(
    groups: Mapping[str, Sequence[Frozen]], formulas: Sequence[Formula], least: int
) -> dict[int, dict[str, int]]:
    ranks: dict[int, dict[str, int]] = {}
    for rows in groups.values():
        for formula in formulas:
            for row, rank in ranked(rows, formula.code, least):
                if rank is not None:
                    ranks.setdefault(id(row), {})[formula.code] = rank
    return ranks


def digest_of(rows: Iterable[Frozen], beside: Mapping[str, Any]) -> str:
    """The digest over all that a closing holds: whoever has its export can reckon it again."""
    made = sha256(orjson.dumps(beside, option=orjson.OPT_SORT_KEYS))
    for row in rows:
        made.update(orjson.dumps(_values(0, row), option=orjson.OPT_SORT_KEYS))
    return made.hexdigest()


def write_rows(district: int, closed_id: int, rows: Sequence[Frozen]) -> None:
    """Keep the rows under their closing."""
    for start in range(0, len(rows), _AT_ONCE):
        part = [_values(closed_id, row) for row in rows[start : start + _AT_ONCE]]
        insert(ClosedRow._meta.db_table, district, _COLUMNS, part)


def _values(closed_id: int, row: Frozen) -> list[Any]:
    under = {"words": row.named.under} if row.named.under else {}
    if row.cut == Cut.POST:
        under |= {"area": row.named.area, "body": row.named.body_id}  # type: ignore[dict-item]
    counts = {measure.value: number for measure, number in row.counts.items()}
    figures = {
        code: None if figure.value is None else str(figure.value) for code, figure in row.figures.items()
    }
    return [
        closed_id, row.cut, row.scope, row.key, row.named.name[:120], row.named.kind, under, counts, figures,
        dict(row.ranks),
    ]  # fmt: skip


def formulas_said(formulas: Iterable[Formula]) -> list[dict[str, Any]]:
    """The formulas as a closing keeps them."""
    return [
        {
            "code": one.code, "zh": one.zh, "en": one.en, "numerator": one.numerator, "denominator": one.denominator,
            "unit": one.unit.value, "better": one.better, "version": one.version,
            "since": "" if one.valid_from == date.min else one.valid_from.isoformat(),
        }
        for one in formulas
    ]  # fmt: skip
