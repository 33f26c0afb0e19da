"""Where roads named together are meant: at their crossing, or along the stretch between two crossings."""

import re
from collections.abc import Sequence
from typing import Final

import shapely

from huying.geo.measure import distance
from huying.places.rules.levels import PlaceKind
from huying.places.rules.reading.gazetteer import Mention, PlaceRow
from huying.places.rules.reading.guesses import SURE, Guess
from huying.places.rules.reading.roads import crossing, crossing_names

_JOINED: Final = re.compile(r"^(?:上的?|的)?(?:与|和|跟|同|、|/|交|及|以及)$")
# Words too short to begin another matter: roads that far apart and crossing each other are told together.
_LOOSE: Final = re.compile(r"^[^，。；！？、,;!?到至从由]{0,4}$")
_CORNER: Final = re.compile(r"^.{0,4}?(?:口|交叉|交汇|交界|相交|十字|丁字|红绿灯|信号灯|转角|拐角|转弯)")
_FROM: Final = re.compile(r"[从由自]$")
_ALONG: Final = re.compile(r"^(?:上|的|路?段)?\(?(?:从|由|自|在|介于)?$")
_TO: Final = re.compile(r"^(?:路?口)?(?:至|到|-|—|~|和|与)$")
_LOOSELY: Final = 0.85


class Crossings:
    """The crossings of one district: those the gazetteer names, and wherever two courses meet."""

    def __init__(self, places: Sequence[PlaceRow]) -> None:
        self._known: dict[frozenset[str], PlaceRow] = {}
        for place in places:
            names = crossing_names(place.name) if place.kind is PlaceKind.CROSSING else None
            if names:
                self._known[frozenset(names)] = place

    def meeting(self, text: str, one: Mention, other: Mention) -> Guess | None:
        """The crossing of two roads named one after the other; None when they do not meet or are told apart.

        ``text`` is plain. What joins them may be said (与, 交), or that it is a corner; otherwise it is less sure.
        """
        # Said twice, as by whoever fills in the place and begins with it, it crosses nothing.
        if one.word == other.word:
            return None
        gap = text[one.end : other.start]
        joined = bool(_JOINED.match(gap))
        if not joined and (not _LOOSE.match(gap) or _FROM.search(text[: one.start])):
            return None
        said = joined or bool(_CORNER.match(text[other.end : other.end + 8]))
        sure, metres = SURE[PlaceKind.CROSSING]
        sure *= min(one.slip, other.slip) * (1.0 if said else _LOOSELY)
        because = (one.meanings[0].name, other.meanings[0].name)
        known = self._known.get(frozenset((one.word, other.word)))
        if known is not None:
            return Guess(known.lon, known.lat, "", sure, metres, because, known.name)
        met = self._met(one, other)
        if met is None:
            return None
        lon, lat, share, name = met
        return Guess(lon, lat, "", sure * share, metres / share, because, name)

    def stretch(self, text: str, road: Mention, first: Mention, last: Mention) -> Guess | None:
        """The middle of a road between the two that cross it (创业路人民路至建设路段), exact to half its length."""
        along = _ALONG.match(text[road.end : first.start]) and _TO.match(text[first.end : last.start])
        start, end = (self._met(road, one) if along else None for one in (first, last))
        if start is None or end is None:
            return None
        (west, south, share, _), (east, north, other, _) = start, end
        lon, lat = _halfway(road, (west, south), (east, north))
        sure, metres = SURE[PlaceKind.CROSSING]
        half = distance(west, south, east, north) / 2.0
        because = tuple(mention.meanings[0].name for mention in (road, first, last))
        return Guess(lon, lat, "", sure * min(share, other), metres + half, because, road.meanings[0].name)

    def _met(self, one: Mention, other: Mention) -> tuple[float, float, float, str] | None:
        for road in one.places:
            for across in other.places:
                met = crossing(road, across) if road.name != across.name else None
                if met is not None:
                    (lon, lat), share = met
                    return lon, lat, share, f"{road.name}与{across.name}路口"
        known = self._known.get(frozenset((one.word, other.word)))
        return (known.lon, known.lat, 1.0, known.name) if known else None


def _halfway(road: Mention, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Half the way along the road between two points of it; straight between them where its course is in parts."""
    way = next((place.way for place in road.places if place.way is not None), None)
    line = shapely.line_merge(way) if way is not None else None
    if line is None or line.geom_type != "LineString":
        return (start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0
    places = [shapely.line_locate_point(line, shapely.Point(spot)) for spot in (start, end)]
    middle = shapely.line_interpolate_point(line, sum(places) / 2.0)
    return float(middle.x), float(middle.y)
