"""A gateway that answers as it is told, over HTTP or SMTP, and keeps what it was given."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Gateway:
    """``answers``: (status, body, seconds to wait) one after the other, the last again and again."""

    answers: list[tuple[int, bytes, float]] = field(default_factory=lambda: [(200, b"{}", 0.0)])
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def next(self) -> tuple[int, bytes, float]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def http_gateway() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            gateway.asked.append((self.command, self.path, dict(self.headers), body))
            status, said, wait = gateway.next()
            time.sleep(wait)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            except OSError:
                # Whoever asked did not wait.
                return

        do_GET = do_POST = _answer

        def log_message(self, *_said: Any) -> None:
            """Nothing to the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Post:
    """A mail server: what it got, and with what it answers a recipient."""

    port: int = 0
    recipient: str = "250 ok"
    letters: list[bytes] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Post]:
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 test")
            while line := self.rfile.readline().decode().strip():
                word = line.split(":")[0].split()[0].upper()
                if word == "QUIT":
                    return self._say("221 bye")
                if word == "DATA":
                    self._take()
                else:
                    self._say(post.recipient if word == "RCPT" else "250 ok")
            return None

        def _take(self) -> None:
            self._say("354 go on")
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            post.letters.append(b"".join(lines))
            self._say("250 taken")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    post.port = server.server_address[1]
    try:
        yield post
    finally:
        server.shutdown()
        server.server_close()
