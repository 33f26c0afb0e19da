"""Cases that may be one matter with what somebody says: few, found by place or by rare words, whatever is said.

Nothing is read but what an index leads to: open cases in a box, closed ones of the likely items in it, and cases
whose words hold two of the rarest pairs of characters. How rare a pair is the server knows from its own statistics;
pairs that would lead to more than some hundred cases are not asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import sqrt
from time import monotonic
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL

from huying.access.actor import Actor
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, lines_from
from huying.kernel.tokens import bigrams

_MOST_READ: Final = 3000
_RAREST: Final = 8
# So many rows may be expected of a question by words, and so many are read at most.
_EXPECTED, _MET = 3000.0, 1500
_BY_WORDS, _BY_PLACE = 40, 60
_WORDS_KEPT: Final = 600
_HELD_SECONDS: Final = 600.0
_UNCOUNTED: Final = 0.5

_STATISTICS: Final = """
SELECT most_common_elems::text::text[], most_common_elem_freqs, (
    SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'cases_casesearch'::regclass
) FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'cases_casesearch' AND attname = 'words'
"""
_BY_RARE_WORDS: Final = """
(WITH met AS MATERIALIZED (
    SELECT case_id, opened_at FROM cases_casesearch
    WHERE district = %(district)s AND words @@ %(words)s::tsquery LIMIT %(met)s
)
SELECT case_id FROM met WHERE opened_at >= %(since)s ORDER BY opened_at DESC LIMIT %(by_words)s)
"""
# In steps of a fifth of the box, some fifty metres: of those as near, the newest.
_AWAY: Final = (
    "floor(5 * greatest(abs(lon - (%(west)s + %(east)s) / 2) / (%(east)s - %(west)s), "
    "abs(lat - (%(south)s + %(north)s) / 2) / (%(north)s - %(south)s)))"
)
_HERE: Final = f"""
(SELECT id FROM (
    SELECT id, opened_at, lon, lat FROM cases_case
    WHERE district = %(district)s AND {{among}}
    AND lon >= %(west)s AND lon <= %(east)s AND lat >= %(south)s AND lat <= %(north)s LIMIT %(met)s
) met WHERE opened_at >= %(since)s ORDER BY {_AWAY}, opened_at DESC LIMIT %(by_place)s)
"""
_OPEN_HERE: Final = _HERE.format(among="closed_at IS NULL")
_CLOSED_HERE: Final = _HERE.format(among="closed_at IS NOT NULL AND item = ANY(%(items)s)")
_TEXT: Final = """(
SELECT string_agg(left(a.text, %s) || ' ' || a.place_text, ' ') FROM cases_caseappeal l
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE l.district = cases_case.district AND l.case_id = cases_case.id)"""
_PLACE: Final = """(
SELECT max(a.place_text) FROM cases_caseappeal l
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE l.district = cases_case.district AND l.case_id = cases_case.id)"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, the box around a place (degrees), likely items, how far back."""

    text: str
    since: datetime
    box: tuple[float, float, float, float] | None = None
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A case that may be the same, with the words of its callers; never to be shown to who may not read them."""

    line: CaseLine
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Which share of the cases holds a token, as far as the server knows; ``rest`` bounds that of the others."""

    shares: Mapping[str, float]
    rest: float
    cases: float


_held: dict[str, tuple[float, Frequencies]] = {}


def frequencies() -> Frequencies:
    """The shares of the most common tokens, asked of the server every ten minutes."""
    name = str(connection.settings_dict["NAME"])
    at, kept = _held.get(name, (float("-inf"), None))
    if kept is None or monotonic() - at > _HELD_SECONDS:
        kept = _read()
        _held[name] = (monotonic(), kept)
    return kept


def _read() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        row = cursor.fetchone()
    if row is None or not row[0]:
        return Frequencies({}, 0.0, row[2] if row else 0.0)
    # After the shares of the tokens stand the lowest and the highest of them.
    shares = dict(zip(row[0], row[1], strict=False))
    return Frequencies(shares, min(shares.values()), float(row[2]))


def resembling(actor: Actor, wanted: Wanted, now: datetime, without: int | None = None) -> list[Found]:
    """Some hundred cases at most that the actor may see, of which the same matter will be one if there is any."""
    ids = _candidates(actor.district, wanted) - {without}
    if not ids:
        return []
    rows = Case.objects.filter(visible_to(actor), district=actor.district, id__in=ids).exclude(state="merged")
    return _read_with_words(actor.district, rows, now)


def with_words(district: int, ids: Sequence[int], now: datetime) -> list[Found]:
    """These cases, which the reader was shown already, with what their callers said, cut short; in the order given."""
    found = (
        _read_with_words(district, Case.objects.filter(district=district, id__in=list(ids)), now)
        if ids
        else []
    )
    by_id = {one.line.id: one for one in found}
    return [by_id[number] for number in ids if number in by_id]


def _read_with_words(district: int, rows: QuerySet[Case], now: datetime) -> list[Found]:
    said = RawSQL(_TEXT, [_WORDS_KEPT], output_field=TextField())
    place = RawSQL(_PLACE, [], output_field=TextField())
    found = list(rows.annotate(said=said, place=place).values_list(*COLUMNS, "said", "place"))
    lines = lines_from([row[:-2] for row in found], district, now)
    return [Found(line, row[-2] or line.title, row[-1] or "") for line, row in zip(lines, found, strict=True)]


def _candidates(district: int, wanted: Wanted) -> set[int]:
    given: dict[str, Any] = {
        "district": district, "since": wanted.since, "met": _MET, "by_words": _BY_WORDS, "by_place": _BY_PLACE,
        "words": rare_words(wanted.text, frequencies()), "items": list(wanted.items),
    }  # fmt: skip
    parts = [_BY_RARE_WORDS] if given["words"] else []
    if wanted.box is not None:
        given |= dict(zip(("west", "south", "east", "north"), wanted.box, strict=True))
        parts += [_OPEN_HERE, _CLOSED_HERE] if wanted.items else [_OPEN_HERE]
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), given)
        return {row[0] for row in cursor.fetchall()}


def rare_words(text: str, known: Frequencies) -> str:
    """A tsquery for cases that say two of the rarest things said here; "" where all of it is common.

    A single token is asked for by itself when it is rare enough.
    """
    shares = {token: _share(token, known) for token in bigrams(text[:_MOST_READ]) if len(token) > 1}
    rarest = sorted(shares, key=lambda token: (shares[token], token))[:_RAREST]
    asked, expected = [], 0.0
    for few in _pairs(rarest, shares):
        expected += _rows(few, shares, known.cases)
        if expected > _EXPECTED:
            break
        asked.append(" & ".join(f"'{token}'" for token in few))
    return " | ".join(f"({one})" for one in asked)


def _pairs(rarest: Sequence[str], shares: Mapping[str, float]) -> list[tuple[str, ...]]:
    if len(rarest) == 1:
        return [(rarest[0],)]
    return sorted(combinations(rarest, 2), key=lambda few: shares[few[0]] * shares[few[1]])


def _rows(few: Sequence[str], shares: Mapping[str, float], cases: float) -> float:
    """How many cases hold these tokens, if what is said together once is often said together."""
    rarer, other = sorted((shares[few[0]], shares[few[-1]]))
    return cases * rarer * (1.0 if len(few) == 1 else sqrt(other))


def _share(token: str, known: Frequencies) -> float:
    return known.shares.get(token, known.rest * _UNCOUNTED)
