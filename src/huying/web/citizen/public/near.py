"""附近办了什么 (R505): the communities nearest to where somebody stands or lives, and what was done there.

A place is known to its community alone: no address of ours holds a position, and distances run from middle to middle,
so that nobody learns where a matter was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from huying.geo.measure import distance
from huying.kernel.errors import HuyingError, NotFound
from huying.places.queries import AreaRow, area, areas, districts, find_places, locate_point
from huying.places.rules.levels import Level
from huying.web.citizen import counter
from huying.web.citizen.matters import Answered
from huying.web.citizen.where import Whereabouts, located

COMMUNITIES: Final = 6
EACH: Final = 3
_STREET_DIGITS: Final = 9
_COMMUNITY_DIGITS: Final = 12
_KILOMETRE: Final = 1000


class NearForm(forms.Form):
    """Where: by the phone's position, by a name, or by an area of the list; what cannot be read counts as empty."""

    place = forms.CharField(max_length=100, required=False)
    area = forms.CharField(max_length=12, required=False)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Around:
    """A community, how far it is in words ("" for the one asked about), and the latest that was done there."""

    code: str
    name: str
    away: str
    lon: float | None
    lat: float | None
    matters: Sequence[Answered]


def at(lon: float, lat: float) -> str:
    """The code of the community, or of the street, that a position lies in; "" outside every district."""
    for one in districts():
        found = locate_point(one.code, lon, lat)
        if found is not None and found.street:
            return found.community or found.street
    return ""


def meant(place: str) -> list[tuple[str, str]]:
    """(code, words) of what a name may mean, one of each community; the one so called alone, where there is one."""
    found: dict[str, str] = {}
    for code, name, words in _named(place):
        if name == place.strip():
            return [(code, words)]
        found.setdefault(code, words)
    if not found and place.strip():
        try:
            spot = located(Whereabouts(place=place))
        except HuyingError:
            return []
        if len(spot.area) >= _STREET_DIGITS:
            return [(spot.area[:_COMMUNITY_DIGITS], place)]
    return list(found.items())


def _named(place: str) -> Iterator[tuple[str, str, str]]:
    for one in districts():
        for named in find_places(one.code, place):
            code = at(named.lon, named.lat) if named.lon is not None and named.lat is not None else ""
            if code:
                yield code, named.name, " ".join((named.name, *named.around))


def nearest(code: str) -> list[Around]:
    """The communities nearest to an area, its own first, and what was done in each; those without anything left out.

    Empty for a code that is none of ours.
    """
    here = _row(code)
    if here is None:
        return []
    every = areas(int(code[:6]), Level.COMMUNITY)
    near = sorted(every, key=lambda row: (not row.code.startswith(code), _metres(here, row)))[:COMMUNITIES]
    done = counter.done_in(int(code[:6]), [row.code for row in near], EACH)
    return [
        Around(row.code, row.name, _away(here, row), row.lon, row.lat, done[row.code])
        for row in near
        if done[row.code]
    ]


def name_of(code: str) -> str:
    """The name of a street or community; "" for a code that is none of ours."""
    row = _row(code)
    return row.name if row else ""


def _row(code: str) -> AreaRow | None:
    if not code.isdecimal() or len(code) not in {_STREET_DIGITS, _COMMUNITY_DIGITS}:
        return None
    try:
        return area(int(code[:6]), code)
    except NotFound:
        return None


def _metres(here: AreaRow, row: AreaRow) -> float:
    """From middle to middle; what nobody drew comes last."""
    if here.lon is None or here.lat is None or row.lon is None or row.lat is None:
        return inf
    return distance(here.lon, here.lat, row.lon, row.lat)


def _away(here: AreaRow, row: AreaRow) -> str:
    metres = _metres(here, row)
    if row.code.startswith(here.code) or metres == inf:
        return ""
    if metres < _KILOMETRE:
        return _("约 %(n)d 米") % {"n": max(100, round(metres, -2))}
    return _("约 %(n)s 公里") % {"n": f"{metres / _KILOMETRE:.1f}"}
