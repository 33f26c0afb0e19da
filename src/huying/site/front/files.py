"""Answers that are files: sent in pieces by the event loop, so that a slow reader holds no thread."""

import re
from collections.abc import Iterator
from typing import IO, Any, Protocol

PIECE = 256 * 1024
Headers = list[tuple[str, str]]


class _Closes(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def close(self) -> None: ...


class FileAnswer:
    """What WSGI calls ``file_wrapper``: an answer that is an open file."""

    def __init__(self, file: IO[bytes] | _Closes, block_size: int = PIECE) -> None:
        self.file: Any = file

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.file.read(PIECE):
            yield piece

    def close(self) -> None:
        self.file.close()


def one_range(wanted: str, length: int) -> tuple[int, int] | None:
    """First byte and number of bytes of a single ``bytes=`` range; None for what is answered in full.

    Raises ValueError when the range lies outside the file (RFC 9110, 14.1.2).
    """
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted.strip())
    if not found or found.group(0).endswith("=-"):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, length - int(last)), length - 1
    else:
        start, end = int(first), min(int(last) if last else length - 1, length - 1)
    if start >= length or end < start:
        if first and last and int(last) < start:
            return None
        raise ValueError(wanted)
    return start, end - start + 1


def cut(
    answer: FileAnswer, environ: dict[str, Any], status: int, headers: Headers
) -> tuple[int, Headers, int | None]:
    """Narrow a whole file to the range asked for: status, headers, bytes to send (None: all)."""
    given = {name.lower(): value for name, value in headers}
    length = given.get("content-length", "")
    if status != 200 or environ["REQUEST_METHOD"] != "GET" or not length or not _may_seek(answer):
        return status, headers, None
    whole = [*headers, ("Accept-Ranges", "bytes")]
    condition = environ.get("HTTP_IF_RANGE")
    if condition and condition not in (given.get("etag"), given.get("last-modified")):
        return status, whole, None
    try:
        part = one_range(environ.get("HTTP_RANGE", ""), int(length))
    except ValueError:
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        return 416, [*kept, ("Content-Range", f"bytes */{length}"), ("Content-Length", "0")], 0
    if part is None:
        return status, whole, None
    start, count = part
    answer.file.seek(start)
    kept = [(name, value) for name, value in whole if name.lower() != "content-length"]
    kept += [("Content-Range", f"bytes {start}-{start + count - 1}/{length}"), ("Content-Length", str(count))]
    return 206, kept, count


def _may_seek(answer: FileAnswer) -> bool:
    seekable = getattr(answer.file, "seekable", None)
    return bool(seekable and seekable() and answer.file.tell() == 0)
