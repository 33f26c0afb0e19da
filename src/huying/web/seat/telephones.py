"""话机: what the desk asks of a telephone system (CTI), and which one this site uses.

An adapter is a class without arguments, named in the setting TELEPHONE as ``module:Class``; see docs/telephone.md.
Its methods answer within two seconds or raise ``Unavailable``: the desk then says so and goes on without it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from huying.kernel.errors import Unavailable
from huying.kernel.terms import Term

_log = logging.getLogger(__name__)
SIMULATED: Final = "simulated"


class LineState(Term):
    """How a seat's line stands. A line without a call has no state."""

    RINGING = "ringing", "来电振铃"
    TALKING = "talking", "通话中"
    HELD = "held", "保持中"
    DROPPED = "dropped", "线路断了"


@dataclass(frozen=True, slots=True)
class Call:
    """One call at a seat's line.

    ``number`` as the network gave it, "" when it was withheld. ``began_at`` is when it rang first, ``answered_at``
    when it was taken; both aware. A call back after a dropped line stays the same call.
    """

    id: str
    number: str
    state: LineState
    began_at: datetime
    answered_at: datetime | None = None


class Telephone(Protocol):
    """A telephone system as the desk sees it. ``seat`` is the account's number; the adapter knows its extension.

    What is asked of a call that is over changes nothing. Every method may raise Unavailable.
    """

    def line(self, seat: int) -> Call | None:
        """The call at this seat now, also one dropped and not yet put down; None when there is none."""

    def answer(self, seat: int, call: str) -> None:
        """Take the ringing call."""

    def hold(self, seat: int, call: str, *, on: bool) -> None:
        """Let the caller wait, or take them back."""

    def hang_up(self, seat: int, call: str) -> None:
        """End the call, or put a dropped one down."""

    def call_back(self, seat: int, call: str) -> None:
        """Ring the number of a dropped call."""


def telephone() -> Telephone | None:
    """The telephone system of this site; None when it has none, or when its adapter cannot be loaded."""
    return _made(settings.HUYING_TELEPHONE)


def line_of(seat: int) -> Call | None:
    """The call at a seat's line. Raises Unavailable when the telephone system does not answer."""
    phone = telephone()
    if phone is None:
        return None
    try:
        return phone.line(seat)
    except Unavailable:
        raise
    except Exception as error:
        # An adapter is somebody else's program; whatever breaks in it must not close the desk.
        _log.exception("the telephone adapter failed")
        raise Unavailable from error


@lru_cache(4)
def _made(named: str) -> Telephone | None:
    if not named:
        return None
    path = "huying.web.seat.simulated:Simulated" if named == SIMULATED else named
    try:
        return cast(Telephone, import_string(path.replace(":", "."))())
    except Exception:
        _log.exception("the telephone adapter %s cannot be loaded", named)
        return None
