"""Servers of GeoReport v2 that answer as they were told to, each in its own manner."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx

from huying.exchange.channels.interface import Book, Settled
from huying.exchange.channels.open311.connector import Open311
from huying.exchange.rules.mapping import peer_map

ROOT = Path(__file__).parents[3]
ADDRESS = "https://311.example.org/v2"
SECRET = "a key of sixteen and more"


def the_map() -> dict[str, Any]:
    return tomllib.loads((ROOT / "examples/open311_city.toml").read_text("utf-8"))


class Notes(Book):
    """A book with these numbers: True for orders of theirs, False for cases of ours."""

    def __init__(self, **known: bool) -> None:
        self.held = known

    def known(self, numbers: Any) -> Mapping[str, bool]:
        return {one: self.held[one] for one in numbers if one in self.held}

    def followed(self, now: datetime) -> Sequence[str]:
        return sorted(self.held)


class Server:
    """Answers by method and path; what is not told is 404. ``asked`` keeps each request's path and parameters."""

    def __init__(self) -> None:
        self.told: dict[
            tuple[str, str], list[httpx.Response | Exception | Callable[..., httpx.Response]]
        ] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    def tell(
        self, path: str, body: Any = b"", status: int = 200, media: str = "application/json", method: str = "GET",
        **headers: str,
    ) -> None:  # fmt: skip
        content = body.encode() if isinstance(body, str) else body
        given = {"Content-Type": media, **{name.replace("_", "-"): text for name, text in headers.items()}}
        answer = (
            httpx.Response(status, content=content, headers=given)
            if isinstance(content, bytes)
            else httpx.Response(status, json=content, headers={**given})
        )
        self.answers(path, answer, method)

    def answers(self, path: str, answer: Any, method: str = "GET") -> None:
        self.told.setdefault((method, path), []).append(answer)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v2/")
        given = (
            parse_qsl(request.content.decode())
            if request.method == "POST"
            else request.url.params.multi_items()
        )
        self.asked.append((request.method, path, dict(given)))
        answers = self.told.get((request.method, path), [])
        if not answers:
            return httpx.Response(404, json=[{"code": 404, "description": "Nothing here"}])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if not isinstance(answer, httpx.Response) else answer

    def posts(self, path: str) -> list[dict[str, str]]:
        return [given for method, where, given in self.asked if (method, where) == ("POST", path)]


def connector(server: Server, book: Book | None = None, **settings: Any) -> Open311:
    made = Open311(
        Settled("town", {"address": ADDRESS, **settings}, SECRET, peer_map(the_map()), book or Notes()),
        httpx.MockTransport(server),
    )
    made.push.sleep = lambda _seconds: None
    return made
