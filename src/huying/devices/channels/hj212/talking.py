"""One station's connection: its bytes in, our replies out. What is answered with 9014 is kept by then.

Bytes that are no frame, and frames that are no segment, are told and answered by nothing: the station sends again. A
connection that speaks too much nonsense, or tries passwords, is ended.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from huying.devices.rules.hj212.frames import Fault, Frame, FrameReader
from huying.devices.rules.hj212.parts import Assembler
from huying.devices.rules.hj212.replies import Answering
from huying.devices.rules.hj212.segments import Segment, read_segment
from huying.devices.rules.messages import Unread
from huying.kernel.clock import now as present
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)
#: Frames that were wrong, and segments of stations that proved to be nobody, after which a connection is ended.
MOST_WRONG: Final = 50
MOST_REFUSED: Final = 3


class HungUp(Exception):
    """This connection is not listened to any longer."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was not understood: why, of which station ("": nobody knows), and how it began, passwords covered."""

    why: Unread
    device: str
    seen: str


#: Keeps what a segment brings, if the station is known and its password right; raises while the store is away.
Take = Callable[[Segment, datetime], bool]
Tell = Callable[[Told, datetime], None]


@dataclass(slots=True)
class Conversation:
    """``take`` keeps a segment or refuses it; ``tell`` writes down what was not understood."""

    take: Take
    tell: Tell
    now: Callable[[], datetime] = present
    _reader: FrameReader = field(default_factory=FrameReader, init=False)
    _parts: Assembler = field(default_factory=Assembler, init=False)
    _answering: Answering = field(default_factory=Answering, init=False)
    _wrong: int = field(default=0, init=False)
    _refused: int = field(default=0, init=False)

    def hear(self, data: bytes) -> bytes:
        """The replies to what is complete now. Raises HungUp."""
        return b"".join(self._answered(one) for one in self._reader.feed(data))

    def _answered(self, one: Frame | Fault) -> bytes:
        if isinstance(one, Fault):
            return self._nonsense(Told(Unread.FRAME, "", one.seen.decode("latin-1")))
        try:
            segment = read_segment(one.data)
        except HuyingError:
            return self._nonsense(Told(Unread.SEGMENT, "", one.data.decode("gb18030", errors="replace")))
        try:
            return self._kept(segment)
        except HungUp:
            raise
        except Exception:
            # Not answered, so it is sent again; to end the line would bring the same by another.
            _log.exception("a segment of %s is not kept", segment.device)
            return b""

    def _kept(self, segment: Segment) -> bytes:
        now = self.now()
        # A packet of several that has a time of its own is kept at once: its answer is not to hang on those to come.
        if not self.take(segment, now):
            self._refused += 1
            if self._refused >= MOST_REFUSED:
                raise HungUp
            return b""
        self._refused = 0
        try:
            whole = self._parts.take(segment, now)
        except HuyingError:
            return self._nonsense(
                Told(Unread.SEGMENT, segment.device, f"PNUM={segment.count} PNO={segment.part}")
            )
        if whole is not None and whole is not segment:
            self.take(whole, now)
        return self._answering.answer(segment).sent

    def _nonsense(self, told: Told) -> bytes:
        self._wrong += 1
        self.tell(told, self.now())
        if self._wrong >= MOST_WRONG:
            raise HungUp
        return b""
