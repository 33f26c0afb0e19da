"""REST 拉取: we ask the other system for its letters, by cursor or by a window of time, page by page."""

from datetime import datetime, timedelta
from typing import Any

import orjson

from huying.exchange.channels.interface import Fetched, Garbled
from huying.exchange.channels.rest.asking import Refused
from huying.exchange.channels.rest.push import RestPush
from huying.exchange.channels.settings import Reader
from huying.exchange.rules.reading import at_path, records_in, text_of


class RestPull(RestPush):
    """``orders`` is the path asked. By ``cursor``: the answer says where to go on (``next``), ``after`` names it.

    By ``window``: everything changed since, with an overlap against late writers, in pages from 1. What comes twice
    by the overlap is the same letter and kept once.
    """

    asked = True

    def read_more(self, reader: Reader) -> None:
        self.orders = reader.text("orders", "/orders")
        self.by = reader.choice("by", "cursor", ("cursor", "window"))
        self.after = reader.text("after", "after")
        self.next = reader.text("next", "next")
        self.size_name, self.size = reader.text("size_name", "size"), reader.number("size", 200, 1, 2000)
        self.page_name = reader.text("page_name", "page")
        self.since_name, self.until_name = (
            reader.text("since_name", "since"),
            reader.text("until_name", "until"),
        )
        self.overlap = timedelta(seconds=reader.number("overlap", 300, 0, 86400))
        self.acknowledge = reader.text("acknowledge", "")
        self.every = timedelta(seconds=reader.number("every", 30, 1, 86400))

    def fetch(self, cursor: str, now: datetime) -> Fetched:
        at = _state(cursor)
        return self._by_window(at, now) if self.by == "window" else self._by_cursor(at, now)

    def kept(self, fetched: Fetched, now: datetime) -> None:
        if not (self.acknowledge and fetched.token):
            return
        try:
            self.line.tell(self.acknowledge, orjson.dumps({"numbers": fetched.token}), now)
        except Refused as no:
            raise Garbled(str(no)) from no

    def _by_cursor(self, at: dict[str, Any], now: datetime) -> Fetched:
        params = {self.size_name: str(self.size)} | ({self.after: at["after"]} if at.get("after") else {})
        answer, etag = self._page(params, now, at.get("etag", ""))
        if answer is None:
            return Fetched(cursor=_kept(at))
        records = self._records(answer)
        following = text_of(at_path(answer, self.next)) or at.get("after", "")
        moved = following != at.get("after", "")
        state = {"after": following, "etag": "" if moved else etag}
        return Fetched(
            records, _kept(state), more=moved and bool(records), origin=f"after={at.get('after', '')}"[:120],
            token=[text_of(at_path(one, self.of.map.fields.get("number", ""))) for one in records],
        )  # fmt: skip

    def _by_window(self, at: dict[str, Any], now: datetime) -> Fetched:
        page = int(at.get("page", 1))
        since = datetime.fromisoformat(at["since"]) if at.get("since") else now - timedelta(days=1)
        until = datetime.fromisoformat(at["until"]) if page > 1 and at.get("until") else now
        told = self.of.map.told
        params = {
            self.since_name: told(since - self.overlap), self.until_name: told(until),
            self.page_name: str(page), self.size_name: str(self.size),
        }  # fmt: skip
        answer, _etag = self._page(params, now, "")
        records = self._records(answer)
        more = len(records) >= self.size
        state = (
            {"since": since.isoformat(), "until": until.isoformat(), "page": page + 1}
            if more
            else {"since": until.isoformat()}
        )
        return Fetched(
            records, _kept(state), more=more, origin=f"{told(since)} p{page}"[:120],
            token=[text_of(at_path(one, self.of.map.fields.get("number", ""))) for one in records],
        )  # fmt: skip

    def _page(self, params: dict[str, str], now: datetime, etag: str) -> tuple[Any, str]:
        try:
            return self.line.ask(self.orders, params, now, etag)
        except Refused as no:
            raise Garbled(str(no)) from no

    def _records(self, answer: Any) -> list[Any]:
        records = records_in(self.of.map, answer)
        if records is None:
            raise Garbled("对方的来单清单看不懂：结构变了？")
        return records


def _state(cursor: str) -> dict[str, Any]:
    try:
        found = orjson.loads(cursor) if cursor else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _kept(state: dict[str, Any]) -> str:
    return orjson.dumps(state).decode()
