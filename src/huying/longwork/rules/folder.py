"""The folder in which long work keeps what it was given and what it made: for the platform's own user alone."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


def new_name(suffix: str) -> str:
    """A name that nobody guesses."""
    return f"{secrets.token_hex(16)}{suffix}"


def ready(folder: Path) -> Path:
    """The folder, made where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    return folder


def begin(path: Path) -> IO[bytes]:
    """A new file that its owner alone may read. Raises OSError."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _FILE_MODE), "w+b")


def keep(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file whole or not at all; its size in bytes."""
    try:
        with begin(path) as file:
            for piece in pieces:
                file.write(piece)
            return file.tell()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
