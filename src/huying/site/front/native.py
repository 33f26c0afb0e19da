"""Paths answered without Django's handlers: many open connections, or the hot path of intake."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from huying.site.front.environ import Scope


@dataclass(frozen=True, slots=True)
class Native:
    """``path`` is exact, or a prefix when it ends in a slash; ``application`` names ``module:name``.

    The application may have a coroutine method ``aclose``, awaited when the process ends, and a method ``ending``,
    called as soon as the process is told to end: answers without an end must be ended there, or it waits for them.
    """

    path: str
    methods: frozenset[str]
    application: str

    def takes(self, method: str, path: str) -> bool:
        right = path.startswith(self.path) if self.path.endswith("/") else path == self.path
        return right and method in self.methods


TABLE: Final[tuple[Native, ...]] = (
    Native("/api/v1/appeals", frozenset({"POST"}), "huying.api.intake.application:intake"),
    Native("/mcp", frozenset({"POST"}), "huying.api.assistants.door.application:assistants"),
    Native("/live/emergencies", frozenset({"GET"}), "huying.live.emergencies:emergencies"),
    Native("/live/", frozenset({"GET"}), "huying.live.application:live"),
)


def find(scope: Scope, table: tuple[Native, ...] | None = None) -> Native | None:
    """The native application for this request, or None when it is Django's."""
    entries = TABLE if table is None else table
    return next((entry for entry in entries if entry.takes(scope["method"], scope["path"])), None)


@cache
def load(application: str) -> Callable[..., Any]:
    """Import the application named ``module:name``, once."""
    module, _, name = application.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), name)
    return loaded
