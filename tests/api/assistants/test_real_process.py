"""The library's client against a served platform and against the command it starts itself."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.journeys.instance import ROOT, Instance, folder

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Instance, dict[str, Any]]]:
    with folder() as made:
        instance = Instance(made / "data")
        instance.environment["DJANGO_SETTINGS_MODULE"] = "huying.site.settings"
        instance.migrate()
        told = instance.run("tests.api.assistants.inside")
        with instance.served():
            yield instance, told


async def _over_http(address: str, told: dict[str, Any], mode: str) -> tuple[set[str], list[str]]:
    headers = {"Authorization": f"Bearer {told['key']}"}
    async with (
        httpx.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http), mode=mode) as client,
    ):
        tools = {tool.name for tool in (await client.list_tools()).tools}
        asked = [client.call_tool("read_case", {"number": told["case"]}) for _ in range(8)]
        return tools, [one.structured_content["case"]["number"] for one in await asyncio.gather(*asked)]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_served_platform_answers_many_at_once(site, mode) -> None:
    instance, told = site
    tools, numbers = asyncio.run(_over_http(instance.address, told, mode))
    assert "read_case" in tools
    assert "send_reply" not in tools
    assert numbers == [told["case"]] * 8


def test_the_native_door_turns_away_strangers_and_other_sites(site) -> None:
    instance, told = site
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    key = {"Authorization": f"Bearer {told['key']}"}
    assert httpx.post(f"{instance.address}/mcp", json=body).status_code == 401
    evil = {**key, "Origin": "http://evil.example"}
    assert httpx.post(f"{instance.address}/mcp", json=body, headers=evil).status_code == 403
    assert httpx.get(f"{instance.address}/mcp", headers=key).status_code == 405


def test_an_assistant_starts_the_command_itself(site) -> None:
    instance, told = site
    environment = {**instance.environment, "HUYING_ASSISTANT_KEY": told["key"]}
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "huying", "mcp"], env=environment, cwd=str(ROOT)
    )

    async def whole() -> str:
        async with Client(started) as client:
            answer = await client.call_tool("read_case", {"number": told["case"]})
            return str(answer.structured_content["case"]["number"])

    assert asyncio.run(whole()) == told["case"]


def test_the_command_says_what_is_missing(site) -> None:
    instance, _told = site
    for extra, words in (({}, "HUYING_ASSISTANT_KEY"), ({"HUYING_ASSISTANT_KEY": "hy_wrong"}, "密钥不对")):
        done = subprocess.run(
            [sys.executable, "-m", "huying", "mcp"],
            env={**instance.environment, **extra}, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 1
        assert words in done.stderr
