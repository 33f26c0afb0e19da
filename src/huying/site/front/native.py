"""Paths answered without Django's handlers: many open connections, or the hot path of intake."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from huying.site.front.environ import Scope


@dataclass(frozen=True, slots=True)
class Native:
    """``path`` is exact, or a prefix when it ends in a slash; ``application`` names ``module:name``. With ``bodies``
    only requests whose body is of these media types, "" for one that does not say; others are Django's.

    The application may have a coroutine method ``aclose``, awaited when the process ends, and a method ``ending``,
    called as soon as the process is told to end: answers without an end must be ended there, or it waits for them.
    """

    path: str
    methods: frozenset[str]
    application: str
    bodies: frozenset[str] | None = None

    def takes(self, method: str, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> bool:
        right = path.startswith(self.path) if self.path.endswith("/") else path == self.path
        return right and method in self.methods and (self.bodies is None or _media(headers) in self.bodies)


def _media(headers: Iterable[tuple[bytes, bytes]]) -> str:
    whole = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    return whole.decode("latin-1").partition(";")[0].strip().lower()


_FORM: Final = frozenset({"", "application/x-www-form-urlencoded"})
TABLE: Final[tuple[Native, ...]] = (
    Native("/api/v1/appeals", frozenset({"POST"}), "huying.api.intake.application:intake"),
    Native("/mcp", frozenset({"POST"}), "huying.api.assistants.door.application:assistants"),
    Native(
        "/open311/v2/requests.xml",
        frozenset({"POST"}),
        "huying.api.open311.taking.application:reports",
        _FORM,
    ),
    Native(
        "/open311/v2/requests.json",
        frozenset({"POST"}),
        "huying.api.open311.taking.application:reports",
        _FORM,
    ),
    Native("/live/emergencies", frozenset({"GET"}), "huying.live.emergencies:emergencies"),
    Native("/live/", frozenset({"GET"}), "huying.live.application:live"),
)


def find(scope: Scope, table: tuple[Native, ...] | None = None) -> Native | None:
    """The native application for this request, or None when it is Django's."""
    entries = TABLE if table is None else table
    asked = scope["method"], scope["path"], scope.get("headers", ())
    return next((entry for entry in entries if entry.takes(*asked)), None)


@cache
def load(application: str) -> Callable[..., Any]:
    """Import the application named ``module:name``, once."""
    module, _, name = application.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), name)
    return loaded
