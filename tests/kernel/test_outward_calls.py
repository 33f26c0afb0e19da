"""Calls go to the address that was judged, over TLS for the name that was asked, within time and size."""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from huying.kernel.errors import Invalid, Unavailable
from huying.kernel.outward import Allowed, Outward, parse_networks

HERE = Allowed(parse_networks(["127.0.0.0/8"]))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def listening(
    talk: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """A server that hands every connection to ``talk`` after its request was read; (port, requests)."""
    server, asked = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(line,), daemon=True).start()

    def one(line: socket.socket) -> None:
        try:
            held = context.wrap_socket(line, server_side=True) if context else line
            request = b""
            # Whole, for who hangs up on what was not read yet is heard as one who broke off.
            while not request.endswith(b"{}"):
                part = held.recv(65536)
                if not part:
                    return
                request += part
            asked.append(request)
            talk(held)
            held.close()
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1], asked
    finally:
        server.close()


def answering(data: bytes) -> Callable[[socket.socket], None]:
    return lambda line: line.sendall(data)


def post(port: int, line: Outward | None = None, host: str = "127.0.0.1", scheme: str = "http") -> Any:
    line = line or Outward(HERE, lambda _host, _port: ["127.0.0.1"], seconds=2)
    return line.post(f"{scheme}://{host}:{port}/hook?a=b", b"{}", {"webhook-id": "m"})


def test_a_call_says_what_it_should_and_brings_back_the_answer() -> None:
    with listening(answering(OK)) as (port, asked):
        answer = post(port, host="hook.example")
        assert (answer.status, answer.body) == (200, b"ok")
        head = asked[0].decode()
        assert head.startswith("POST /hook?a=b HTTP/1.1\r\n")
        assert f"Host: hook.example:{port}\r\n" in head
        assert "webhook-id: m\r\n" in head
        assert head.count("Content-Length: 2") == 1


def test_a_name_that_changes_after_the_check_leads_nowhere_else() -> None:
    given = iter([["127.0.0.1"], ["10.255.255.1"], ["10.255.255.1"]])
    with listening(answering(OK)) as (port, asked):
        line = Outward(HERE, lambda _host, _port: next(given), seconds=2)
        assert (
            post(port, line, host="hook.example").status == 200
        )  # looked up once, connected to what was found
        with pytest.raises(Invalid):
            post(port, line, host="hook.example")  # the next call judges the name anew
        assert len(asked) == 1


def test_a_name_that_leads_inside_is_not_even_knocked_at() -> None:
    with listening(answering(OK)) as (port, asked):
        line = Outward(Allowed(ports=frozenset({port})), lambda _host, _port: ["127.0.0.1"], seconds=2)
        for host in ("hook.example", "localhost", "localhost.", "127.0.0.1"):
            with pytest.raises(Invalid):
                post(port, line, host=host, scheme="https")
        assert asked == []


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    inner = []
    with listening(lambda line: (inner.append(1), line.sendall(OK))) as (inside, asked):  # type: ignore[func-returns-value]
        moved = f"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:{inside}/secret\r\nContent-Length: 0\r\n\r\n"
        with listening(answering(moved.encode())) as (port, _asked):
            assert post(port).status == 307
        assert asked == []


def test_proxies_of_the_environment_are_not_used(monkeypatch: Any) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with listening(answering(OK)) as (port, _asked):
        assert post(port).status == 200


@pytest.mark.parametrize(
    "drip", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
)
def test_who_answers_a_byte_at_a_time_is_hung_up_on(drip: bytes) -> None:
    def talk(line: socket.socket) -> None:
        line.sendall(drip)
        for _ in range(200):
            line.sendall(b"a")
            time.sleep(0.1)

    with listening(talk) as (port, _asked):
        began = time.monotonic()
        line = Outward(HERE, lambda _host, _port: ["127.0.0.1"], seconds=0.6)
        with pytest.raises(Unavailable):
            post(port, line)
        # Twenty seconds of dripping were on offer.
        assert time.monotonic() - began < 10


def test_of_a_long_answer_the_beginning_is_kept() -> None:
    def talk(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(100_000):
            line.sendall(b"400\r\n" + b"a" * 1024 + b"\r\n")

    with listening(talk) as (port, _asked):
        assert post(port).body == b"a" * 4096


RUBBISH = [
    b"", b"\x00" * 50, b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_no_answer(rubbish: bytes) -> None:
    with listening(answering(rubbish)) as (port, _asked), pytest.raises(Unavailable):
        post(port)


def test_where_nobody_listens_nobody_answers() -> None:
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    with pytest.raises(Unavailable):
        post(port)


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's context, a caller's that trusts it) for a certificate of this host."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "cert").write_bytes(made.public_bytes(Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert", folder / "key")
    return server, ssl.create_default_context(cafile=str(folder / "cert"))


def test_the_certificate_must_be_the_names_own(tmp_path: Path) -> None:
    server, trusting = certificate(tmp_path, "hook.example")
    named: list[str] = []
    server.sni_callback = lambda _line, name, _context: named.append(name or "")
    with listening(answering(OK), server) as (port, _asked):
        line = Outward(HERE, lambda _host, _port: ["127.0.0.1"], context=trusting, seconds=2)
        assert post(port, line, host="hook.example", scheme="https").status == 200
        with pytest.raises(Unavailable):
            post(port, line, host="other.example", scheme="https")
        assert named == ["hook.example", "other.example"]
        stranger = Outward(HERE, lambda _host, _port: ["127.0.0.1"], seconds=2)
        with pytest.raises(Unavailable):
            post(port, stranger, host="hook.example", scheme="https")
