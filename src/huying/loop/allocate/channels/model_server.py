"""A model server that a district may plug in (OpenAI's chat completions): bounded in time, size and questions."""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
import orjson
from django.conf import settings

from huying.kernel.errors import Unavailable
from huying.kernel.saying import said

_WHOLE_SECONDS: Final = 8.0
_TIMEOUT: Final = httpx.Timeout(4.0, connect=2.0)
_MOST_BYTES: Final = 64 * 1024
_AT_ONCE: Final = 2
_FAILURES: Final = 3
_REST_SECONDS: Final = 60.0


class ModelServer:
    """One server. After three failures in a row it is left alone for a minute; two questions at a time, no queue."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        self._url, self._model, self._key = f"{url.rstrip('/')}/chat/completions", model, key
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._failed = 0
        self._resting_until = 0.0

    def answer(self, messages: Sequence[Mapping[str, str]]) -> str:
        """What the model says, within eight seconds or so.

        Raises Unavailable for a server that is away, slow, busy or talks rubbish.
        """
        if time.monotonic() < self._resting_until:
            raise Unavailable("外接模型暂停使用：刚才连续没有回应。")
        if not self._places.acquire(blocking=False):
            raise Unavailable("外接模型正忙。")
        try:
            said = self._asked(messages)
        except Unavailable:
            self._failed += 1
            if self._failed >= _FAILURES:
                self._failed, self._resting_until = 0, time.monotonic() + _REST_SECONDS
            raise
        finally:
            self._places.release()
        self._failed = 0
        return said

    def _asked(self, messages: Sequence[Mapping[str, str]]) -> str:
        body = orjson.dumps(
            {"model": self._model, "messages": list(messages), "temperature": 0, "max_tokens": 160}
        )
        headers = {
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {self._key}"} if self._key else {}),
        }
        try:
            with (
                httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self._url, content=body, headers=headers) as response,
            ):
                told = _read(response)
                status = response.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(said("外接模型没有回应：%(kind)s", kind=type(error).__name__)) from error
        if status != 200:
            raise Unavailable(said("外接模型没有作答：%(status)s", status=status))
        return _content(told)


def _read(response: httpx.Response) -> bytes:
    """At most so many bytes in so many seconds: a server that says a byte now and then is as good as away."""
    kept, until = b"", time.monotonic() + _WHOLE_SECONDS
    for part in response.iter_bytes():
        kept += part
        if len(kept) > _MOST_BYTES or time.monotonic() > until:
            raise Unavailable("外接模型的回答太长或太慢。")
    return kept


def _content(told: bytes) -> str:
    try:
        said: Any = orjson.loads(told)
        content = said["choices"][0]["message"]["content"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise Unavailable("外接模型的回答读不懂。") from error
    return content if isinstance(content, str) else ""


_server: ModelServer | None = None
_making: Final = threading.Lock()


def model_server() -> ModelServer | None:
    """The server the operator has set; None without one, which is how it is delivered."""
    global _server
    if not settings.HUYING_MODEL_URL:
        return None
    with _making:
        if _server is None:
            _server = ModelServer(
                settings.HUYING_MODEL_URL, settings.HUYING_MODEL_NAME, settings.HUYING_MODEL_KEY
            )
    return _server
