"""Where a report says it happened: by a point, by words, by an area chosen from the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.errors import OutsideDistrict, Unavailable
from huying.places.queries import DistrictRow, area_features, areas, districts, locate_point, locate_text
from huying.places.rules.levels import Level

_SURE_ENOUGH: Final = 0.5
# A name that says where to within so many metres is as good as a point.
_EXACT_METRES: Final = 300.0
# Beyond this a phone's position is told as uncertain; beyond the second it decides no community.
_SURE_METRES: Final = 200.0
_COARSE_METRES: Final = 500.0


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a resident gave of the place. ``lon``, ``lat`` in CGCS2000 degrees, ``accuracy`` of a phone's position in
    metres, None where somebody pointed at it; ``area`` a code from the list."""

    place: str = ""
    text: str = ""
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    accuracy: float | None = None

    @property
    def coarse(self) -> bool:
        """Whether the position is that of a mast rather than of a phone: words and streets say more."""
        return self.accuracy is not None and self.accuracy > _COARSE_METRES


@dataclass(frozen=True, slots=True)
class Spot:
    """A district, the finest area borne out ("" when none is) and the point, where it is known well enough."""

    district: int
    area: str
    point: tuple[float, float] | None = None


def located(given: Whereabouts) -> Spot:
    """The spot that the point, else the words, else the chosen area bear out.

    Raises OutsideDistrict when the point is elsewhere and nothing else was given, Unavailable without a district.
    """
    known = _districts()
    if given.lon is not None and given.lat is not None:
        for one in known:
            found = locate_point(one.code, given.lon, given.lat)
            if found is not None and given.coarse:
                return _roughly(known, given, one.code, found.street)
            if found is not None:
                return Spot(one.code, found.code, (given.lon, given.lat))
        if _drawn(known) and not given.place and not given.area:
            told = _("您选的位置不在%(district)s。事情发生在本区的，请写清地址再提交；在别处的，请打 12345。")
            raise OutsideDistrict(fields={"place": told % {"district": district_name()}})
    return _read(known, given)


def _drawn(known: Sequence[DistrictRow]) -> bool:
    """Whether anything can be said to lie outside."""
    return any(area_features(one.code, Level.DISTRICT)["features"] for one in known)


def _roughly(known: Sequence[DistrictRow], given: Whereabouts, district: int, street: str) -> Spot:
    """By the words or the list where they say more than the street that an uncertain position lies in."""
    spot = _read(known, given)
    return spot if spot.area else Spot(district, street)


def said_of(lon: float, lat: float, accuracy: float | None) -> tuple[bool, str]:
    """Whether a point may be kept, and what its form says of it; "" where nobody drew the district."""
    known = _districts()
    for one in known:
        found = locate_point(one.code, lon, lat)
        if found is None:
            continue
        coarse = accuracy is not None and accuracy > _COARSE_METRES
        # The grid is the office's word, nobody's address.
        place = " ".join(found.names[1 : 2 if coarse else 3]) or one.name
        if accuracy is not None and accuracy > _SURE_METRES:
            told = _("大约在%(place)s，误差约 %(metres)d 米。请再写一下地址。")
            return True, told % {"place": place, "metres": round(accuracy, -2)}
        return True, _("位置：%(place)s") % {"place": place}
    if not _drawn(known):
        return True, ""
    return False, _("这个位置不在%(district)s，没有记下。请写清地址，或重新选。") % {
        "district": district_name()
    }


def _read(known: Sequence[DistrictRow], given: Whereabouts) -> Spot:
    guesses = [
        (guess, one.code)
        for one in known
        for guess in locate_text(one.code, f"{given.place} {given.text}")[:1]
        if guess.area
    ]
    guess, code = max(guesses, key=lambda pair: pair[0].confidence, default=(None, known[0].code))
    chosen = _chosen(known, given.area)
    if guess is None or guess.confidence < _SURE_ENOUGH:
        return chosen or Spot(known[0].code, "")
    if chosen is not None and not guess.area.startswith(chosen.area):
        # The list was chosen from on purpose; words may speak of where somebody lives.
        return chosen
    return Spot(code, guess.area, (guess.lon, guess.lat) if guess.metres <= _EXACT_METRES else None)


def _chosen(known: Sequence[DistrictRow], area: str) -> Spot | None:
    for one in known:
        if any(
            area == row.code for level in (Level.STREET, Level.COMMUNITY) for row in areas(one.code, level)
        ):
            return Spot(one.code, area)
    return None


def _districts() -> list[DistrictRow]:
    known = districts()
    if not known:
        raise Unavailable(_("本平台还没有开通，请打 12345。"))
    return known


def streets_and_communities() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(code, name, its communities as (code, name)) of every street."""
    found = []
    for one in districts():
        communities = areas(one.code, Level.COMMUNITY)
        for street in areas(one.code, Level.STREET):
            within = [(row.code, row.name) for row in communities if row.code.startswith(street.code)]
            found.append((street.code, street.name, within))
    return found


def district_name() -> str:
    """Whose page this is; of several districts their city."""
    known = districts()
    if len(known) == 1:
        return known[0].name
    return known[0].city if known else ""
