"""Open311: we ask another GeoReport server for its requests, and report our cases and what became of them to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from urllib.parse import urlsplit

import httpx

from huying.exchange.channels.interface import Connector, Fetched, Garbled, Parcel, Record, Settled, Verdict
from huying.exchange.channels.open311.answers import Row
from huying.exchange.channels.open311.line import Line
from huying.exchange.channels.open311.marks import mark_in
from huying.exchange.channels.open311.options import read_options
from huying.exchange.channels.open311.pull import Pull
from huying.exchange.channels.open311.push import Push
from huying.exchange.channels.open311.values import asked_at, moment
from huying.exchange.rules.comparing import Listed

_SPECIFICATION: Final = "georeport_v2"


class Open311(Connector):
    """One letter is one request: whatever fails, fails alone. Where ``discovery`` is set, the endpoint is looked up
    there once; one on another host than ``address`` is not trusted with our key."""

    batch = 1

    def __init__(self, of: Settled, transport: httpx.BaseTransport | None = None) -> None:
        super().__init__(of)
        self.options = read_options(of.settings, of.secret)
        self.every = self.options.every
        self.line = Line(self.options.place, transport)
        self.pull = Pull(self.line, self.options, of.book, of.map.zone)
        self.push = Push(self.line, self.options, self.pull)
        self._looked_up = not self.options.discovery

    def fetch(self, cursor: str, now: datetime) -> Fetched:
        self._look_up(now)
        return self.pull.fetch(cursor, now)

    def deliver(self, parcels: Sequence[Parcel], now: datetime) -> Sequence[Verdict]:
        self._look_up(now)
        return [self.push.tell(one, now) for one in parcels]

    def listed(self, day: date, now: datetime) -> Sequence[Listed] | None:
        """What was requested there that day and is, or should be, here."""
        if self.options.takes != "orders":
            return None
        self._look_up(now)
        start = datetime.combine(day, time(), self.of.map.zone)
        params = {"start_date": asked_at(start), "end_date": asked_at(start + timedelta(days=1))}
        params |= {"service_code": ",".join(self.options.services)} if self.options.services else {}
        rows = self.pull.pages(params, now)
        known = self.of.book.known([row["service_request_id"] for row in rows])
        return [
            Listed(row["service_request_id"], *_standing(row, self.of.map.zone))
            for row in rows
            if not mark_in(row.get("description", "")) and self._counts(row, known)
        ]

    def _counts(self, row: Mapping[str, str], known: Mapping[str, bool]) -> bool:
        held = known.get(row["service_request_id"])
        return held is True or (held is None and (self.options.closed or row.get("status") != "closed"))

    def again(self, numbers: Sequence[str], now: datetime) -> Sequence[Record]:
        self._look_up(now)
        return self.pull.orders(self.pull.by_number(numbers, now))

    def close(self) -> None:
        self.line.close()

    def _look_up(self, now: datetime) -> None:
        if self._looked_up:
            return
        found = endpoint(self.line.at(self.options.discovery, now), self.options.place.address)
        if found:
            self.line.place = replace(self.options.place, address=found)
        self._looked_up = True


def endpoint(rows: Sequence[Row], address: str) -> str:
    """The production endpoint of GeoReport v2 that a discovery names; "" where it names none.

    Raises Garbled for one on another host than ``address``, which is where somebody meant our key to go.
    """
    for row in rows:
        there = str(row.get("url") or "").strip().rstrip("/")
        kind = str(row.get("type") or "production").lower()
        if _SPECIFICATION in str(row.get("specification", "")).lower() and kind == "production" and there:
            if urlsplit(there).hostname != urlsplit(address).hostname:
                raise Garbled("发现文件里的端点不在填写的主机上，没有跟过去。")
            return there
    return ""


def _standing(row: Mapping[str, str], zone: tzinfo) -> tuple[str, datetime | None]:
    """Only what is open there is compared: closed there and open here waits for a person already."""
    status = row.get("status", "")
    return ("" if status == "closed" else status), moment(row.get("updated_datetime", ""), zone)
