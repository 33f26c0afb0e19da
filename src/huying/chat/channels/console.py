"""终端: the conversation without a vendor; what is said goes to the file of messages or to the server's log."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from huying.chat.channels.adapter import Card, Wrong
from huying.chat.channels.asking import Refused
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request

_log = logging.getLogger("huying.chat")


@dataclass(frozen=True, slots=True)
class Console:
    """For a demonstration and for trying things out; nothing comes in by the web."""

    account: Held
    replies: bool = True

    def verify(self, asked: Request, now: datetime) -> Answer:
        """Raises Wrong: a terminal has no address."""
        raise Wrong

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """Raises Wrong."""
        raise Wrong

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """The words as they are."""
        return Answer(text.encode())

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """To the file, else to the log."""
        _kept("chat", to.who, text, now)

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """To the file, else to the log."""
        _kept("chat", to.who, f"{card.title} {card.text}", now)

    def announce(self, text: str, now: datetime) -> None:
        """To the file, else to the log."""
        _kept("chat", "群", text, now)

    def greet(self, now: datetime) -> None:
        """Nothing is to be asked."""

    def fetch(self, media: str, now: datetime) -> bytes:
        """A picture lying on this machine, as the terminal named it."""
        path = Path(media)
        if not path.is_file():
            raise Refused("没有这个文件")
        return path.read_bytes()


def _kept(way: str, to: str, text: str, now: datetime) -> None:
    words = " ".join(text.split())
    path: Path | None = settings.HUYING_NOTICES
    if path is None:
        _log.info("%s %s: %s", way, to, words)
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(f"{now.isoformat(timespec='seconds')}\t{way}\t{to}\t{words}\n")
