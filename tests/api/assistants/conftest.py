"""People of the cast with accounts, keys of their assistants, and the library's own client before the door."""

from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client as Browser
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.api.assistants import asked
from huying.api.intake.brakes import Brake
from huying.kernel.clock import now
from huying.people.actions import NewPost, create_account, create_assistant_key
from huying.people.queries import actor_by_id
from huying.people.rules.assistants import Leave
from tests.cast import DISTRICT, Cast


@pytest.fixture(autouse=True)
def fresh_brake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "_brake", Brake(asked.PER_MINUTE))


@pytest.fixture
def person(cast: Cast) -> Callable[..., Actor]:
    """Makes somebody with an account and one post."""

    def make(name: str, role: Role, area: str = str(DISTRICT), body_id: int | None = None) -> Actor:
        moment = now() - timedelta(hours=1)
        login = f"p{abs(hash((name, role, area, body_id))) % 10**8}"
        account_id = create_account(cast.system, login, name, [NewPost(role, area, body_id)], moment)
        return actor_by_id(DISTRICT, account_id, now())

    return make


@pytest.fixture
def assistant(cast: Cast) -> Callable[..., str]:
    """Makes the key of a person's assistant."""

    def make(of: Actor, *leaves: Leave, name: str = "小助手") -> str:
        left = leaves or (Leave.READ, Leave.DRAFT)
        return create_assistant_key(of, name, left, now() + timedelta(days=30), now())[1]

    return make


class Through(httpx.AsyncBaseTransport):
    """Requests of the library's client led to Django in the test's own thread and transaction."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        send = sync_to_async(self._send, thread_sensitive=True)
        status, given, content = await send(request.method, headers, body)
        return httpx.Response(status, headers=given, content=content, request=request)

    @staticmethod
    def _send(method: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = Browser().generic(
            method, "/mcp", body, content_type=headers.pop("content-type", ""), headers=headers
        )
        return answer.status_code, dict(answer.items()), answer.content


class Helper:
    """An assistant with a key, speaking by the library's client; ``mode`` is how it agrees on a version."""

    def __init__(self, raw: str, mode: str = "auto") -> None:
        self.raw, self.mode = raw, mode

    @asynccontextmanager
    async def _client(self):
        headers = {"Authorization": f"Bearer {self.raw}", "Host": "testserver"}
        async with (
            httpx.AsyncClient(transport=Through(), headers=headers) as http,
            Client(
                streamable_http_client("http://testserver/mcp", http_client=http), mode=self.mode
            ) as client,
        ):
            yield client

    def _do(self, work: Callable[[Client], Any]) -> Any:
        async def whole() -> Any:
            async with self._client() as client:
                return await work(client)

        return async_to_sync(whole)()

    def call(self, tool: str, **arguments: Any):
        return self._do(lambda client: client.call_tool(tool, arguments))

    def data(self, tool: str, **arguments: Any) -> dict[str, Any]:
        answer = self.call(tool, **arguments)
        assert not answer.is_error, answer.structured_content
        return answer.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        answer = self.call(tool, **arguments)
        assert answer.is_error, answer.structured_content
        return answer.structured_content["code"]

    def failed(self, work: Callable[[Client], Any]) -> MCPError:
        """The refusal of a request that is no tool's."""

        async def refused(client: Client) -> MCPError:
            with pytest.raises(MCPError) as caught:
                await work(client)
            return caught.value

        return self._do(refused)

    def tools(self):
        return {tool.name: tool for tool in self._do(lambda client: client.list_tools()).tools}

    def read(self, uri: str):
        return self._do(lambda client: client.read_resource(uri)).contents[0].text

    def resources(self):
        return self._do(lambda client: client.list_resources()).resources

    def templates(self):
        return self._do(lambda client: client.list_resource_templates()).resource_templates

    def prompts(self):
        return self._do(lambda client: client.list_prompts()).prompts

    def prompt(self, name: str, **given: str):
        return self._do(lambda client: client.get_prompt(name, given)).messages[0].content.text


@pytest.fixture
def helper(assistant) -> Callable[..., Helper]:
    """Makes an assistant of a person, with what they left to it."""
    return lambda of, *leaves, **more: Helper(assistant(of, *leaves, **more))
