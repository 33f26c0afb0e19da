"""The story of one case from its call on."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.access.roles import Role
from huying.cases.lifecycle import Verb
from huying.simulate.chance import dice
from huying.simulate.days import Call
from huying.simulate.stories.allocation import allocate, sent
from huying.simulate.stories.ending import afterwards, finish
from huying.simulate.stories.intake import first_steps
from huying.simulate.stories.pen import Deed, Ended, Pen, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.words import Texts


@dataclass(frozen=True, slots=True)
class Life:
    """A matter whole: its calls, the first one first, what was done, and what was done with each neighbour's."""

    calls: Sequence[Call]
    deeds: Sequence[Deed]
    joined: Sequence[Sequence[Deed]] = ()


def lives(seed: int, matters: Iterable[list[Call]], setting: Setting, end: datetime) -> Iterator[Life]:
    """The life of each matter up to ``end``; calls that come later have not happened."""
    for group in matters:
        calls = [call for call in group if call.at < end]
        if calls:
            first, *others = calls
            joined = [joining(seed, call, setting, end) for call in others]
            yield Life(calls, story(seed, first, setting, end, others), joined)


def story(seed: int, call: Call, setting: Setting, end: datetime, joined: Sequence[Call] = ()) -> list[Deed]:
    """What was done before ``end`` about a call that opened a case, in order of time.

    ``joined`` are the calls that will be merged into it; their own deeds are ``joining``.
    """
    rng = dice(seed, "story", setting.code, call.series)
    pen = Pen(rng, call.at, end, setting.calendar)
    texts = Texts(rng, call, ZoneInfo("Asia/Shanghai"))
    with suppress(Ended):
        if first_steps(pen, texts, call, setting, bool(joined)):
            handling = allocate(pen, texts, call, setting)
            if joined:
                pen.at = max(pen.at, joined[-1].at)
                pen.wait(0.5)
            finish(pen, texts, call, handling, len(joined))
            if afterwards(pen, call):
                finish(pen, texts, call, sent(pen, texts, call, setting, handling.body), len(joined))
    return pen.deeds


def joining(seed: int, call: Call, setting: Setting, end: datetime) -> list[Deed]:
    """The only deed on a neighbour's case: it is merged into the first one, a few minutes after the call."""
    rng = dice(seed, "joining", setting.code, call.number)
    pen = Pen(rng, call.at, end, setting.calendar)
    with suppress(Ended):
        pen.wait(0.02 + 0.3 * rng.random(), office=False)
        who = Who(Role.STREET_DISPATCHER, call.area[:9], number=call.number)
        pen.write(Verb.MERGE, who, into=0, reason="同一地点同一问题，并案办理。")
    return pen.deeds
