"""A district with its cast, and keys of outside systems."""

from collections.abc import Callable, Iterator
from functools import cache

import orjson
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel.clock import now
from huying.people.actions import create_key
from huying.people.queries.keys import forget_keys
from huying.places.queries import forget
from tests.cast import DISTRICT, Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    forget_keys()
    forget(DISTRICT)
    return gather()


@pytest.fixture
def key(cast: Cast) -> Callable[..., str]:
    """Makes a key for a role."""

    def make(role: Role, area: str = str(DISTRICT), **more: object) -> str:
        return create_key(system(DISTRICT), "外部系统", role, area, now(), **more)[1]  # type: ignore[arg-type]

    return make


class Outside:
    """An outside system: a client that shows its key and speaks JSON."""

    def __init__(self, raw: str = "") -> None:
        headers = {"Authorization": f"Bearer {raw}"} if raw else {}
        self._client = Client(headers=headers)

    def get(self, path: str, **query: object):
        return self._client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: object = None, **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes) else None
        given = {"data": raw} if raw is not None else {"data": body or {}}
        return self._client.post(f"/api/v1/{path}", content_type="application/json", headers=named, **given)

    def send(self, method: str, path: str, body: object = None):
        """Any method, with a body of JSON."""
        return self._client.generic(
            method.upper(), f"/api/v1/{path}", orjson.dumps(body or {}), content_type="application/json"
        )


@pytest.fixture
def outside(key) -> Callable[..., Outside]:
    """Makes an outside system in a role; without a role, one that shows no key."""
    return lambda role=None, *more, **kw: Outside(key(role, *more, **kw) if role else "")


@pytest.fixture
def systems(outside: Callable[..., Outside]) -> Callable[[Role], Outside]:
    """The outside system of a role, the same each time."""
    return cache(outside)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests happen within the transaction of the test, whose connection they must not give back."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
