"""Carriers for who has none: messages to the server's log, or to a file from which a gateway takes them."""

import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from huying.notices.channels.letters import Letter
from huying.notices.rules.kinds import Way
from huying.people.rules.masking import mask_email, mask_phone

_log = logging.getLogger("huying.notices")


_MASKS: Final[Mapping[Way, Callable[[str], str]]] = {Way.SMS: mask_phone, Way.MAIL: mask_email}


class Console:
    """Writes messages to the server's own log: for a demonstration and for trying things out.

    Logs are read and kept by many, so whom a message is for is masked.
    """

    def __init__(self, way: Way) -> None:
        self.way = way

    def send(self, letter: Letter) -> None:
        mask = _MASKS.get(self.way)
        _log.info("%s %s: %s", self.way.value, mask(letter.to) if mask else letter.to, letter.text)


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
