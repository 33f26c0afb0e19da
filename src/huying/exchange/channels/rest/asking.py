"""One signed request to another system: bounded in time and size, redirects not followed, its answer sorted."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import httpx
import orjson

from huying.exchange.channels.interface import Away, Garbled
from huying.exchange.rules.pacing import retry_after
from huying.exchange.rules.signing import Signing, headers
from huying.kernel.saying import said

_MOST_BYTES: Final = 16 * 1024 * 1024
_LATER: Final = frozenset({408, 425, 429})


class Refused(Exception):
    """The other side said no and will say it again; its words."""


class Line:
    """A kept connection to one system."""

    def __init__(
        self, address: str, secret: str, signing: Signing, seconds: int, headers: Mapping[str, str]
    ) -> None:
        self.address, self.secret, self.signing = address, secret, signing
        limits = httpx.Limits(max_connections=4, max_keepalive_connections=4)
        timeout = httpx.Timeout(float(seconds), connect=min(5.0, float(seconds)))
        self.client = httpx.Client(
            timeout=timeout, limits=limits, follow_redirects=False, trust_env=False, headers=dict(headers)
        )

    def ask(self, path: str, params: Mapping[str, str], now: datetime, etag: str = "") -> tuple[Any, str]:
        """The answer to a GET as JSON, and its ETag; (None, etag) where nothing changed since."""
        # A GET has no body: what is asked stands in the signature instead.
        query = str(httpx.QueryParams(dict(params)))
        target = f"{path}?{query}" if query else path
        given = headers(self.secret, now, secrets.token_hex(12), target.encode(), self.signing)
        given |= {"If-None-Match": etag} if etag else {}
        answer, content = self._sent("GET", target, b"", given)
        if answer.status_code == 304:
            return None, etag
        return self._sorted(answer, content, now), answer.headers.get("ETag", "")

    def tell(
        self, path: str, body: bytes, now: datetime, media: str = "application/json", key: str = ""
    ) -> Any:
        """The answer to a signed POST as JSON. Raises Away, Garbled, or Refused."""
        given = headers(self.secret, now, secrets.token_hex(12), body, self.signing)
        given |= {"Content-Type": media} | ({"Idempotency-Key": key} if key else {})
        answer, content = self._sent("POST", path, body, given)
        return self._sorted(answer, content, now)

    def close(self) -> None:
        self.client.close()

    def _sent(
        self, method: str, target: str, body: bytes, given: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        try:
            with self.client.stream(
                method, f"{self.address}{target}", content=body or None, headers=dict(given)
            ) as answer:
                kept = b""
                for part in answer.iter_bytes():
                    kept += part
                    if len(kept) > _MOST_BYTES:
                        raise Garbled("对方的回答太大。")
                return answer, kept
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Away(said("对方系统没有回应：%(kind)s", kind=type(error).__name__)) from error

    def _sorted(self, answer: httpx.Response, content: bytes, now: datetime) -> Any:
        status = answer.status_code
        rest = retry_after(answer.headers.get("Retry-After", ""), now)
        if status in _LATER or status in {502, 503, 504}:
            raise Away(said("对方系统暂时不能处理：%(status)s", status=status), rest=rest)
        if status >= 500:
            raise Garbled(said("对方系统出错：%(status)s", status=status))
        if not 200 <= status < 300:
            raise Refused(f"{status} {content[:160].decode(errors='replace')}")
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise Garbled("对方的回答不是 JSON。") from error
