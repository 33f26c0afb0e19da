"""``/mcp`` where Django alone runs: the same application, its database work done in the request's own thread."""

import asyncio
from functools import cache, partial
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


async def _here(work: Any) -> Any:
    return await sync_to_async(work, thread_sensitive=True)()


@cache
def _application() -> Any:
    # The protocol's library takes most of a second to load: who asks for no assistant does not wait for it.
    from huying.api.assistants.door.application import Assistants

    return Assistants(run=_here)


@csrf_exempt
def door(request: HttpRequest) -> HttpResponse:
    """Answer one stateless POST; nothing is streamed, so there is nothing to GET."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    status, headers, body = async_to_sync(partial(_answer, request, request.body))()
    answer = HttpResponse(body, status=status)
    for name, value in headers:
        answer[name.decode("latin-1")] = value.decode("latin-1")
    return answer


async def _answer(request: HttpRequest, body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    said: dict[str, Any] = {"status": 500, "headers": [], "body": b""}
    first = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        if first:
            return first.pop()
        await asyncio.Event().wait()
        return None

    async def send(message: Any) -> None:
        said.update({name: value for name, value in message.items() if name in {"status", "headers"}})
        said["body"] += message.get("body", b"")

    given = {"Host": request.get_host(), **request.headers}
    scope = {
        "type": "http", "method": "POST", "path": "/mcp", "query_string": b"", "http_version": "1.1", "scheme": "http",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in given.items()],
        "client": (request.META.get("REMOTE_ADDR", ""), 0), "server": None, "root_path": "",
    }  # fmt: skip
    await _application()(scope, receive, send)
    return said["status"], said["headers"], said["body"]
