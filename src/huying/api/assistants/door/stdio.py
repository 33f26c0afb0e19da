"""Standard input and output, for an assistant that starts the platform's command itself."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connections
from mcp.server.stdio import stdio_server

from huying.api.assistants.asked import admitted
from huying.api.assistants.server import make_server


def serve(raw: str) -> None:
    """Answer until the other side closes. Raises Unauthenticated at once for a key that opens nothing."""
    admitted(raw)
    asyncio.run(_serve(raw))


async def _serve(raw: str) -> None:
    # One assistant asks one thing at a time; one thread keeps one connection.
    with ThreadPoolExecutor(1, thread_name_prefix="assistant") as pool:

        async def run(work: Callable[[], Any]) -> Any:
            return await asyncio.get_running_loop().run_in_executor(pool, work)

        server = make_server(lambda context: admitted(raw), run)
        try:
            async with stdio_server() as (reading, writing):
                await server.run(reading, writing, server.create_initialization_options())
        finally:
            await run(partial(connections.close_all))
