"""A receiver over real HTTP that checks signatures by itself, as its owner would, and answers as it is told."""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson


def genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """The check as docs/webhooks.md shows it, written without a line of ours."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(one.partition(",")[2], right) for one in headers["webhook-signature"].split()
    )


@dataclass
class Receiver:
    """``answers``: (status, body, seconds to wait, further headers) in turn, the last again and again."""

    answers: list[tuple[int, bytes, float, dict[str, str]]] = field(
        default_factory=lambda: [(200, b"ok", 0.0, {})]
    )
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    raw: bytes = b""

    @property
    def told(self) -> list[dict[str, Any]]:
        return [orjson.loads(body) for _headers, body in self.asked]

    def answer(self, *statuses: int) -> None:
        self.answers = [(status, b"", 0.0, {}) for status in statuses]

    def next(self) -> tuple[int, bytes, float, dict[str, str]]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            receiver.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status, said, wait, more = receiver.next()
            time.sleep(wait)
            try:
                if receiver.raw:
                    self.wfile.write(receiver.raw)
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(said)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said)
            except OSError:
                # Whoever asked did not wait.
                return

        def log_message(self, *_said: Any) -> None:
            """Nothing to the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
