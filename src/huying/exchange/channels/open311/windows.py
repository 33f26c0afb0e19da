"""How far a server was read: the window that is open, the page in it, and what is still to be asked by number."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

_CLOSED_MOST: Final = 1000
_SHORTEST: Final = timedelta(minutes=1)
_TIMES: Final = ("since", "start", "until", "end", "followed_at")


@dataclass(slots=True)
class Cursor:
    """``since`` is up to when everything was read. A window from ``start`` to ``end`` is read up to ``until`` at
    once, which is earlier where all of it is too much. ``first`` is the first number of the page before: a server
    that knows no pages gives the same again. ``closed`` are numbers last seen closed, ``left`` those still to be
    asked for by number."""

    since: datetime | None = None
    start: datetime | None = None
    until: datetime | None = None
    end: datetime | None = None
    page: int = 1
    first: str = ""
    followed_at: datetime | None = None
    left: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor as it was kept; a new one where nobody can read it."""
        try:
            said: Any = orjson.loads(text) if text else {}
            return cls(
                **{name: _at(said.get(name)) for name in _TIMES}, page=int(said.get("page", 1)),
                first=str(said.get("first", "")),
                left=list(map(str, said.get("left", []))), closed=list(map(str, said.get("closed", []))),
            )  # fmt: skip
        except (ValueError, TypeError, AttributeError):
            return cls()

    def kept(self) -> str:
        """As text."""
        said = {name: getattr(self, name) for name in _TIMES} | {
            "page": self.page, "first": self.first, "left": self.left, "closed": self.closed[-_CLOSED_MOST:],
        }  # fmt: skip
        return orjson.dumps({name: value for name, value in said.items() if value}).decode()

    @property
    def is_open(self) -> bool:
        """Whether a window has been begun."""
        return self.start is not None

    def due(self, now: datetime, again: timedelta) -> bool:
        """Whether what is followed is to be asked for by number."""
        return self.followed_at is None or self.followed_at + again <= now

    def window(
        self, now: datetime, first: timedelta, overlap: timedelta, longest: timedelta
    ) -> tuple[datetime, datetime]:
        """From when to when is asked: never longer than a server gives at once, and back into what was read already."""
        if self.start is None or self.until is None:
            since = self.since or now - first
            back = min(overlap, longest / 2)
            self.since, self.start = since, since - back
            self.until = self.end = min(now, since + longest - back)
        return self.start, self.until

    def halve(self) -> bool:
        """Read only the first half at once; False where it is too short for that, and is read as it is."""
        if self.start is None or self.until is None or self.until - self.start < 2 * _SHORTEST:
            return False
        self.until = self.start + (self.until - self.start) / 2
        return True

    def turn(self, first: str) -> bool:
        """Go to the next page; False where this one is the page before once more."""
        if first == self.first:
            return False
        self.page, self.first = self.page + 1, first
        return True

    def close(self) -> None:
        """This part is read: on to the rest of the window, or it is done."""
        self.page, self.first = 1, ""
        if self.until is not None and self.end is not None and self.until < self.end:
            self.start, self.until = self.until, self.end
        else:
            self.since = self.end or self.since
            self.start = self.until = self.end = None

    def behind(self, now: datetime) -> bool:
        """Whether there is more to read at once."""
        return self.is_open or (self.since is not None and now - self.since > _SHORTEST)


def _at(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
