"""One call to the outside: the name is looked up once, judged, and the very address judged is connected to.

So a name that changes between the check and the call leads nowhere else. The name stands in the TLS handshake and in
the Host all the same, and the certificate must be its own. Redirects are not followed, proxies of the environment not
used. Time and size are bounded as a whole: who answers a byte a minute is hung up on.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import httpcore

from huying.kernel.errors import Invalid, Unavailable
from huying.kernel.outward.addresses import Allowed
from huying.kernel.outward.targets import Target, parse_target, reachable
from huying.kernel.saying import said

Resolver = Callable[[str, int], Sequence[str]]
"""From a name and a port to the addresses found, the preferred first; empty where there are none."""

SECONDS: Final = 10.0
MOST_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, headers by small names, and the beginning of the body; it took so many ms."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_ms: int


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name by this machine's own resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Outward:
    """Calls one after the other, on connections kept for a while. Not for several threads at once."""

    def __init__(
        self, allowed: Allowed, resolver: Resolver = resolved, *,
        context: ssl.SSLContext | None = None, seconds: float = SECONDS,
    ) -> None:  # fmt: skip
        self._allowed, self._resolver, self._seconds = allowed, resolver, seconds
        self._line = _Line()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context or ssl.create_default_context(), http2=False, retries=0,
            network_backend=self._line, max_keepalive_connections=2, keepalive_expiry=15.0,
        )  # fmt: skip

    def check(self, address: str) -> Target:
        """Where the address leads at this moment. Raises Invalid for one that may not be called."""
        target = parse_target(address)
        reachable(target, self._resolver(target.host, target.port), self._allowed)
        return target

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body``; the answer, whatever its status. Raises Invalid for an address that may not be called,
        Unavailable where nobody answers in time or speaks HTTP.
        """
        return self._called("POST", address, body, {"Content-Length": str(len(body)), **headers}, MOST_BYTES)

    def get(self, address: str, headers: Mapping[str, str], most: int) -> Answer:
        """Ask for what lies there, up to ``most`` bytes of it and one more that tells there are more. Raises as
        ``post`` does.
        """
        return self._called("GET", address, None, headers, most + 1)

    def _called(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str], most: int
    ) -> Answer:
        began = time.monotonic()
        target = parse_target(address)
        said_with: dict[bytes | str, bytes | str] = {"Host": target.netloc}
        said_with.update(headers)
        found = self._resolver(target.host, target.port)
        self._line.open_for(reachable(target, found, self._allowed), began + self._seconds)
        try:
            with self._pool.stream(
                method,
                httpcore.URL(
                    scheme=target.scheme, host=_on_the_wire(target.host), port=target.port, target=target.path
                ),
                headers=said_with,
                content=body,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)},
            ) as response:
                told = self._read(response, most)
                seen = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                return Answer(response.status, seen, told, round((time.monotonic() - began) * 1000))
        except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException, OSError) as error:
            raise Unavailable(said("对方没有应答：%(kind)s", kind=_kind(error))) from error

    def close(self) -> None:
        """Give back the connections."""
        self._pool.close()

    def _read(self, response: httpcore.Response, most: int) -> bytes:
        kept = bytearray()
        parts = response.iter_stream()
        # The rest of a long answer is not waited for: the connection is closed instead.
        for part in parts:
            kept += part
            if len(kept) >= most:
                break
        return bytes(kept[:most])


class _Line(httpcore.NetworkBackend):
    """Connects to the one address that was judged, whatever the name; no step of a call outlives its end."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()
        self._address = ""
        self.ends_at = 0.0

    def open_for(self, address: str, ends_at: float) -> None:
        self._address, self.ends_at = address, ends_at

    def left(self, asked: float | None, otherwise: type[Exception]) -> float:
        """Seconds that a step may take. Raises what the library raises for time that is over."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise otherwise("over")
        return left if asked is None else min(asked, left)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        left = self.left(timeout, httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(self._address, port, left, local_address, socket_options)
        return _Stream(stream, self)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise Invalid("网址写得不对。")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is bounded by the end of the call."""

    def __init__(self, inner: httpcore.NetworkStream, line: _Line) -> None:
        self._inner, self._line = inner, line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._line.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._line.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        with suppress(OSError):
            self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._line.left(timeout, httpcore.ConnectTimeout)
        name = (server_hostname or "").removesuffix(".").strip("[]")
        return _Stream(self._inner.start_tls(ssl_context, name, left), self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _on_the_wire(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _kind(error: BaseException) -> str:
    """The library's own name of it: what went wrong stands in it, and nothing of ours."""
    return type(error).__name__
