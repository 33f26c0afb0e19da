"""What is answered to a frame (HJ 212-2017 6.4 and annex C, HJ/T 212-2005 annex C), and what was only sent again.

A device that hears nothing sends the same message again, with the same QN. It is answered each time, or it would never
stop, and marked as a repetition, so that its values are taken in once.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from huying.devices.rules.hj212.commands import INTERACTION, NOTICES, Execution, Reply, RequestResult
from huying.devices.rules.hj212.frames import framed
from huying.devices.rules.hj212.segments import Segment, write_segment

#: Messages remembered for telling repetitions. One device sends some hundred an hour at most.
REMEMBERED: Final = 4096
_REPLIES: Final = frozenset(Reply)


@dataclass(frozen=True, slots=True)
class Answer:
    """``segments`` go back in this order, often none. ``repeated``: the very message was there before."""

    segments: tuple[Segment, ...]
    repeated: bool

    @property
    def sent(self) -> bytes:
        """The answer as it goes onto the wire."""
        return b"".join(framed(write_segment(segment)) for segment in self.segments)


class Answering:
    """Answers what comes in and remembers the last ``remembered`` messages."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._seen: OrderedDict[tuple[object, ...], None] = OrderedDict()

    def answer(
        self, segment: Segment, taken: RequestResult = RequestResult.READY, done: Execution = Execution.DONE
    ) -> Answer:
        """The answer to a segment, each packet of a parted message being answered for itself.

        ``taken`` and ``done`` tell a request what becomes of it; a request that is not taken has no result. Nobody is
        answered who does not ask (bit 0 of Flag), and no reply ever: two machines would thank each other for good.
        """
        repeated = self._repeated(segment)
        if not segment.wants_answer or segment.command in _REPLIES:
            return Answer((), repeated)
        if "DataTime" in segment.fields or segment.is_part:
            return Answer((_reply(segment, Reply.DATA),), repeated)
        if segment.command in NOTICES:
            return Answer((_reply(segment, Reply.NOTICE),), repeated)
        first = _reply(segment, Reply.REQUEST, QnRtn=taken.value)
        if taken is not RequestResult.READY:
            return Answer((first,), repeated)
        return Answer((first, _reply(segment, Reply.RESULT, ExeRtn=done.value)), repeated)

    def _repeated(self, segment: Segment) -> bool:
        # The elder standard numbers no data, and without a number nothing tells a repetition from the next minute.
        if not segment.number:
            return False
        key = (segment.device, segment.number, segment.command, segment.part)
        known = key in self._seen
        self._seen[key] = None
        self._seen.move_to_end(key)
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        return known


def _reply(asked: Segment, reply: Reply, **result: str) -> Segment:
    """A reply in the version of who asked: since 2017 its number stands in the head, before that inside CP."""
    if asked.version:
        return Segment(
            INTERACTION, reply.value, asked.device, (result,) if result else (),
            number=asked.number, password=asked.password, flag=asked.version << 2,
        )  # fmt: skip
    groups = [{"QN": asked.number}] if asked.number else []
    groups += [{"CN": asked.command}] if reply is Reply.DATA else []
    groups += [result] if result else []
    return Segment(INTERACTION, reply.value, asked.device, tuple(groups), password=asked.password)
