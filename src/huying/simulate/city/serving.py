"""The stand-in's HTTP side: letters asked for and told, lists for reconciliation, and a door for whoever controls it."""

import base64
import threading
import time
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import orjson

from huying.exchange.rules.signing import NONCE, SIGNATURE, TIME, sign
from huying.simulate.city.dialect import SECRET
from huying.simulate.city.holding import Holding
from huying.simulate.city.moods import Moods

_RUBBISH: Final = "<html><body>系统维护中</body></html>".encode()


class City(ThreadingHTTPServer):
    """One stand-in at a port of this machine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, holding: Holding, moods: Moods) -> None:
        self.holding, self.moods = holding, moods
        self.wake = threading.Event()
        self.push_to: str = ""
        # What lies under /pictures/, for letters that name their pictures by address.
        self.pictures: dict[str, bytes] = {}
        super().__init__(("127.0.0.1", port), Desk)


class Cut(Exception):
    """The line is cut without an answer."""


class Desk(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    # Head and body leave as two writes: the second would wait for the first one's acknowledgement.
    disable_nagle_algorithm = True
    server: City

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/holds":
            self._say(200, self.server.holding.summary())
        elif parts.path.startswith("/pictures/"):
            self._picture(parts.path.removeprefix("/pictures/"))
        elif not self._believed(self.path.encode()):
            self._say(401, {"message": "签名不对"})
        else:
            self._badly(lambda: self._answer_to(parts.path, asked))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        door = {"/control": self._control, "/send": self._send, "/push": self._push}.get(self.path)
        if door is not None:
            door(orjson.loads(body) if body else {})
        elif not self._believed(body):
            self._say(401, {"message": "签名不对"})
        elif self.server.moods.strikes("deaf"):
            self._say(500, {"message": "内部错误"})
        else:
            self._badly(lambda: self._told(body))

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""

    def _control(self, said: dict[str, Any]) -> None:
        self.server.moods.set(said)
        self._say(200, {})

    def _send(self, said: dict[str, Any]) -> None:
        self.server.holding.send(said["letters"])
        self.server.wake.set()
        self._say(200, {"sent": len(self.server.holding.sent)})

    def _picture(self, name: str) -> None:
        content = self.server.pictures.get(name)
        if content is None:
            self._say(404, {"message": "没有这张照片"})
        elif self.server.moods.strikes("error"):
            self._say(500, {"message": "内部错误"})
        else:
            self._raw(200, content, "image/jpeg")

    def _push(self, said: dict[str, Any]) -> None:
        self.server.push_to = said["to"]
        self.server.wake.set()
        self._say(200, {})

    def _answer_to(self, path: str, asked: dict[str, str]) -> Any:
        holding = self.server.holding
        if path == "/orders":
            return self._page(int(asked.get("after") or 0), int(asked.get("size") or 100))
        if path == "/list":
            return {"orders": holding.listed(asked["day"])}
        if path == "/again":
            orders = holding.orders()
            return {"orders": [orders[one] for one in asked["numbers"].split(",") if one in orders]}
        return None

    def _page(self, at: int, size: int) -> Any:
        moods, found = self.server.moods, self.server.holding.after(at, size)
        following = str(at + len(found))
        if moods.strikes("twice"):
            found = [one for one in found for _ in range(2)]
        if moods.strikes("shuffled"):
            found = moods.chance.sample(found, len(found))
        return {"orders": found, "next": following}

    def _told(self, body: bytes) -> Any:
        results = []
        for letter in _letters(body, self.headers):
            if self.server.moods.strikes("refuse"):
                results.append({"msgId": letter["msgId"], "code": "4", "message": "内容不合要求"})
                continue
            self.server.holding.take(letter)
            results.append({"msgId": letter["msgId"], "code": "0"})
        return {"results": results}

    def _badly(self, answer: Any) -> None:
        """The answer, with whatever goes wrong this time."""
        moods = self.server.moods
        if moods.slow:
            time.sleep(moods.chance.random() * moods.slow)
        if moods.strikes("cut"):
            self._cut()
        elif moods.strikes("busy"):
            self._say(503, {}, {"Retry-After": "1"})
        elif moods.strikes("error"):
            self._say(500, {"message": "内部错误"})
        else:
            said = answer()
            if moods.strikes("lost"):
                self._cut()
            elif moods.strikes("rubbish"):
                self._raw(200, _RUBBISH, "text/html")
            elif moods.strikes("schema"):
                self._say(200, {"data": {"rows": said}})
            else:
                self._say(404 if said is None else 200, said or {})

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _believed(self, signed: bytes) -> bool:
        at, nonce, given = (self.headers.get(name, "") for name in (TIME, NONCE, SIGNATURE))
        return at.isdigit() and given == sign(SECRET, int(at), nonce, signed)

    def _say(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, orjson.dumps(said), "application/json", headers or {})

    def _raw(self, status: int, content: bytes, media: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": media,
            "Content-Length": str(len(content)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _letters(body: bytes, headers: Message) -> list[dict[str, Any]]:
    media = headers.get("Content-Type", "")
    if media.startswith("multipart/"):
        # The letter is the first part, the pictures follow it; kept as they are where they come as base64.
        whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {media}\r\n\r\n".encode() + body)
        first, *files = whole.iter_parts()
        letter: dict[str, Any] = orjson.loads(first.get_content())
        for one in files:
            name = str(one.get_param("name", "files", header="content-disposition"))
            content = base64.b64encode(one.get_content()).decode()
            letter.setdefault(name, []).append(
                {"name": one.get_filename(), "type": one.get_content_type(), "content": content}
            )
        return [letter]
    letters: list[dict[str, Any]] = orjson.loads(body)["letters"]
    return letters
