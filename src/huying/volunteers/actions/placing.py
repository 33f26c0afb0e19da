"""Points as they are typed or sent by a phone, and the community they lie in."""

from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.places.queries import placed

_WRONG = "位置不对：经度、纬度写成度数，如 114.31、22.71。"


def point(lon: float | None, lat: float | None, datum: str) -> tuple[float | None, float | None]:
    """A point in CGCS2000; (None, None) for none. Raises Invalid."""
    if lon is None or lat is None:
        return None, None
    known = {one.value: one for one in Datum}
    # Not a number compares false with everything.
    if not (abs(lon) <= 180 and abs(lat) <= 90) or datum not in known:
        raise Invalid(_WRONG, fields={"lon": _WRONG})
    return convert(lon, lat, known[datum])


def community_at(district: int, lon: float, lat: float) -> str:
    """The code of the community in which a point lies. Raises OutsideDistrict."""
    return placed(district, lon, lat).code[:12]
