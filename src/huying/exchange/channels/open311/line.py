"""One request to a GeoReport server: bounded in time and size, redirects only within its own host, its answer sorted."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx

from huying.exchange.channels.interface import Away, Garbled
from huying.exchange.channels.open311.answers import Row, fault_of, rows_of
from huying.exchange.rules.pacing import retry_after
from huying.kernel.saying import said

_MOST_BYTES: Final = 16 * 1024 * 1024
_LATER: Final = frozenset({408, 425, 429, 502, 503, 504})
_TURNS: Final = 3
_SAFE_IN_PATH: Final = re.compile(r"[A-Za-z0-9._~-]+")


class _Keyless(logging.Filter):
    """Lets no address with a key in it into a log: GeoReport has it among the parameters."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "api_key=" not in record.getMessage()


logging.getLogger("httpx").addFilter(_Keyless())


class Fault(Exception):
    """The server said no: its code, whether as status or in the words of a friendly 200, and what it said."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is and how it wants to be asked. ``key`` is sent as ``key_by`` says: param, header or none."""

    address: str
    suffix: str = "json"
    jurisdiction: str = ""
    key: str = ""
    key_by: str = "param"
    seconds: int = 20
    spare: str = "gb18030"


class Line:
    """A kept connection to one server."""

    def __init__(self, place: Place, transport: httpx.BaseTransport | None = None) -> None:
        self.place = place
        timeout = httpx.Timeout(float(place.seconds), connect=min(5.0, float(place.seconds)))
        self.client = httpx.Client(
            timeout=timeout, follow_redirects=False, trust_env=False, transport=transport,
            headers={"User-Agent": "huying", "Accept": "application/json, text/xml;q=0.9"},
        )  # fmt: skip

    def get(self, path: str, params: Mapping[str, str], now: datetime) -> list[Row]:
        """The rows of an answer; none for what is not there. Raises Away, Garbled, Fault."""
        try:
            return self._asked("GET", path, dict(params), now)
        except Fault as no:
            if no.code == 404:
                return []
            raise

    def post(self, path: str, form: Mapping[str, Any], now: datetime, key: str) -> list[Row]:
        """The rows of an answer to a form. Raises Away, Garbled, Fault."""
        return self._asked("POST", path, dict(form), now, key)

    def at(self, url: str, now: datetime) -> list[Row]:
        """The rows at an address of its own, asked without key. Raises Away, Garbled."""
        try:
            answer, content = self._sent("GET", url, {}, {})
            return self._sorted(answer, content, now)
        except Fault as no:
            raise Garbled(str(no)) from no

    def close(self) -> None:
        self.client.close()

    def _asked(
        self, method: str, path: str, given: dict[str, Any], now: datetime, key: str = ""
    ) -> list[Row]:
        place, headers = self.place, {"Idempotency-Key": key} if key else {}
        given |= {"jurisdiction_id": place.jurisdiction} if place.jurisdiction else {}
        if place.key and place.key_by == "header":
            headers["Authorization"] = f"Bearer {place.key}"
        elif place.key and place.key_by == "param":
            given["api_key"] = place.key
        url = f"{place.address}/{path}.{place.suffix}"
        answer, content = self._sent(method, url, given, headers)
        for _ in range(_TURNS):
            if not (answer.is_redirect and method == "GET"):
                break
            url = _turned(url, answer)
            answer, content = self._sent(method, url, {}, headers)
        return self._sorted(answer, content, now)

    def _sent(
        self, method: str, url: str, given: Mapping[str, Any], headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        how: dict[str, Any] = {"params": given or None} if method == "GET" else {"data": given}
        try:
            with self.client.stream(method, url, headers=dict(headers), **how) as answer:
                kept = b""
                for part in answer.iter_bytes():
                    kept += part
                    if len(kept) > _MOST_BYTES:
                        raise Garbled("对方的回答太大。")
                return answer, kept
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Away(said("对方系统没有回应：%(kind)s", kind=type(error).__name__)) from error

    def _sorted(self, answer: httpx.Response, content: bytes, now: datetime) -> list[Row]:
        status = answer.status_code
        if status in _LATER:
            rest = retry_after(answer.headers.get("Retry-After", ""), now)
            raise Away(said("对方系统暂时不能处理：%(status)s", status=status), rest=rest)
        if status >= 500 and status != 501:
            raise Garbled(said("对方系统出错：%(status)s", status=status))
        if answer.is_redirect:
            raise Garbled("对方要我们转到别的地址，没有跟过去。")
        if status >= 400:
            raise Fault(status, self._words(answer, content))
        rows = rows_of(content, answer.headers.get("Content-Type", ""), self.place.spare)
        if (fault := fault_of(rows)) is not None:
            raise Fault(*fault)
        return rows

    def _words(self, answer: httpx.Response, content: bytes) -> str:
        try:
            fault = fault_of(rows_of(content, answer.headers.get("Content-Type", ""), self.place.spare))
        except Garbled:
            fault = None
        return fault[1] if fault else content[:160].decode(errors="replace")


def in_path(number: str) -> str:
    """A number of theirs as a part of a path. Raises Garbled for one that would lead elsewhere."""
    if not _SAFE_IN_PATH.fullmatch(number) or set(number) == {"."}:
        raise Garbled("对方的编号不能放进网址。")
    return number


def _turned(url: str, answer: httpx.Response) -> str:
    """Where a redirect leads, if it is the same host, never from https to http: it is where our key goes."""
    there: str = urljoin(url, str(answer.headers.get("Location", "")))
    before, after = urlsplit(url), urlsplit(there)
    same = before.hostname == after.hostname and (
        before.port == after.port or (before.scheme, after.scheme) == ("http", "https")
    )
    if (
        not same
        or after.scheme not in {"http", "https"}
        or (before.scheme, after.scheme) == ("https", "http")
    ):
        raise Garbled("对方要我们转到别的地址，没有跟过去。")
    return there
