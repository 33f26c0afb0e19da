"""One request to a vendor: bounded in time and size, redirects not followed, its answer sorted by the vendor's codes."""

from collections.abc import Mapping
from typing import Any, Final

import httpx
import orjson

from huying.kernel.errors import Unavailable
from huying.kernel.saying import said

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
MOST_JSON: Final = 64 * 1024
MOST_MEDIA: Final = 20 * 1024 * 1024
# Not now, rather than never: time-out, too early, too many.
_LATER: Final = frozenset({408, 425, 429})


class Refused(Exception):
    """The vendor will never take this; the words say why."""


class TokenOver(Exception):
    """The token is not good any more: another one is to be fetched, and the same asked again."""


def ask(
    method: str,
    url: str,
    *,
    json: Any = None,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = MOST_JSON,
) -> tuple[bytes, str]:
    """(what is answered, its media type). Raises Unavailable, Refused, TokenOver for 401."""
    given = dict(headers or {})
    if json is not None:
        body, given["Content-Type"] = orjson.dumps(json), "application/json"
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, content=body, headers=given) as answer,
        ):
            told = _read(answer, most)
            status, kind = answer.status_code, answer.headers.get("Content-Type", "")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(said("接口没有回应：%(kind)s", kind=type(error).__name__)) from error
    if status == 401:
        raise TokenOver
    if status >= 500 or status in _LATER:
        raise Unavailable(said("接口暂时不能处理：%(status)s", status=status))
    if not 200 <= status < 300:
        raise Refused(f"接口拒绝：{status} {told[:120].decode(errors='replace')}")
    return told, kind


def ask_json(
    method: str,
    url: str,
    codes: "Codes",
    *,
    json: Any = None,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The answer as JSON, {} where it says nothing readable; its code sorted."""
    told, _kind = ask(method, url, json=json, body=body, headers=headers)
    found = _parsed(told)
    codes.sort(found)
    return found


def _parsed(told: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(told)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


class Codes:
    """A vendor's error codes: which say that the token is over, which that it may be tried later."""

    def __init__(self, name: str, token: set[int], later: set[int]) -> None:
        self._name, self._token, self._later = name, frozenset(token), frozenset(later)

    def sort(self, answer: Mapping[str, Any]) -> None:
        """Nothing for 0. Raises TokenOver, Unavailable, Refused."""
        code = answer.get("errcode", 0)
        if code in {0, "0"}:
            return
        words = f"{self._name}：{code} {str(answer.get('errmsg', ''))[:120]}"
        if code in self._token:
            raise TokenOver(words)
        if code in self._later:
            raise Unavailable(words)
        raise Refused(words)

    def sort_bytes(self, told: bytes) -> None:
        """The same for an answer that should have been a file."""
        self.sort(_parsed(told))


def _read(answer: httpx.Response, most: int) -> bytes:
    kept = bytearray()
    for part in answer.iter_bytes():
        kept += part
        if len(kept) > most:
            raise Refused("接口的回应太大。")
    return bytes(kept)
