"""What an adapter reads out of a vendor's request, and what it gives back; the same for every vendor."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from huying.chat.rules.kinds import Medium

# A resident's page takes as much in one appeal.
TEXT_MOST: Final = 2000
ID_MOST: Final = 128
MEDIA_MOST: Final = 600


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from outside. ``who`` and ``id`` are the vendor's own; ``media`` is by which a picture is fetched;
    ``lon``, ``lat`` in GCJ-02 degrees; ``reply_to`` where an answer to this very message may be sent until
    ``reply_until``."""

    who: str
    id: str
    medium: Medium
    text: str = ""
    media: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    sent_at: datetime | None = None
    in_group: bool = False
    reply_to: str = ""
    reply_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: query and headers (names in lower case), and the whole body."""

    method: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given back to the vendor at once."""

    body: bytes = b"success"
    media_type: str = "text/plain; charset=utf-8"


def shortened(text: str) -> str:
    """A text as it is kept: readable, at most as long as an appeal."""
    return text.replace("\x00", "")[:TEXT_MOST]
