"""Where each order of a batch lies: by its point, else by the names of street and community."""

from collections.abc import Sequence

import numpy as np

from huying.geo.datums import Datum, convert_many
from huying.loop.collect.channels.orders.reading import Draft, Reason, Refused
from huying.loop.collect.channels.orders.report import Remark
from huying.places.queries import Level, find_area, locate_points
from huying.places.queries import district as district_row


class Placer:
    """Areas of one district, asked by point and by name; names are looked up once."""

    def __init__(self, district: int, datum: Datum) -> None:
        self._district, self._datum = district, datum
        self._root = f"{district_row(district).code:06d}"
        self._named: dict[tuple[str, str], str] = {}

    def place(self, drafts: Sequence[Draft]) -> list["Placed | Refused"]:
        """One answer for each draft, in their order."""
        with_point = [number for number, draft in enumerate(drafts) if draft.lon is not None]
        lons = np.array([drafts[number].lon for number in with_point], np.float64)
        lats = np.array([drafts[number].lat for number in with_point], np.float64)
        if self._datum not in (Datum.WGS84, Datum.CGCS2000) and with_point:
            lons, lats = convert_many(lons, lats, self._datum)
        found = locate_points(self._district, lons, lats) if with_point else []
        at = {
            number: (code, lon, lat)
            for number, code, lon, lat in zip(with_point, found, lons.tolist(), lats.tolist(), strict=True)
        }
        return [self._one(draft, at.get(number)) for number, draft in enumerate(drafts)]

    def _one(self, draft: Draft, point: tuple[str | None, float, float] | None) -> "Placed | Refused":
        if point is not None and point[0]:
            return Placed(point[0], point[1], point[2], None)
        named = self._by_name(draft.street, draft.community)
        if point is not None:
            if not named:
                return Refused(Reason.OUTSIDE, f"{draft.lon} {draft.lat}")
            return Placed(named, point[1], point[2], Remark.BY_NAME)
        if named:
            return Placed(named, None, None, None)
        missing = Remark.UNKNOWN_STREET if draft.street or draft.community else Remark.NO_STREET
        return Placed(self._root, None, None, missing)

    def _by_name(self, street: str, community: str) -> str:
        key = (street, community)
        if key not in self._named:
            above = find_area(self._district, street, Level.STREET) if street else None
            scope = above.code if above else self._root
            below = find_area(self._district, community, Level.COMMUNITY, scope) if community else None
            area = below or above
            self._named[key] = area.code if area else ""
        return self._named[key]


class Placed:
    """An area, the point in CGCS2000 degrees if there is one, and what should be remarked of it."""

    __slots__ = ("area", "lat", "lon", "remark")

    def __init__(self, area: str, lon: float | None, lat: float | None, remark: Remark | None) -> None:
        self.area, self.lon, self.lat, self.remark = area, lon, lat, remark
