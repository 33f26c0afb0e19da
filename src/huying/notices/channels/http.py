"""One request to a gateway over HTTP: bounded in time and size, redirects not followed, its answer sorted."""

from collections.abc import Mapping
from typing import Any, Final

import httpx
import orjson

from huying.kernel.errors import Unavailable
from huying.kernel.saying import said
from huying.notices.channels.letters import Refused

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_MOST_BYTES: Final = 64 * 1024
# Not now, rather than never: time-out, too early, too many.
_LATER: Final = frozenset({408, 425, 429})


def ask(
    method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The gateway's answer as JSON, {} where it says nothing readable.

    Raises Unavailable for a gateway that is away, slow or in trouble; Refused for one that says no.
    """
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, content=body, headers=dict(headers or {})) as answer,
        ):
            told = _read(answer)
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(said("网关没有回应：%(kind)s", kind=type(error).__name__)) from error
    if status >= 500 or status in _LATER:
        raise Unavailable(said("网关暂时不能处理：%(status)s", status=status))
    if not 200 <= status < 300:
        raise Refused(f"网关拒绝：{status} {told[:120].decode(errors='replace')}")
    try:
        parsed = orjson.loads(told)
    except orjson.JSONDecodeError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _read(answer: httpx.Response) -> bytes:
    kept = b""
    for part in answer.iter_bytes():
        kept += part
        if len(kept) > _MOST_BYTES:
            break
    return kept[:_MOST_BYTES]
