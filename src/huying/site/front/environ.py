"""A request as WSGI (PEP 3333) wants it, from what ASGI gives."""

import sys
from collections.abc import Iterable, MutableMapping
from typing import IO, Any

from huying.site.front.files import FileAnswer

Scope = MutableMapping[str, Any]
_OWN_NAMES = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}


def build(scope: Scope, body: IO[bytes], length: int, proxies: int) -> dict[str, Any]:
    """The environ of a request whose body, ``length`` bytes, has been read; ``proxies`` stand in front."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _as_latin(scope.get("root_path", "")),
        "PATH_INFO": _as_latin(scope["path"]),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    _add_headers(environ, scope["headers"])
    # The body has been counted, whatever the visitor claimed or however it was cut up.
    environ["CONTENT_LENGTH"] = str(length)
    environ["REMOTE_ADDR"] = _visitor(scope, environ.get("HTTP_X_FORWARDED_FOR", ""), proxies)
    return environ


def _as_latin(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def _add_headers(environ: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]) -> None:
    for raw_name, raw_value in headers:
        # X_Forwarded_For must not pass for X-Forwarded-For.
        if b"_" in raw_name:
            continue
        name = "HTTP_" + raw_name.decode("latin-1").upper().replace("-", "_")
        name = _OWN_NAMES.get(name, name)
        value = raw_value.decode("latin-1")
        if name in environ:
            value = environ[name] + ("; " if name == "HTTP_COOKIE" else ",") + value
        environ[name] = value


def _visitor(scope: Scope, forwarded: str, proxies: int) -> str:
    """The visitor's address: each trusted proxy appended the one it saw, anybody wrote the rest."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if 0 < proxies <= len(hops):
        return hops[-proxies]
    client = scope.get("client")
    return str(client[0]) if client else ""
