"""Frames on the wire: ``##``, four digits of length, the data, four hexadecimal digits of checksum, CR LF.

What stands around frames is untidy: the network splits and glues them, modems add lines of their own, devices end
them with LF alone or with nothing. So a frame is whole when its length is there and its checksum is right; how its
line ends is not asked. ``##`` with four digits always begins a frame, for no field holds such a thing: whatever it
stands in was cut short.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from huying.devices.rules.hj212.checksum import crc16
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term

#: The standard's longest data segment, in bytes.
MOST_DATA: Final = 1024
#: What is taken all the same: many devices send more factors at once than the standard lets them.
LENIENT: Final = 4096
_MOST_TOLD: Final = 64
_HEAD: Final = 6
_TAIL: Final = 4
_MARK: Final = b"##"
_START: Final = re.compile(rb"##[0-9]{4}")
_PASSWORD: Final = re.compile(rb"PW=[^;]*")
_SPACE: Final = b" \t\r\n\0"


class FaultKind(Term):
    """Why bytes were no frame."""

    GARBAGE = "garbage", "帧外的字节"
    LENGTH = "length", "长度不是四位数字"
    TOO_LONG = "too_long", "超过长度上限"
    CUT_SHORT = "cut_short", "没有收完又来了新的一帧"
    CHECKSUM = "checksum", "校验码不符"


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame whose checksum was right. ``data`` is what it carries; it holds a password and is not printed."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Bytes that were no frame. ``seen`` is how they begin, passwords covered; ``expected`` the checksum that would have
    been right."""

    kind: FaultKind
    seen: bytes
    expected: str = ""


def framed(data: bytes) -> bytes:
    """A data segment as it goes onto the wire. Raises Invalid when it is too long or holds a frame's own beginning."""
    if len(data) > MOST_DATA:
        raise Invalid(
            said(
                "数据段最长 %(most)s 字节，这一段有 %(length)s 字节，请拆成几包。",
                most=MOST_DATA,
                length=len(data),
            )
        )
    if _START.search(data):
        raise Invalid("数据段里不能有 ## 加四位数字：收的一方会当作新的一帧。")
    return b"##%04d%s%04X\r\n" % (len(data), data, crc16(data))


class FrameReader:
    """Takes a connection's bytes as they come, gives the frames and faults that are complete, in order.

    It keeps at most one frame of ``limit`` bytes, and its work grows with the bytes alone, however they are split or
    meant. A good frame is found whatever stood before it, and does not wait until enough has come to fill a length that
    was wrong.
    """

    def __init__(self, limit: int = LENIENT) -> None:
        self._limit = limit
        self._kept = b""
        # What follows a fault up to the next beginning belongs to the same fault.
        self._faulty = False

    def feed(self, more: bytes) -> list[Frame | Fault]:
        """What is complete now. Bytes of any number, split anywhere; nothing is ever raised."""
        found: list[Frame | Fault] = []
        kept, at = self._kept + more, 0
        while True:
            start = self._beginning(kept, at, found)
            step = self._frame(kept, start, found) if start + _HEAD <= len(kept) else 0
            at = start + step
            if step == 0:
                break
        self._kept = kept[at:]
        return found

    @property
    def waiting(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._kept)

    def _beginning(self, kept: bytes, at: int, found: list[Frame | Fault]) -> int:
        """Where the next frame may begin; what stands before it is told unless it is the space between lines."""
        start = kept.find(_MARK, at)
        if start < 0:
            start = len(kept) - (kept.endswith(b"#") and len(kept) > at)
        if kept[at:start].strip(_SPACE) and not self._faulty:
            found.append(Fault(FaultKind.GARBAGE, _shown(kept[at:start])))
            self._faulty = True
        return start

    def _frame(self, kept: bytes, start: int, found: list[Frame | Fault]) -> int:
        """Judge what begins at ``start``; how many bytes are done with it, none while it is not whole."""
        digits = kept[start + 2 : start + _HEAD]
        if not digits.isdigit():
            # A third sign may be the first of the true beginning.
            return self._told(FaultKind.LENGTH, kept, start, found, 1)
        length = int(digits)
        if length > self._limit:
            return self._told(FaultKind.TOO_LONG, kept, start, found, 2)
        end = start + _HEAD + length
        if _START.search(kept, start + 2, end + _TAIL):
            return self._told(FaultKind.CUT_SHORT, kept, start, found, 2)
        if len(kept) < end + _TAIL:
            return 0
        data = kept[start + _HEAD : end]
        expected = b"%04X" % crc16(data)
        if kept[end : end + _TAIL].upper() != expected:
            return self._told(FaultKind.CHECKSUM, kept, start, found, 2, expected.decode())
        found.append(Frame(data))
        self._faulty = False
        return _HEAD + length + _TAIL

    def _told(
        self,
        kind: FaultKind,
        kept: bytes,
        start: int,
        found: list[Frame | Fault],
        step: int,
        expected: str = "",
    ) -> int:
        if not (self._faulty and kind is FaultKind.LENGTH):
            found.append(Fault(kind, _shown(kept[start : start + _MOST_TOLD]), expected))
        self._faulty = True
        return step


def _shown(data: bytes) -> bytes:
    return _PASSWORD.sub(b"PW=***", data[:_MOST_TOLD])
