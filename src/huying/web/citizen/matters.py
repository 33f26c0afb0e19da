"""What residents' pages say and are told: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huying.web.components import Chip, Lamp, Photo, TrackStep


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture as it came from the browser."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """One thing said by a resident. Position in WGS-84 degrees, ``accuracy`` in metres; ``phone`` in normal
    form or "" for anonymous; ``key`` is the form's own, so that sending twice makes one appeal; ``area`` the code
    of a street or community chosen from the list, or ""."""

    key: str
    text: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    phone: str = ""
    photos: Sequence[Upload] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A line of "my reports"."""

    receipt: str
    title: str
    state: Chip


@dataclass(frozen=True, slots=True)
class Promised:
    """What a body promised: what, by when in words, how it stands; ``may_deny``: the caller may say it is not so."""

    id: int
    words: str
    due: str
    body: str
    state: Chip
    lamp: Lamp | None
    may_deny: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One case that answers the appeal; an appeal of several problems has several (R110)."""

    number: str
    title: str
    state: Chip
    body: str = ""
    lamp: Lamp | None = None
    steps: Sequence[TrackStep] = ()
    reply: str = ""
    photos: Sequence[Photo] = ()
    may_rate: bool = False
    rated: str = ""
    promises: Sequence[Promised] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything the holder of a receipt sees. ``promised_at`` is the next time by which something is due,
    and ``promise`` what it is (前答复您). ``version`` changes whenever a case does. ``guarded`` when a phone was
    given: its end is asked for then."""

    receipt: str
    shown: str
    text: str
    headline: str
    with_whom: str
    stage: str
    received_at: datetime
    place: str = ""
    promised_at: datetime | None = None
    promise: str = ""
    guarded: bool = False
    phone_tail: str = ""
    photos: Sequence[Photo] = ()
    parts: Sequence[Part] = ()
    can_withdraw: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the caller says of one case: solved or not, and stars 1–5 by kind (speed, effect, service, answer)."""

    solved: bool
    stars: Mapping[str, int] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """The check of one case's chain: whole, or the number of the first entry that does not hold."""

    whole: bool
    entries: int
    checked_at: datetime
    seal: str = ""
    broken_at: int = 0
    root: str = ""
    root_day: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A closed matter as the public may see it: no person's data."""

    title: str
    place: str
    state: Chip
    opened_at: datetime
    took: str = ""
    reply: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """Answered matters, newest first; ``older`` and ``newer`` are cursors, "" at the ends."""

    matters: Sequence[Answered]
    older: str = ""
    newer: str = ""
