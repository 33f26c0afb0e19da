"""One appeal in words: kind, mood, place, time, and the slips of the pen."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from huying.catalogue.rules.kinds import AppealKind
from huying.simulate.folk import Caller
from huying.simulate.land import Spot
from huying.simulate.speech.matters import Matter
from huying.simulate.speech.noise import spoil
from huying.simulate.speech.phrases import frames
from huying.simulate.speech.wheres import say

_SCENE_SHARE: Final = 0.5
#: In scenes people complain or ask for help; other kinds of appeal need frames of their own.
_SCENIC: Final = frozenset({AppealKind.COMPLAINT, AppealKind.HELP, AppealKind.REPORT})


@dataclass(frozen=True, slots=True)
class Told:
    """What was said. ``place`` is the place alone, as the form or the seat took it down; it may be empty."""

    text: str
    place: str


def tell(
    rng: Random,
    matter: Matter,
    kind: AppealKind,
    spot: Spot,
    *,
    street: str,
    caller: Caller | None,
    hour: int,
) -> Told:
    """One appeal about a matter at a spot; without a caller it is a grid worker's find.

    ``hour`` is the local hour at which it is told; night matters speak of the night.
    """
    where, placed = say(rng, spot, street) if caller else (spot.name, True)
    words = _words(rng, matter, kind, where, night=matter.night or hour >= 22 or hour < 5)
    if caller is None:
        text = rng.choice(frames()["patrol"]["plain"]).format_map(words)
        return Told(text, spot.address or spot.name)
    text = _sentence(rng, matter, kind, mood(rng, caller)).format_map(words)
    if kind is not AppealKind.THANKS:
        text += rng.choice(frames()["asks"]["after" if kind in _SCENIC else "kindly"])
    text = spoil(rng, text)
    return Told(text, where if placed and rng.random() < 0.8 else "")


def mood(rng: Random, caller: Caller) -> str:
    """plain, angry, polite or elderly."""
    if caller.old and rng.random() < 0.6:
        return "elderly"
    return rng.choices(("plain", "angry", "polite"), (55, 27, 18))[0]


def _sentence(rng: Random, matter: Matter, kind: AppealKind, manner: str) -> str:
    if matter.says and kind in _SCENIC and rng.random() < _SCENE_SHARE:
        return rng.choice(matter.says)
    asks_who = kind is AppealKind.INQUIRY and not matter.procedure
    by_mood = frames().get("who" if asks_who else kind.value, frames()["complaint"])
    return rng.choice(by_mood.get(manner, by_mood["plain"]))


def _words(rng: Random, matter: Matter, kind: AppealKind, where: str, night: bool) -> Mapping[str, str]:
    times = frames()["times"]
    return {
        "地": where,
        "事": trouble(rng, matter, kind),
        "时": rng.choice(times["night" if night else "day"]),
        "久": rng.choice(times["long"]),
        "次": rng.choice(times["often"]),
    }


def trouble(rng: Random, matter: Matter, kind: AppealKind) -> str:
    """The matter in a resident's words: mostly a keyword of its item, now and then its official name.

    Who complains about something that has a procedure complains that it does not move.
    """
    stuck = rng.choice(frames()["asks"]["stuck"]) if matter.procedure and kind in _SCENIC else ""
    if matter.line.keywords and rng.random() < 0.86:
        return rng.choice(matter.line.keywords) + stuck
    return matter.line.name + stuck
