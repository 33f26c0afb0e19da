"""Writes as a table: who may, who may not, what is there afterwards; walked in their order over one district."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import orjson
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.people.models import ApiKey, KeptAnswer, KeySpending
from tests.api.conftest import Outside

STALE: Final = '"of-another-day"'
# What every request leaves behind, whoever asks: that the key was used.
_OF_KEYS: Final = {ApiKey, KeptAnswer, KeySpending}
Row = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One write. ``path`` and ``body`` may name what the world holds as ``{name}``.

    ``leaves``: members of the answer that must be so (``line.state`` within another).
    ``matched``: an old ``If-Match`` is refused for it.
    ``private``: its answer holds a secret and is kept for nobody. ``sheet``: sent as the body itself.
    """

    method: str
    path: str
    role: Role
    body: Row = field(default_factory=dict)
    leaves: Row = field(default_factory=dict)
    status: int = 200
    wrong: Role = Role.AUDITOR
    matched: bool = False
    private: bool = False
    finds: str = ""
    sheet: str | bytes = ""


def walk(systems: Callable[[Role], Outside], deeds: Sequence[Deed], world: Row, kept: Sequence[type]) -> None:
    """Do each deed: refused to the wrong key and to an old version without a trace, done once, answered twice."""
    for deed in deeds:
        named = f"{deed.method} {deed.path}"
        send = _sender(deed, world)
        wrong, right = systems(deed.wrong), systems(deed.role)
        before = traces(kept)
        refused = send(wrong)
        assert (refused.status_code, refused.json()["code"]) == (403, "denied"), named
        if deed.matched:
            overtaken = send(right, If_Match=STALE)
            assert (overtaken.status_code, overtaken.json()["code"]) == (412, "stale_version"), named
        assert traces(kept) == before, f"{named}: who may not left a trace"
        key = {"Idempotency_Key": f"deed-{uuid4()}"}
        done = send(right, **key)
        assert done.status_code == deed.status, f"{named}: {done.content.decode()}"
        told = done.json() if done.content else {}
        assert {name: _said(told, name) for name in deed.leaves} == filled(deed.leaves, world), (
            f"{named}: {told}"
        )
        if deed.finds:
            world[deed.finds] = told["id"]
        after = traces(kept)
        assert after != before, f"{named}: nothing happened"
        if deed.private:
            assert done.headers["Cache-Control"] == "no-store", named
            continue
        again = send(right, **key)
        assert again.headers.get("Idempotent-Replayed") == "true", named
        assert again.content == done.content, named
        assert traces(kept) == after, f"{named}: repeated under its key it happened again"


def asked(client: Outside, path: str, **query: object) -> int:
    """How many statements a reading takes."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(path, **query).status_code == 200
    return len(statements)


def _sender(deed: Deed, world: Row) -> Callable[..., Any]:
    path, body, media = deed.path.format(**world), orjson.dumps(filled(deed.body, world)), "application/json"
    if deed.sheet:
        text = deed.sheet if isinstance(deed.sheet, bytes) else deed.sheet.format(**world).encode()
        body, media = text, "application/octet-stream" if isinstance(deed.sheet, bytes) else "text/csv"

    def send(client: Outside, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client._client.generic(deed.method, f"/api/v1/{path}", body, content_type=media, headers=named)

    return send


def _said(told: Any, name: str) -> Any:
    """A member of an answer; ``line.state`` is a member of a member."""
    for part in name.split("."):
        told = told.get(part)
    return told


def filled(told: Any, world: Row) -> Any:
    """With ``{name}`` alone replaced by what the world holds under it."""
    if isinstance(told, dict):
        return {name: filled(value, world) for name, value in told.items()}
    if isinstance(told, list):
        return [filled(one, world) for one in told]
    named = isinstance(told, str) and told.startswith("{") and told.endswith("}")
    return world[told[1:-1]] if named else told


def traces(kept: Sequence[type]) -> list[list[Row]]:
    """Everything that these tables hold."""
    assert not _OF_KEYS & set(kept)
    return [
        list(model._default_manager.order_by("pk").values())
        for model in kept
        if issubclass(model, models.Model)
    ]
