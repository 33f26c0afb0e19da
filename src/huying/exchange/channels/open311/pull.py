"""What changed there, window by window and page by page; and by number what no window shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from huying.exchange.channels.interface import Book, Fetched, Garbled, Record
from huying.exchange.channels.open311.line import Fault, Line, in_path
from huying.exchange.channels.open311.marks import mark_in
from huying.exchange.channels.open311.options import Options
from huying.exchange.channels.open311.values import asked_at, description_of, plain
from huying.exchange.channels.open311.windows import Cursor

Plain = Mapping[str, str]
_AT_ONCE: Final = 50
_PAGES: Final = 200
# What a request says of itself; all else of it changes without being another request.
_LASTING: Final = (
    "service_request_id", "service_code", "service_name", "requested_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
)  # fmt: skip


class Pull:
    """Asks one server."""

    def __init__(self, line: Line, options: Options, book: Book, zone: tzinfo) -> None:
        self.line, self.options, self.book, self.zone = line, options, book, zone

    def fetch(self, cursor: str, now: datetime) -> Fetched:
        """The next page of a window; after the last one, once in a while, all that is followed, by number."""
        at = Cursor.read(cursor)
        if at.left:
            return self._followed(at, now)
        if not at.is_open and at.due(now, self.options.again):
            at.left = list(self.book.followed(now))
            at.followed_at = now
            if at.left:
                return self._followed(at, now)
        return self._window(at, now)

    def by_number(self, numbers: Sequence[str], now: datetime) -> list[Plain]:
        """These requests: by one list where the server takes lists, else one by one."""
        found: list[Plain] = []
        for first in range(0, len(numbers), _AT_ONCE):
            found += self._some(numbers[first : first + _AT_ONCE], now)
        return found

    def orders(self, rows: Iterable[Plain]) -> list[Record]:
        """Requests as letters that bring an order; what we wrote ourselves is none."""
        return [_order(row) for row in rows if not mark_in(row.get("description", ""))]

    def requests(self, params: Mapping[str, str], now: datetime) -> list[Plain]:
        """A list of requests. Raises Away, Garbled; a refusal is Garbled, for nothing is known by it."""
        try:
            rows = self.line.get("requests", params, now)
        except Fault as no:
            raise Garbled(str(no)) from no
        return [row for one in rows if "service_request_id" in (row := plain(one, self.zone))]

    def pages(self, params: Mapping[str, str], now: datetime) -> list[Plain]:
        """A whole list, page by page, each request once."""
        found: dict[str, Plain] = {}
        for page in range(1, _PAGES + 1):
            paging = {"page": str(page), "page_size": str(self.options.page)} if self.options.paged else {}
            rows = self.requests({**params, **paging}, now)
            fresh = [row for row in rows if row["service_request_id"] not in found]
            found |= {row["service_request_id"]: row for row in fresh}
            if not (self.options.paged and fresh and len(rows) >= self.options.page):
                break
        return list(found.values())

    def _window(self, at: Cursor, now: datetime) -> Fetched:
        options = self.options
        since, until = at.window(now, options.first, options.overlap, options.window)
        names = ("updated_after", "updated_before") if options.by == "updated" else ("start_date", "end_date")
        params = {names[0]: asked_at(since), names[1]: asked_at(until)}
        params |= {"service_code": ",".join(options.services)} if options.services else {}
        params |= {"page": str(at.page), "page_size": str(options.page)} if options.paged else {}
        rows = self.requests(params, now)
        if not options.paged and len(rows) >= options.most and at.halve():
            # As many as it ever gives: there may be more. Half the window is asked for instead.
            return Fetched((), at.kept(), more=True, origin=f"{asked_at(since)} 1/2")
        more = options.paged and len(rows) >= options.page and at.turn(rows[0]["service_request_id"])
        letters = self._letters(rows, at)
        if not more:
            letters += self._updates({"start_date": asked_at(since), "end_date": asked_at(until)}, rows, now)
            at.close()
        behind = not more and at.behind(now)
        return Fetched(letters, at.kept(), more=more or behind, origin=f"{asked_at(since)} p{at.page}")

    def _followed(self, at: Cursor, now: datetime) -> Fetched:
        some, at.left = at.left[:_AT_ONCE], at.left[_AT_ONCE:]
        rows = self._some(some, now)
        letters = self._letters(rows, at)
        letters += self._updates({"service_request_id": ",".join(some)}, rows, now)
        return Fetched(letters, at.kept(), more=True, origin=f"{len(some)} by number")

    def _some(self, numbers: Sequence[str], now: datetime) -> list[Plain]:
        wanted = set(numbers)
        rows = self.requests({"service_request_id": ",".join(numbers)}, now)
        found = [row for row in rows if row["service_request_id"] in wanted]
        if len(numbers) > 1 and not found:
            # Some read the list as one number, or do not read it at all.
            found = [row for number in numbers for row in self._one(number, now)]
        return found

    def _one(self, number: str, now: datetime) -> list[Plain]:
        try:
            rows = self.line.get(f"requests/{in_path(number)}", {}, now)
        except Fault as no:
            if no.code in {400, 404, 410}:
                return []
            raise Garbled(str(no)) from no
        return [{"service_request_id": number, **plain(row, self.zone)} for row in rows[:1]]

    def _letters(self, rows: Sequence[Plain], at: Cursor) -> list[Record]:
        known = self.book.known([row["service_request_id"] for row in rows])
        return [letter for row in rows for letter in self._letters_of(row, known, at)]

    def _letters_of(self, row: Plain, known: Mapping[str, bool], at: Cursor) -> Iterator[Record]:
        number, closed = row["service_request_id"], row.get("status") == "closed"
        notes = row.get("status_notes", "")
        ours = bool(mark_in(row.get("description", ""))) or known.get(number) is False
        fresh = number not in known
        if not ours and self.options.takes == "orders" and (not fresh or not closed or self.options.closed):
            yield _order(row)
        # Words of ours in its notes: we ended it or took it up again ourselves.
        if fresh or mark_in(notes):
            return
        if closed:
            at.closed = [*[one for one in at.closed if one != number], number]
            yield _said("closed", row, notes)
        elif number in at.closed:
            at.closed.remove(number)
            yield _said("reopened", row, notes)

    def _updates(self, params: Mapping[str, str], rows: Sequence[Plain], now: datetime) -> list[Record]:
        """What was said of requests that are cases here, late or not; the same update is the same letter."""
        if self.options.updates not in {"both", "read"}:
            return []
        try:
            found = [plain(one, self.zone) for one in self.line.get("servicerequestupdates", params, now)]
        except Fault as no:
            raise Garbled(str(no)) from no
        found = [one for one in found if "service_request_id" in one]
        known = self.book.known({one["service_request_id"] for one in found})
        listed = {row["service_request_id"] for row in rows} if self.options.takes == "orders" else set()
        return [
            _said("update", one, words, id=one.get("update_id", ""), link=one.get("media_url", ""))
            for one in found
            if (words := one.get("description", "")) and not mark_in(words)
            if one["service_request_id"] in known or one["service_request_id"] in listed
        ]


def _order(row: Plain) -> Record:
    return {name: row[name] for name in _LASTING if name in row} | {"description": description_of(row)}


def _said(kind: str, row: Plain, words: str, id: str = "", link: str = "") -> dict[str, Any]:
    told = {
        "type": kind, "service_request_id": row["service_request_id"], "update_id": id,
        "updated_datetime": row.get("updated_datetime", ""), "status": row.get("status", ""),
        "description": f"{words}\n{link}" if link and link not in words else words,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
