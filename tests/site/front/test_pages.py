"""The ASGI front gives a WSGI application what PEP 3333 promises, and gives visitors its answers whole."""

import asyncio
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from huying.site.front import pages
from huying.site.front.files import FileAnswer
from huying.site.front.pages import Pages

Environ = dict[str, Any]


class Visit:
    """One request to an application and everything that came back."""

    def __init__(
        self, application: Callable[..., Any], method: str = "GET", path: str = "/", **how: Any
    ) -> None:
        pieces: list[bytes] = how.pop("pieces", [b""])
        headers = how.pop("headers", [])
        self.sent: list[dict[str, Any]] = []
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": how.pop("query", b""),
            "headers": headers,
            "server": ("127.0.0.1", 8000),
            "client": ("10.0.0.9", 4000),
            "scheme": "http",
            "http_version": "1.1",
        }
        messages = [
            {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1}
            for number, piece in enumerate(pieces)
        ]
        if how.pop("gone", False):
            messages[-1] = {"type": "http.disconnect"}

        pause: float = how.pop("pause", 0.0)

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(pause)
            return messages.pop(0)

        async def send(message: dict[str, Any]) -> None:
            self.sent.append(message)

        front = Pages(application, threads=2, limit=how.pop("limit", 10_000), **how)
        asyncio.run(front(scope, receive, send))

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def answering(body: Iterable[bytes], *headers: tuple[str, str]) -> Callable[..., Any]:
    def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", list(headers))
        return body

    return application


def seen(**how: Any) -> Environ:
    kept: Environ = {}

    def application(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        kept.update(environ, read=environ["wsgi.input"].read())
        start_response("204 No Content", [])
        return []

    Visit(application, **how)
    return kept


def test_path_query_and_headers_arrive_as_wsgi_wants_them() -> None:
    environ = seen(path="/诉求/1", query=b"q=%E5%91%BC", headers=[(b"accept", b"a"), (b"accept", b"b")])
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/诉求/1"
    assert environ["QUERY_STRING"] == "q=%E5%91%BC"
    assert environ["HTTP_ACCEPT"] == "a,b"


def test_cookies_are_joined_as_cookies_and_underscores_cannot_pass_for_dashes() -> None:
    environ = seen(headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x_forwarded_for", b"6.6.6.6")])
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_the_length_is_what_was_counted() -> None:
    environ = seen(method="POST", pieces=[b"ab", b"", b"cde"], headers=[(b"content-length", b"2")])
    assert (environ["CONTENT_LENGTH"], environ["read"]) == ("5", b"abcde")


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "10.0.0.9"), (1, "2.2.2.2"), (2, "1.1.1.1"), (3, "10.0.0.9")]
)
def test_only_trusted_proxies_may_name_the_visitor(proxies: int, address: str) -> None:
    assert (
        seen(headers=[(b"x-forwarded-for", b"1.1.1.1, 2.2.2.2")], proxies=proxies)["REMOTE_ADDR"] == address
    )


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"10001")]])
def test_a_body_over_the_limit_is_refused_before_the_application(headers: list[tuple[bytes, bytes]]) -> None:
    visit = Visit(answering([b"never"]), "POST", pieces=[b"x" * 10_001], headers=headers)
    assert visit.status == 413
    assert b"never" not in visit.body


def test_a_body_that_does_not_arrive_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PATIENCE", 0.05)
    visit = Visit(answering([b"never asked"]), "POST", pieces=[b"a", b"b"], pause=0.2)
    assert (visit.status, "没有传完" in visit.body.decode()) == (408, True)


def test_a_body_that_drips_is_not_waited_for_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PATIENCE", 0.6)
    drips, whole = [b"a"] * 20, [b"a" * 4096] * 20
    assert Visit(answering([b"never asked"]), "POST", pieces=drips, pause=0.05).status == 408
    assert Visit(answering([b"done"]), "POST", pieces=whole, pause=0.02, limit=10**6).body == b"done"


def test_a_visitor_who_leaves_costs_no_answer() -> None:
    assert Visit(answering([b"never"]), "POST", pieces=[b"x", b"y"], gone=True).sent == []


def test_an_application_that_breaks_answers_500() -> None:
    def broken(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        raise RuntimeError

    assert Visit(broken).status == 500


def test_a_page_is_sent_whole_and_head_without_its_body() -> None:
    application = answering([b"ab", b"cd"], ("Content-Length", "4"))
    assert len(Visit(application).sent) == 2
    assert Visit(application).body == b"abcd"
    head = Visit(application, "HEAD")
    assert (head.body, head.headers[b"content-length"]) == (b"", b"4")


class Streaming:
    """Like Django's streaming responses."""

    streaming = True
    closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"1", b"2", b"3")

    def close(self) -> None:
        self.closed = True


def test_a_stream_goes_out_piece_by_piece_and_is_closed() -> None:
    made = Streaming()
    visit = Visit(answering(made))
    assert [message.get("body") for message in visit.sent[1:]] == [b"1", b"2", b"3", b""]
    assert made.closed


CONTENT = bytes(range(200))


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        (b"bytes=0-0", 206, CONTENT[:1]),
        (b"bytes=10-19", 206, CONTENT[10:20]),
        (b"bytes=150-", 206, CONTENT[150:]),
        (b"bytes=-5", 206, CONTENT[-5:]),
        (b"bytes=190-900", 206, CONTENT[190:]),
        (b"bytes=200-", 416, b""),
        (b"bytes=-0", 416, b""),
        (b"bytes=5-2", 200, CONTENT),
        (b"bytes=0-1,4-5", 200, CONTENT),
        (b"lines=1-2", 200, CONTENT),
    ],
)
def test_ranges_of_files(wanted: bytes, status: int, part: bytes) -> None:
    file = io.BytesIO(CONTENT)
    visit = Visit(answering(FileAnswer(file), ("Content-Length", "200")), headers=[(b"range", wanted)])
    assert (visit.status, visit.body) == (status, part)
    assert int(visit.headers[b"content-length"]) == len(part)
    assert file.closed


def test_a_file_that_changed_is_sent_whole() -> None:
    headers = [(b"range", b"bytes=0-1"), (b"if-range", b'"old"')]
    answer = answering(FileAnswer(io.BytesIO(CONTENT)), ("Content-Length", "200"), ("ETag", '"new"'))
    assert Visit(answer, headers=headers).body == CONTENT
