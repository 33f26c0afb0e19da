"""Moments at which somebody might have fallen, drawn from days on which nobody did."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from huying.devices.rules.home.hours import pieces
from huying.devices.rules.home.silences import Silence
from huying.devices.rules.home.trying.measuring import Fall

#: Part of the day by its first hour.
PARTS: Final = {0: "night", 6: "morning", 12: "afternoon", 18: "evening"}
NIGHT_UP: Final = "night_up"
RISING: Final = "rising"
STAYS: Final = "stays_in_bed"
# Where no sensor tells who lies, only these hours are taken for awake.
_AWAKE: Final = (7, 22)
_NIGHT_ENDS: Final = 6
_MINUTES_APART: Final = 12
_TRIES_UP: Final = 5


def falls(found: Sequence[Silence], seed: int) -> list[Fall]:
    """By time, the same for the same seed.

    Awake at home, one for each twelve minutes of it, named by the part of the day; ``night_up``, out of bed between 22
    and 6 until back in it; ``rising``, just got up from bed or chair; ``stays_in_bed``, who would have got up in the
    morning and does not, timed from when they did.
    """
    chance, bed = Random(seed), _bed(found)
    return sorted(
        (fall for each in (_awake, _night_up, _rising) for fall in each(found, bed, chance)),
        key=lambda fall: fall.at,
    )


def _awake(found: Sequence[Silence], bed: str | None, chance: Random) -> Iterator[Fall]:
    for silence in found:
        if silence.until is None or silence.where.out or _in_bed(silence, bed):
            continue
        minutes = (silence.until - silence.since) / timedelta(minutes=1)
        number = int(minutes / _MINUTES_APART + chance.random())
        for _ in range(number):
            at = silence.since + timedelta(minutes=chance.uniform(0, minutes))
            if bed is not None or _AWAKE[0] <= at.hour < _AWAKE[1]:
                yield Fall(at, PARTS[at.hour // 6 * 6])


def _night_up(found: Sequence[Silence], bed: str | None, chance: Random) -> Iterator[Fall]:
    rose: datetime | None = None
    for before, silence in itertools.pairwise(found):
        if silence.where.out:
            rose = None
        elif _in_bed(silence, bed):
            if rose is not None:
                yield from _drawn(rose, silence.since, chance)
            rose = None
        elif _in_bed(before, bed):
            rose = silence.since if silence.since.hour >= 22 or silence.since.hour < 6 else None


def _drawn(rose: datetime, until: datetime, chance: Random) -> Iterator[Fall]:
    for _ in range(_TRIES_UP):
        yield Fall(rose + chance.random() * (until - rose), NIGHT_UP)


def _rising(found: Sequence[Silence], bed: str | None, _chance: Random) -> Iterator[Fall]:
    for silence in found:
        if silence.until is None or not silence.where.down:
            continue
        yield Fall(silence.until, RISING)
        if _in_bed(silence, bed) and 5 <= silence.until.hour < 12:
            yield Fall(silence.until - timedelta(seconds=1), STAYS, rises=False)


def _in_bed(silence: Silence, bed: str | None) -> bool:
    return silence.where.down and silence.where.place == bed


def _bed(found: Sequence[Silence]) -> str | None:
    """The place where somebody lies or sits the most from midnight to six; None where nothing tells of lying."""
    hours: dict[str, float] = {}
    for silence in found:
        if silence.until is not None and silence.where.down:
            night = sum(part for at, part in pieces(silence.since, silence.until) if at.hour < _NIGHT_ENDS)
            hours[silence.where.place] = hours.get(silence.where.place, 0.0) + night
    return max(hours, key=lambda place: hours[place]) if hours else None
