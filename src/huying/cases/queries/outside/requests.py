"""Cases as service requests: rows of ``FIELDS``, newest first, in a statement or four whatever their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from huying.cases.lifecycle import ClockKind, State
from huying.cases.models import Case
from huying.cases.queries.glances import public_replies
from huying.cases.queries.outside.asked import Reader, Wanted
from huying.cases.rules.erasing import ERASED
from huying.cases.rules.replies import without_persons
from huying.catalogue.queries import live_edition, live_list
from huying.catalogue.queries.questions import names_ever
from huying.kernel.numbers import case_number
from huying.people.queries import unit_names
from huying.places.queries import Level, area_words, areas
from huying.places.rules.names import public_words

FIELDS: Final = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address",
    "address_id", "zipcode", "lat", "long", "media_url",
)  # fmt: skip
EXTENSIONS: Final = "extended_attributes"
# What a client gave beside its words; kept among the answers.
MEDIA_CODE: Final = "media_url"
_COLUMNS: Final = (
    "id", "state", "item", "area", "lon", "lat", "body_id", "opened_at", "closed_at", "touched_at", "merged_into",
)  # fmt: skip
# The words of the first caller whose words stand.
_WITH_WORDS: Final = """
SELECT c.*, a.id, a.text, a.place_text FROM ({cases}) c LEFT JOIN LATERAL (
    SELECT a.id, CASE WHEN a.erased_at IS NULL THEN a.text END AS text, a.place_text FROM cases_caseappeal l
    JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
    WHERE l.district = %s AND l.case_id = c.id ORDER BY a.erased_at IS NOT NULL, a.id LIMIT 1
) a ON true ORDER BY c.opened_at DESC, c.id DESC
"""
_DUE: Final = """
SELECT case_id, min(due_at) FROM cases_clock
WHERE district = %s AND case_id = ANY(%s) AND kind = %s AND stopped_at IS NULL GROUP BY case_id
"""
# Appeal by appeal, for the reason given at ``glances``.
_FIRST_PHOTOS: Final = """
SELECT w.appeal_id, p.id FROM unnest(%s::bigint[]) AS w(appeal_id) CROSS JOIN LATERAL (
    SELECT id FROM cases_attachment p
    WHERE p.district = %s AND p.appeal_id = w.appeal_id AND p.case_id IS NULL ORDER BY p.id LIMIT 1
) p
"""
_ANSWERS: Final = """
SELECT w.appeal_id, a.code, a.question, a.given, a.said FROM unnest(%s::bigint[]) AS w(appeal_id) CROSS JOIN LATERAL (
    SELECT number, code, question, given, said FROM cases_answer a
    WHERE a.district = %s AND a.appeal_id = w.appeal_id ORDER BY a.number OFFSET 0
) a ORDER BY w.appeal_id, a.number
"""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one caller answered to one question; ``given`` is what the client sent, one key a line."""

    code: str
    question: str
    given: str
    said: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One case as it was read; the appeal's part only for a reader who may see it."""

    id: int
    state: str
    item: str
    area: str
    lon: float | None
    lat: float | None
    body_id: int | None
    opened_at: Any
    closed_at: Any
    touched_at: Any
    merged_into: int | None
    appeal_id: int | None = None
    text: str | None = None
    place_text: str | None = None


def requests(reader: Reader, wanted: Wanted, *, extensions: bool = False) -> list[tuple[Any, ...]]:
    """The reader's requests that fit, each as the values of ``FIELDS``, and of ``EXTENSIONS`` where asked for.

    Without an actor the position is the middle of the community and the words are left out.
    """
    rows = _read(reader, wanted)
    if not rows:
        return []
    told = _Telling(reader, rows, extensions)
    return [told.row(row) for row in rows]


def _read(reader: Reader, wanted: Wanted) -> list[_Row]:
    cases = Case.objects.filter(reader.may_see(), wanted.fits(), district=reader.district)
    chosen = cases.order_by("-opened_at", "-id").values_list(*_COLUMNS)
    chosen = chosen[wanted.offset : wanted.offset + wanted.limit]
    if reader.actor is None:
        return [_Row(*row) for row in chosen]
    question, given = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_WITH_WORDS.format(cases=question), [*given, reader.district])
        return [_Row(*row) for row in cursor.fetchall()]


