"""Writes under an ``Idempotency-Key``: done once, answered alike; kept in the write's own transaction."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from huying.access.actor import Actor
from huying.api.problems import Reused
from huying.kernel.errors import Invalid
from huying.loop.collect.rules import KEY_LEAST, KEY_MOST
from huying.people.actions import Answer, claim_answer, keep_answer

REPLAYED: Final = "Idempotent-Replayed"
_KEPT_HEADERS: Final = ("Content-Type", "Location", "ETag")


def key_of(request: HttpRequest) -> str:
    """The key given, "" for none. Raises Invalid."""
    given = request.headers.get("Idempotency-Key", "")
    if given and not (KEY_LEAST <= len(given) <= KEY_MOST and given.isascii() and given.isprintable()):
        raise Invalid(fields={"key": "幂等键应为 8 到 80 个英文字符。"})
    return given


def once(request: Any, key: str, write: Callable[[], HttpResponse]) -> HttpResponse:
    """Write and keep the answer, or answer as before. A write that is refused keeps nothing. Raises Reused."""
    by: Actor = request.actor
    with transaction.atomic():
        claimed = claim_answer(by, key, _digest(request), request.now)
        if claimed.is_others:
            raise Reused
        if claimed.answer is not None:
            return _again(claimed.answer)
        response = write()
        if response.status_code >= 400 or claimed.row is None:
            transaction.set_rollback(True)
            return response
        headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
        keep_answer(by, claimed.row, Answer(response.status_code, headers, response.content.decode()))
    return response


def _again(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers={**answer.headers, REPLAYED: "true"})


def _digest(request: HttpRequest) -> str:
    asked = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(request.body)
    return asked.hexdigest()
