"""The vendors' interfaces on this machine: tokens, what is sent, pictures, and errors when they are asked for.

``GET /sent`` tells what was taken, ``POST /trouble`` with ``{"code": 42001, "times": 1}`` makes the next answers errors
with that code, ``POST /forget-tokens`` makes every token given so far bad.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import orjson
from PIL import Image

_TOKENS: Final = frozenset({"/cgi-bin/stable_token", "/cgi-bin/gettoken", "/gettoken"})
_TAKING: Final = frozenset({
    "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/send",
    "/cgi-bin/message/send", "/topapi/message/corpconversation/asyncsend_v2", "/v1.0/robot/oToMessages/batchSend",
})  # fmt: skip
# Addresses that carry what opens them in themselves.
_OPEN: Final = frozenset({"/cgi-bin/webhook/send", "/robot/send", "/robot/sendBySession", "/sms"})


@dataclass
class Vendors:
    """What was asked and taken. ``tokens`` counts how often one was fetched."""

    url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    tokens: int = 0
    good_token: str = ""
    trouble: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def texts(self) -> list[str]:
        """The words of everything that was taken."""
        return [_words(one["body"]) for one in self.sent]


@contextmanager
def playing(port: int = 0) -> Iterator[Vendors]:
    """Play until the block ends; any free port without one."""
    vendors = Vendors()

    class Handler(_Handler):
        held = vendors

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    vendors.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield vendors
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    held: Vendors

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self.held.lock:
            told = self._told(parts.path, query, body)
        kind = "application/json" if isinstance(told, dict) else "image/jpeg"
        content = orjson.dumps(told) if isinstance(told, dict) else told
        self.send_response(404 if told == {} else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _told(self, path: str, query: dict[str, str], body: bytes) -> dict[str, Any] | bytes:
        held = self.held
        if path == "/sent":
            return {"sent": held.sent, "tokens": held.tokens}
        if path == "/trouble":
            asked = orjson.loads(body)
            held.trouble += [int(asked["code"])] * int(asked.get("times", 1))
            return {"errcode": 0}
        if path == "/forget-tokens":
            held.good_token = ""
            return {"errcode": 0}
        if path in _TOKENS:
            held.tokens += 1
            held.good_token = f"token-{held.tokens}"
            return {"errcode": 0, "access_token": held.good_token, "expires_in": 7200}
        return self._asked(path, query, body)

    def _asked(self, path: str, query: dict[str, str], body: bytes) -> dict[str, Any] | bytes:
        held = self.held
        if path == "/picture":
            return picture()
        if held.trouble:
            return {"errcode": held.trouble.pop(0), "errmsg": "as asked for"}
        token = query.get("access_token") or self.headers.get("x-acs-dingtalk-access-token", "")
        if path not in _OPEN and token != held.good_token:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if path == "/cgi-bin/media/get":
            return picture()
        if path == "/v1.0/robot/messageFiles/download":
            return {"downloadUrl": f"{held.url}/picture"}
        if path in _TAKING | _OPEN:
            held.sent.append({"path": path, "query": query, "body": orjson.loads(body)})
            return {"errcode": 0, "errmsg": "ok"}
        return {}


def picture() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(out, "JPEG")
    return out.getvalue()


def _words(body: dict[str, Any]) -> str:
    if isinstance(body.get("text"), str):
        return str(body["text"])
    if "text" in body:
        return str(body["text"].get("content", ""))
    if "textcard" in body:
        return str(body["textcard"].get("description", ""))
    if "msgParam" in body:
        return str(orjson.loads(body["msgParam"]).get("content", ""))
    return orjson.dumps(body).decode()
