"""What a connector is. Whoever adds one writes a class like this, a member of ``Connecting`` and a line of
``channels/registry.py``; queues, retries, dead letters, mapping, reconciliation and pages are there already.

A connector speaks with one system, in whatever way that one speaks. It keeps nothing: what it fetched is kept by
``actions.keeping`` before ``kept`` is called, and what it could not deliver stays in the queue.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from huying.exchange.rules.comparing import Listed
from huying.exchange.rules.mapping import PeerMap
from huying.kernel.errors import HuyingError
from huying.kernel.terms import Term

Record = Mapping[str, Any]
"""One letter of theirs, as plain JSON values."""


class Fate(Term):
    """What became of one letter that was handed over."""

    TAKEN = "taken", "对方已收"
    LATER = "later", "稍后再试"
    REFUSED = "refused", "对方拒收"
    NEEDLESS = "needless", "不用发给对方"


class Away(HuyingError):
    """对方系统没有回应。"""

    # Nothing was handed over, or nobody knows whether it was: everything is tried again, and costs no letter a try.
    code = "peer_away"
    status = 503

    def __init__(self, message: str | None = None, *, rest: timedelta | None = None) -> None:
        """``rest`` is what the system itself asked for (``Retry-After``)."""
        super().__init__(message)
        self.rest = rest


class Garbled(HuyingError):
    """对方的回答看不懂。"""

    # It answered, and by what it said nobody knows what became of the letters: each has had one try.
    code = "peer_garbled"
    status = 503


@dataclass(frozen=True, slots=True)
class File:
    """A picture that goes with a letter."""

    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter of ours in the words of the other side. ``key`` is the same each time it is tried.

    ``again``: it was tried before, and whether it arrived is not known; ``earlier`` is what was said of it then.
    """

    key: str
    fields: Mapping[str, Any]
    files: Sequence[File] = ()
    files_path: str = ""
    again: bool = False
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the other side said of one letter; ``rest``: when it wants to be asked again.

    ``number`` is what the other side calls the case from now on, where the letter opened one there. What is needless
    is put aside unsent, with the reason.
    """

    fate: Fate
    words: str = ""
    rest: timedelta | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Letters that waited at the other side. ``cursor`` is where to go on once they are kept; ``more``: at once.

    ``origin`` says in what they came. ``unreadable`` are texts that are no letters at all; a person sees them.
    ``token`` is the connector's own, given back to ``kept``.
    """

    records: Sequence[Record] = ()
    cursor: str = ""
    more: bool = False
    origin: str = ""
    unreadable: Sequence[str] = ()
    token: Any = None


class Book(Protocol):
    """What is known here of a system's orders."""

    def known(self, numbers: Collection[str]) -> Mapping[str, bool]:
        """Those of these numbers that are cases here; True where the order is theirs, False where it is ours."""
        ...

    def followed(self, now: datetime) -> Sequence[str]:
        """Numbers whose case is open here, or was a while ago: what the other side may still say something of."""
        ...


class Blank:
    """A book in which nothing stands, as in a trial."""

    def known(self, numbers: Collection[str]) -> Mapping[str, bool]:
        return {}

    def followed(self, now: datetime) -> Sequence[str]:
        return ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What a connector is made of: the settings of its system (``secret`` opened), and how that one writes letters."""

    code: str
    settings: Mapping[str, Any]
    secret: str
    map: PeerMap
    book: Book = field(default_factory=Blank)


class Connector:
    """One system. Every method may raise Away or Garbled; what is not offered answers as if there were nothing."""

    #: How many letters are handed over at once, and for how long a quiet system is not asked again.
    batch = 100
    every = timedelta(seconds=30)
    #: Whether it is asked for letters at all; one that sends them by itself is not heard by asking.
    asked = True

    def __init__(self, of: Settled) -> None:
        """Raises Invalid, with ``fields``, for settings that cannot be used."""
        self.of = of

    def fetch(self, cursor: str, now: datetime) -> Fetched:
        """What waits there after the cursor; asked again with the same cursor it may answer the same."""
        return Fetched(cursor=cursor)

    def kept(self, fetched: Fetched, now: datetime) -> None:
        """Tell the other side that its letters are kept here. May be lost: then they come again."""

    def deliver(self, parcels: Sequence[Parcel], now: datetime) -> Sequence[Verdict]:
        """Hand letters over; one verdict for each, in their order."""
        raise NotImplementedError

    def listed(self, day: date, now: datetime) -> Sequence[Listed] | None:
        """Every order of that day as the other side holds it; None where it offers no list."""
        return None

    def again(self, numbers: Sequence[str], now: datetime) -> Sequence[Record]:
        """These orders once more, for those that are missing here."""
        return ()

    def close(self) -> None:
        """Let go of connections."""
