"""The generated client (``make client``) as the simulator's way to the interface: it lives by what it describes."""

import inspect
import json
import pkgutil
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final, get_args

import httpx

from huying.kernel.errors import Invalid

_PACKAGE: Final = "huying_client"
_CASES: Final = "/api/v1/cases/"


class Generated:
    """Speaks through the client in the folder that ``make client`` wrote. Raises Invalid where there is none."""

    def __init__(self, folder: Path, base: str, timeout: float) -> None:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        try:
            self._made = import_module(_PACKAGE)
        except ImportError as error:
            raise Invalid(f"{folder} 里没有生成的客户端，请先运行 make client。") from error
        self._base, self._timeout = base, timeout
        self._operation = cache(self._found)
        self._clients: dict[str, Any] = {}

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> httpx.Response:
        """The answer as the client understood it. Raises httpx.TransportError where nobody answers."""
        name, places = _named(method, path)
        operation = self._operation(name)
        given: dict[str, Any] = {"client": self._client(headers["Authorization"].removeprefix("Bearer "))}
        if "Idempotency-Key" in headers:
            given["idempotency_key"] = headers["Idempotency-Key"]
        if body is not None:
            given["body"] = _body_of(operation).from_dict(dict(body))
        told = await operation.asyncio_detailed(*places, **given)
        understood = told.parsed.to_dict() if told.parsed is not None else json.loads(told.content)
        return httpx.Response(int(told.status_code), json=understood)

    async def aclose(self) -> None:
        """Close the connections; each key has a client of its own."""
        for client in self._clients.values():
            await client.get_async_httpx_client().aclose()

    def _client(self, raw: str) -> Any:
        if raw not in self._clients:
            patience = httpx.Timeout(self._timeout)
            self._clients[raw] = self._made.AuthenticatedClient(
                base_url=self._base, token=raw, timeout=patience
            )
        return self._clients[raw]

    def _found(self, name: str) -> ModuleType:
        api = import_module(f"{_PACKAGE}.api")
        for tag in pkgutil.iter_modules(api.__path__):
            folder = import_module(f"{_PACKAGE}.api.{tag.name}")
            if any(one.name == name for one in pkgutil.iter_modules(folder.__path__)):
                return import_module(f"{_PACKAGE}.api.{tag.name}.{name}")
        raise Invalid(f"生成的客户端里没有 {name}，请重新运行 make client。")


def _named(method: str, path: str) -> tuple[str, list[str]]:
    """The operation of what the simulator asks, and what stands in its address."""
    if path == "/api/v1/appeals":
        return "appeals_give", []
    number, _, verb = path.removeprefix(_CASES).partition("/")
    return (f"step_{verb}", [number]) if method == "POST" else ("cases_one", [number])


def _body_of(operation: ModuleType) -> Any:
    told = inspect.signature(operation.asyncio_detailed).parameters["body"].annotation
    return next(kind for kind in (told, *get_args(told)) if hasattr(kind, "from_dict"))
