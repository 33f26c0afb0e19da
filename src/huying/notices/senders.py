"""What carries a message. A carrier of an operator is one class with ``send``, named in the setting NOTICES."""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

_log = logging.getLogger(__name__)


class Sender(Protocol):
    """A way for short messages. ``send`` raises Unavailable when the message could not be handed over."""

    def send(self, to: str, text: str) -> None: ...


class Console:
    """Writes messages to the server's own log: for a demonstration and for trying things out."""

    def send(self, to: str, text: str) -> None:
        _log.info("%s: %s", to, text)


class Outbox:
    """Appends messages to a file that nobody else may read, a line each: time, number, text."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, to: str, text: str) -> None:
        line = f"{datetime.now(UTC).isoformat(timespec='seconds')}\t{to}\t{text}\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line)


def sender() -> Sender:
    """The carrier of this installation: a file where the setting NOTICES names one, else the log."""
    path: Path | None = settings.HUYING_NOTICES
    return Outbox(path) if path else Console()
