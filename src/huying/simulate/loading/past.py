"""Stories into ``cases``: batches of histories with their own times, checked like live steps."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from huying.access.actor import system
from huying.cases.actions import History, NewAppeal, Past, Receipt, record
from huying.kernel.errors import HuyingError
from huying.people.actions import ensure_callers
from huying.simulate.days import Call
from huying.simulate.loading.people import Crew
from huying.simulate.loading.photos import pictures
from huying.simulate.stories import Deed, Life

_BATCH: Final = 400
_PEER: Final = "市12345热线平台"


@dataclass(slots=True)
class Lived:
    """What came of it. ``refused`` holds the reasons for which histories could not be written."""

    cases: int = 0
    appeals: int = 0
    deeds: int = 0
    refused: tuple[str, ...] = ()
    samples: tuple[tuple[str, str], ...] = ()

    def with_more(self, other: "Lived") -> "Lived":
        """Both together; the samples are those of the later one."""
        return Lived(
            self.cases + other.cases,
            self.appeals + other.appeals,
            self.deeds + other.deeds,
            self.refused + other.refused,
            other.samples or self.samples,
        )


def live_through(
    seed: int,
    whole: Iterable[Life],
    crew: Crew,
    now: datetime,
    progress: Callable[[int], None] = lambda count: None,
) -> Lived:
    """Write all lives; ``now`` is when the callers are kept."""
    lived, left = Lived(), iter(whole)
    while batch := list(islice(left, _BATCH)):
        _write(seed, batch, crew, now, lived)
        progress(len(batch))
    return lived


def _write(seed: int, batch: Sequence[Life], crew: Crew, now: datetime, lived: Lived) -> None:
    known = _caller_ids(batch, crew.district, now)
    histories = [_history(seed, life, known, crew, now) for life in batch]
    answers = record(crew.district, histories, by=system(crew.district))
    for life, history, answer in zip(batch, histories, answers, strict=True):
        first = life.calls[0]
        if isinstance(answer, HuyingError):
            fields = "、".join(answer.fields.values())
            lived.refused = (*lived.refused, f"{first.matter.line.name}：{answer.message}{fields}")
            continue
        lived.cases += 1
        lived.appeals += len(life.calls)
        lived.deeds += sum(len(part.steps) for part in (history, *history.joins))
        lived.samples = _samples(lived.samples, first, answer)


def _samples(kept: tuple[tuple[str, str], ...], call: Call, answer: Receipt) -> tuple[tuple[str, str], ...]:
    """The last few receipts whose callers left a number, to be looked up by."""
    if call.caller is None:
        return kept
    return (*kept[-2:], (answer.receipt, call.caller.phone))


def _caller_ids(batch: Sequence[Life], district: int, now: datetime) -> dict[str, int | None]:
    callers = {call.caller.phone: call.caller for life in batch for call in life.calls if call.caller}
    ids = ensure_callers(district, [(one.name, one.phone) for one in callers.values()], now)
    return dict(zip(callers, ids, strict=True))


def _history(seed: int, life: Life, known: dict[str, int | None], crew: Crew, now: datetime) -> History:
    first, *others = life.calls
    neighbours = [
        History(_appeal(seed, call, known), call.at, list(_steps(seed, call, deeds, crew, now)))
        for call, deeds in zip(others, life.joined, strict=True)
    ]
    return History(
        _appeal(seed, first, known), first.at, list(_steps(seed, first, life.deeds, crew, now)), neighbours
    )


def _appeal(seed: int, call: Call, known: dict[str, int | None]) -> NewAppeal:
    peer = call.channel == "api"
    return NewAppeal(
        text=call.text,
        channel=call.channel,
        kind=call.kind.value,
        caller_id=known[call.caller.phone] if call.caller else None,
        place_text=call.place,
        lon=call.lon,
        lat=call.lat,
        area=call.area,
        source=_PEER if peer else "",
        external_number=f"P{call.at:%Y%m%d}{call.number:07d}" if peer else None,
        idempotency_key=f"simulate-{seed}-{call.number}",
    )


def _steps(seed: int, call: Call, deeds: Iterable[Deed], crew: Crew, now: datetime) -> Iterator[Past]:
    for deed in deeds:
        facts = {name: _meant(name, value, crew) for name, value in deed.facts.items()}
        facts |= pictures(seed, crew.district, call, deed, now)
        yield Past(deed.verb, deed.at, crew.actor(deed.who), deed.outcome, facts)


def _meant(name: str, value: Any, crew: Crew) -> Any:
    """Units are told by key in a story and by id in the heart."""
    if name in ("body", "proposed"):
        return crew.body_ids[value]
    if name in ("assists", "called"):
        return [crew.body_ids[key] for key in value]
    return value
