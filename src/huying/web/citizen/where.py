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


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a resident gave of the place. ``lon``, ``lat`` in CGCS2000 degrees; ``area`` a code from the list."""

    place: str = ""
    text: str = ""
    lon: float | None = None
    lat: float | None = None
    area: str = ""


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
            if found is not None:
                return Spot(one.code, found.code, (given.lon, given.lat))
        drawn = any(area_features(one.code, Level.DISTRICT)["features"] for one in known)
        if drawn and not given.place and not given.area:
            told = _("您选的位置不在%(district)s。事情发生在本区的，请写清地址再提交；在别处的，请打 12345。")
            raise OutsideDistrict(fields={"place": told % {"district": district_name()}})
    return _read(known, given)


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