class _Telling:
    """The names behind the codes of some rows, looked up once."""

    def __init__(self, reader: Reader, rows: Sequence[_Row], extensions: bool) -> None:
        self._reader, self._extensions = reader, extensions
        district = reader.district
        self._names, self._bodies = names_ever(district), unit_names(district)
        live = live_edition(district)
        self._items = live_list(district).held.items if live is not None else {}
        self._middles = {
            row.code: (row.lon, row.lat)
            for level in (Level.STREET, Level.COMMUNITY)
            for row in areas(district, level)
        }
        self._words: dict[str, str] = {}
        closed = [row.id for row in rows if row.state == State.CLOSED]
        self._replies = public_replies(district, closed) if closed else {}
        running = [row.id for row in rows if row.closed_at is None]
        self._due = _due(district, running) if running else {}
        appeals = [row.appeal_id for row in rows if row.appeal_id is not None]
        self._photos = _photos(district, appeals) if appeals else {}
        self._answers = _answers(district, appeals) if appeals else {}

    def row(self, row: _Row) -> tuple[Any, ...]:
        reader, closed = self._reader, row.closed_at is not None
        lon, lat = self._point(row)
        line = self._items.get(row.item)
        told = (
            case_number(reader.district, row.id),
            "closed" if closed else "open",
            self._notes(row),
            line.name if line else self._names.get(row.item, (row.item, 0))[0],
            row.item,
            self._description(row),
            self._bodies.get(row.body_id or 0),
            line.conditions[0].closing_standard if line and line.conditions else None,
            reader.time(row.opened_at),
            reader.time(row.closed_at or row.touched_at),
            reader.time(self._due.get(row.id)),
            self._address(row),
            reader.area(row.area),
            None,
            lat,
            lon,
            self._media(row),
        )
        return (*told, self._extended(row)) if self._extensions else told

    def _notes(self, row: _Row) -> str:
        if row.state == State.MERGED and row.merged_into:
            return f"{State.MERGED.zh}：{case_number(self._reader.district, row.merged_into)}"
        reply = self._replies.get(row.id)
        return without_persons(reply) if reply else State(row.state).zh

    def _description(self, row: _Row) -> str | None:
        if self._reader.actor is None:
            return None
        return row.text if row.text is not None else ERASED

    def _address(self, row: _Row) -> str:
        if self._reader.actor is not None and row.place_text:
            return row.place_text
        words = self._words.get(row.area)
        if words is None:
            full = area_words(self._reader.district, row.area)
            words = self._words[row.area] = full if self._reader.actor is not None else public_words(full)
        return words

    def _point(self, row: _Row) -> tuple[float | None, float | None]:
        if self._reader.actor is not None and row.lon is not None:
            return row.lon, row.lat
        return self._middles.get(row.area[:12]) or self._middles.get(row.area[:9]) or (None, None)

    def _media(self, row: _Row) -> str | None:
        if row.appeal_id is None:
            return None
        if photo := self._photos.get(row.appeal_id):
            return self._reader.media(f"{case_number(self._reader.district, row.id)}-{photo}.jpg")
        given = [one.given for one in self._answers.get(row.appeal_id, ()) if one.code == MEDIA_CODE]
        return given[0].split("\n")[0] if given else None

    def _extended(self, row: _Row) -> list[dict[str, str]]:
        return [
            {"code": one.code, "name": one.question, "value": one.said}
            for one in self._answers.get(row.appeal_id or 0, ())
            if one.code != MEDIA_CODE
        ]


def _due(district: int, ids: Collection[int]) -> Mapping[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [district, list(ids), ClockKind.HANDLE.value])
        return dict(cursor.fetchall())


def _photos(district: int, appeals: Collection[int]) -> Mapping[int, int]:
    """appeal → its first photo."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_PHOTOS, [list(appeals), district])
        return dict(cursor.fetchall())


def _answers(district: int, appeals: Collection[int]) -> Mapping[int, list[_Said]]:
    found: dict[int, list[_Said]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [list(appeals), district])
        for appeal_id, *said in cursor.fetchall():
            found.setdefault(appeal_id, []).append(_Said(*said))
    return found
