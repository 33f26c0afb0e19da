"""Carriers for who has none: messages to the server's log, or to a file from which a gateway takes them."""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from huying.notices.channels.letters import Letter
from huying.notices.rules.kinds import Way

_log = logging.getLogger("huying.notices")


class Console:
    """Writes messages to the server's own log: for a demonstration and for trying things out."""

    def __init__(self, way: Way) -> None:
        self.way = way

    def send(self, letter: Letter) -> None:
        _log.info("%s %s: %s", self.way.value, letter.to, letter.text)


class Outbox:
    """Appends messages to a file that nobody else may read, a line each: time, way, address, text."""

    def __init__(self, way: Way, path: Path) -> None:
        self.way, self.path = way, path

    def send(self, letter: Letter) -> None:
        words = " ".join(letter.text.split())
        line = f"{datetime.now(UTC).isoformat(timespec='seconds')}\t{self.way.value}\t{letter.to}\t{words}\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line)
