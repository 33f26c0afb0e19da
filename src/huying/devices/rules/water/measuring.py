"""How well labelled anomalies are found: by reading and by event, by the labels' type and by the verdicts' kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.devices.rules.water.anomalies.rolling import ThreeSigma
from huying.devices.rules.water.anomalies.watching import Watch


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reading with its expert's label: ``kind`` is the type's letter, empty where nothing is wrong."""

    at: datetime
    value: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Readings ``first`` to ``last`` (numbers, both counted in) under one label or one verdict.

    ``told`` is the number of the reading with which a verdict was first told.
    """

    kind: str
    first: int
    last: int
    told: int


def watched(readings: Sequence[Labelled], watch: Watch) -> list[Span]:
    """The verdicts on a series as it comes in, each at its longest."""
    numbers: dict[datetime, int] = {}
    spans: dict[tuple[str, datetime], Span] = {}
    for number, reading in enumerate(readings):
        numbers.setdefault(reading.at, number)
        for verdict in watch.add(reading.at, reading.value):
            key = (verdict.kind.value, verdict.since)
            known = spans.get(key)
            told = known.told if known else number
            spans[key] = Span(key[0], numbers[verdict.since], numbers[verdict.until], told)
    return list(spans.values())


def three_sigma(readings: Sequence[Labelled]) -> list[Span]:
    """What the plain rule marks, readings one after the other taken as one verdict."""
    rule = ThreeSigma()
    return _runs("out" if rule.add(reading.value) else "" for reading in readings)


def measured(readings: Sequence[Labelled], spans: Sequence[Span], first: int, last: int) -> dict[str, object]:
    """Precision and recall within the readings ``first`` up to ``last`` (not counted in).

    By reading: what verdicts cover against what is labelled. By event: a run of one label is found when a verdict covers
    one of its readings; a verdict is right when one of the readings it covers is labelled. ``late`` is how many readings
    after its first one an event is told, the median of those found.
    """
    inside = [span for span in spans if span.last >= first and span.first < last]
    events = _runs(reading.kind for reading in readings[first:last])
    events = [Span(one.kind, one.first + first, one.last + first, one.last + first) for one in events]
    within = set(range(first, last))
    covered = {number for span in inside for number in _numbers(span)} & within
    wrong = {number for event in events for number in _numbers(event)}
    right = [span for span in inside if _touches(span, wrong)]
    found = {event: [span for span in inside if _meet(span, event)] for event in events}
    late = sorted(max(0, min(span.told for span in by) - event.first) for event, by in found.items() if by)
    by_kind = {
        kind: [span for span in inside if span.kind == kind] for kind in sorted({one.kind for one in inside})
    }
    return {
        "readings": last - first,
        "labelled": len(wrong),
        "marked": len(covered),
        "precision": _share(len(covered & wrong), len(covered)),
        "recall": _share(len(covered & wrong), len(wrong)),
        "events": len(events),
        "events_found": sum(map(bool, found.values())),
        "event_recall": _share(sum(map(bool, found.values())), len(events)),
        "verdicts": len(inside),
        "verdicts_right": len(right),
        "event_precision": _share(len(right), len(inside)),
        "late": late[len(late) // 2] if late else None,
        "by_type": {
            kind: _by_type(kind, found, covered) for kind in sorted({event.kind for event in events})
        },
        "by_kind": {kind: _by_kind(spans, wrong, within) for kind, spans in by_kind.items()},
    }


def _by_type(kind: str, found: Mapping[Span, list[Span]], covered: set[int]) -> dict[str, object]:
    events = [event for event in found if event.kind == kind]
    points = {number for event in events for number in _numbers(event)}
    hit = sum(bool(found[event]) for event in events)
    return {
        "readings": len(points),
        "recall": _share(len(points & covered), len(points)),
        "events": len(events),
        "events_found": hit,
    }


def _by_kind(spans: Sequence[Span], wrong: set[int], within: set[int]) -> dict[str, object]:
    marked = {number for span in spans for number in _numbers(span)} & within
    right = sum(_touches(span, wrong) for span in spans)
    return {
        "readings": len(marked),
        "readings_labelled": len(marked & wrong),
        "verdicts": len(spans),
        "right": right,
        "precision": _share(right, len(spans)),
    }


def _runs(kinds: Iterable[str]) -> list[Span]:
    found: list[Span] = []
    before = ""
    for number, kind in enumerate(kinds):
        if kind and kind == before:
            found[-1] = Span(kind, found[-1].first, number, found[-1].told)
        elif kind:
            found.append(Span(kind, number, number, number))
        before = kind
    return found


def _numbers(span: Span) -> range:
    return range(span.first, span.last + 1)


def _touches(span: Span, numbers: set[int]) -> bool:
    return not numbers.isdisjoint(_numbers(span))


def _meet(span: Span, event: Span) -> bool:
    return span.first <= event.last and span.last >= event.first


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
