"""Messages sent in several packets (PNUM, PNO), put together in whatever order they come."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from huying.devices.rules.hj212.segments import Segment
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

#: How long the missing packets of a message are waited for, from its first one on.
PATIENCE: Final = timedelta(minutes=5)
MOST_PARTS: Final = 100
#: Messages begun and not finished that are kept at once; the eldest gives way.
MOST_BEGUN: Final = 32
_PARTED: Final = 0b10

Key = tuple[str, str, str]


@dataclass(slots=True)
class _Begun:
    since: datetime
    parts: dict[int, Segment] = field(default_factory=dict)


class Assembler:
    """Puts the packets of one connection together. It holds at most ``MOST_BEGUN`` times ``MOST_PARTS`` of them."""

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self._patience = patience
        self._begun: OrderedDict[Key, _Begun] = OrderedDict()

    def take(self, segment: Segment, now: datetime) -> Segment | None:
        """The whole message once its last packet is there, None before; what is in one piece comes back as it is.

        A packet sent again replaces itself. Raises Invalid when its number is not one of 1 to PNUM, or PNUM too large.
        """
        if segment.count is None or segment.part is None or not segment.is_part:
            return segment
        if segment.count > MOST_PARTS or not 1 <= segment.part <= segment.count:
            raise Invalid(
                said(
                    "包号 %(part)s 不在 1 到 %(most)s 之间。",
                    part=segment.part,
                    most=min(segment.count, MOST_PARTS),
                )
            )
        key = (segment.device, segment.number, segment.command)
        self.given_up(now)
        begun = self._begun.setdefault(key, _Begun(now))
        # Told otherwise now: a new message under an old number, of which the old packets are no part.
        if any(part.count != segment.count for part in begun.parts.values()):
            begun = self._begun[key] = _Begun(now)
        begun.parts[segment.part] = segment
        if len(begun.parts) == segment.count:
            del self._begun[key]
            return _whole(begun.parts)
        if len(self._begun) > MOST_BEGUN:
            self._begun.popitem(last=False)
        return None

    def given_up(self, now: datetime) -> list[tuple[Key, list[int]]]:
        """Messages (MN, QN, CN) that waited too long, each with the packets that never came; forgotten now."""
        late = {key: one for key, one in self._begun.items() if now - one.since > self._patience}
        for key in late:
            del self._begun[key]
        return [(key, _missing(one.parts)) for key, one in late.items()]


def _missing(parts: dict[int, Segment]) -> list[int]:
    count = next(iter(parts.values())).count or 0
    return [number for number in range(1, count + 1) if number not in parts]


def _whole(parts: dict[int, Segment]) -> Segment:
    ordered = [parts[number] for number in sorted(parts)]
    groups = tuple(group for part in ordered for group in part.groups)
    flag = None if ordered[0].flag is None else ordered[0].flag & ~_PARTED
    return replace(ordered[0], groups=groups, flag=flag, count=None, part=None)
