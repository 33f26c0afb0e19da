"""One pass over a text: what each name found in it, with the words around it, says about where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely

from huying.places.rules.book import AreaBook
from huying.places.rules.levels import PlaceKind
from huying.places.rules.names import plain
from huying.places.rules.reading.crossings import Crossings
from huying.places.rules.reading.entries import area_entries, building_key, place_entries
from huying.places.rules.reading.gazetteer import Mention, Named, PlaceRow, WordBook
from huying.places.rules.reading.guesses import (
    SURE,
    Guess,
    building_after,
    house_after,
    is_home,
    moved_by_words,
)
from huying.places.rules.reading.roads import HouseNumbers

_PART: Final = re.compile(
    r"^(?:.{0,1}(?:大道|公路|路|街(?!道)|河|桥|站)|.{0,2}(?:公园|花园|大厦|小学|中学|学校|医院|广场|市场|工业|小区|地铁))"
)
_LINES: Final = (PlaceKind.ROAD, PlaceKind.RIVER)
_HOME: Final = 0.6


@dataclass(frozen=True, slots=True)
class Finding:
    """One meaning of the words at one spot of the text; findings of one ``group`` exclude each other.

    ``place`` is given while the finding is as wide as the place itself (a whole road), so that its
    course can be cut to the areas the text names.
    """

    group: int
    guess: Guess
    place: PlaceRow | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text: places, and the areas it names, finest last."""

    findings: tuple[Finding, ...]
    areas: tuple[Mention, ...]


class Finder:
    """Knows all names of one district."""

    def __init__(self, book: AreaBook, places: Sequence[PlaceRow]) -> None:
        self._words = WordBook([*area_entries(book), *place_entries(places)])
        roads = [name for place in places if place.kind in _LINES for name in (place.name, *place.aliases)]
        self._numbers = HouseNumbers(places, roads)
        self._crossings = Crossings(places)
        self._buildings = {key: place for place in places if (key := building_key(place.name))}

    def read(self, text: str) -> Reading:
        """The findings of a plain text (see ``names.plain``)."""
        mentions = self._words.scan(text)
        if not any(mention.places for mention in mentions):
            mentions = sorted([*mentions, *self._words.scan_slips(text)], key=lambda mention: mention.start)
        areas = tuple(m for m in mentions if _names_area(text, m))
        return Reading(tuple(self._findings(text, mentions)), areas)

    def _findings(self, text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
        taken = -1
        named = [mention for mention in mentions if mention.places]
        for group, mention in enumerate(named):
            if mention.start < taken:
                continue
            met = self._together(text, named[group : group + 3])
            if met is not None:
                guess, taken = met
                yield Finding(group, self._said(guess, text, mention, taken))
                continue
            yield from self._plain(text, group, mention)

    def _together(self, text: str, named: Sequence[Mention]) -> tuple[Guess, int] | None:
        """What the first of these and those right after it say together, and where that ends."""
        stretch = self._crossings.stretch(text, *named) if len(named) == 3 else None
        if stretch is not None:
            return stretch, named[2].end
        met = self._crossings.meeting(text, *named[:2]) if len(named) > 1 else None
        return (met, named[1].end) if met is not None else None

    def _plain(self, text: str, group: int, mention: Mention) -> Iterator[Finding]:
        for named in mention.meanings:
            if named.place is None:
                continue
            exact = self._numbered(text, mention, named, named.place)
            if exact is not None:
                guess, end = exact
                yield Finding(group, self._said(guess, text, mention, end))
                continue
            sure, metres = SURE[named.place.kind]
            place = named.place
            because = (named.name,)
            guess = Guess(
                place.lon, place.lat, "", sure * named.doubt * mention.slip, metres, because, place.name
            )
            yield Finding(group, self._said(guess, text, mention, mention.end), _whole(place))

    def _numbered(
        self, text: str, mention: Mention, named: Named, place: PlaceRow
    ) -> tuple[Guess, int] | None:
        """A house on a road, or a building of an estate, when a number follows the name."""
        sure, metres = SURE[PlaceKind.BUILDING]
        doubt = named.doubt * mention.slip
        if place.kind is PlaceKind.ROAD:
            house = house_after(text, mention.end)
            spot = self._numbers.spot(plain(place.name), house[0], place.way) if house else None
            if house and spot:
                (lon, lat), share = spot
                because = (named.name, text[mention.end : house[1]])
                name = f"{place.name}{house[0]}号"
                return Guess(lon, lat, "", sure * share * doubt, metres / share**4, because, name), house[1]
            return None
        house = building_after(text, mention.end)
        known = self._buildings.get((plain(place.name), house[0])) if house else None
        if house is None or known is None:
            return None
        because = (named.name, text[mention.end : house[1]])
        return Guess(known.lon, known.lat, "", sure * doubt, metres, because, known.name), house[1]

    def _said(self, guess: Guess, text: str, mention: Mention, end: int) -> Guess:
        """The guess with what the words around it add: a displacement, or that it is only a home."""
        if is_home(text, mention.start):
            guess = replace(guess, confidence=guess.confidence * _HOME)
        return moved_by_words(guess, text, end)


def _names_area(text: str, mention: Mention) -> bool:
    """Whether a name means an area here: 龙田 does, the 龙田 of 龙田路 or 龙田小学 does not."""
    if mention.places or not mention.meanings[0].code:
        return False
    return mention.meanings[0].doubt == 1.0 or not _PART.match(text[mention.end : mention.end + 6])


def _whole(place: PlaceRow) -> PlaceRow | None:
    return place if place.kind in _LINES else None


def course(place: PlaceRow, points: int = 9) -> list[tuple[float, float]]:
    """Positions spread evenly along a road or river; its one position when its course is not known."""
    if place.way is None:
        return [(place.lon, place.lat)]
    shares = [step / (points - 1) for step in range(points)]
    spots = shapely.line_interpolate_point(shapely.line_merge(place.way), shares, normalized=True)
    return [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(spots)]


def finest(areas: Sequence[Mention]) -> list[Named]:
    """The meanings of the finest areas a text names."""
    named = [meaning for mention in areas for meaning in mention.meanings if meaning.code]
    if not named:
        return []
    depth = max(len(meaning.code) for meaning in named)
    return [meaning for meaning in named if len(meaning.code) == depth]
