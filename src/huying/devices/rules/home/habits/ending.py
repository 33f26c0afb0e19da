"""How readily a silence ends: by the place it began at, the hour of the clock, weekdays and weekends.

The rate is the number of silences that ended, by the hours that were silent (the first quarter of an hour left out): the
usual estimate of a hazard that is constant within an hour. What is not known of a place at an hour on weekends is
borrowed from all days, that from the hours around it (who lies at eleven though they get up at eight is as likely to
get up as at eight), that from the place at all hours, that from all places where one is up, or lies: so a bathroom
at three in the morning, where nobody was ever silent for long, is expected to speak as soon as by day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from huying.devices.rules.home.events import Where
from huying.devices.rules.home.hours import GRACE, pieces, weekend
from huying.devices.rules.home.silences import Silence

Floats = npt.NDArray[np.float64]
# Ends an hour before anything is known: of somebody who is up, and of somebody who lies or sits.
_START: Final = {False: 2.0, True: 0.5}
# A borrowed rate counts as so many hours of silence.
_OF_STATE, _OF_PLACE, _OF_AROUND, _OF_HOUR, _OF_WEEKEND = 2.0, 3.0, 0.5, 1.0, 6.0
_APART: Final = np.minimum(np.arange(24), 24 - np.arange(24))
# How loud an hour speaks for another: next to it, and around it.
_NEXT, _AROUND = np.array([0.5, 0.25, *[0.0] * 21, 0.25]), np.exp(-_APART / 1.5)


@dataclass(frozen=True, slots=True)
class Past:
    """Silent hours and ends by day, place, weekday (0) or weekend (1), and hour of the clock."""

    days: list[date]
    places: dict[Where, int]
    silent: Floats
    ended: Floats


def past_of(found: Sequence[Silence]) -> Past:
    """The past of silences that have ended and were heard whole. Those within ``GRACE`` only name their places."""
    days = sorted({silence.since.date() for silence in found})
    places = {where: number for number, where in enumerate(sorted({silence.where for silence in found}))}
    row = {day: number for number, day in enumerate(days)}
    silent = np.zeros((len(days), len(places), 2, 24))
    ended = np.zeros_like(silent)
    for silence in found:
        day, place = row[silence.since.date()], places[silence.where]
        if silence.until is None or silence.until - silence.since <= GRACE:
            continue
        for at, hours in pieces(silence.since + GRACE, silence.until):
            silent[day, place, weekend(at), at.hour] += hours
        ended[day, place, weekend(silence.until), silence.until.hour] += 1
    return Past(days, places, silent, ended)


def rates(silent: Floats, ended: Floats, down: npt.NDArray[np.bool_]) -> Floats:
    """Ends an hour, in the shape (…, place, weekend, hour) of both arguments. ``down``: by place."""
    by_hour, ends_by_hour = silent.sum(axis=-2), ended.sum(axis=-2)
    by_place, ends_by_place = by_hour.sum(axis=-1), ends_by_hour.sum(axis=-1)
    state = np.empty_like(by_place)
    for lies, start in _START.items():
        of = down == lies
        all_silent = by_place[..., of].sum(axis=-1, keepdims=True)
        all_ends = ends_by_place[..., of].sum(axis=-1, keepdims=True)
        state[..., of] = (all_ends + start * _OF_STATE) / (all_silent + _OF_STATE)
    place = (ends_by_place + state * _OF_PLACE) / (by_place + _OF_PLACE)
    around = _drawn(ends_by_hour, by_hour, _AROUND, place[..., None], _OF_AROUND)
    hour = _drawn(ends_by_hour, by_hour, _NEXT, around, _OF_HOUR)
    return _drawn(ended, silent, _NEXT, hour[..., None, :], _OF_WEEKEND)


def elsewhere(down: bool) -> float:
    """Ends an hour at a place nothing was ever heard from."""
    return _START[down]


def _drawn(ended: Floats, silent: Floats, speaks: Floats, borrowed: Floats, hours: float) -> Floats:
    """Rates by hour with what hours nearby say, drawn towards what is borrowed as if that were ``hours`` of silence."""
    near = speaks[(np.arange(24)[:, None] - np.arange(24)) % 24]
    found: Floats = (ended @ near + borrowed * hours) / (silent @ near + hours)
    return found
