"""What is held in memory of a district: its ways on foot with its facilities beside them; made anew when they change."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection

from huying.geo.datums import Floats
from huying.services.models import Facility, PeopleSpot, Surroundings
from huying.services.rules.circle import Homes
from huying.services.rules.kinds import Amenity
from huying.services.rules.walking import Network, Town, Ways

_BIT: Final = {one.value: 1 << place for place, one in enumerate(Amenity)}
_KEPT: Final = 4
_NODES: Final = "SELECT id, lon, lat FROM services_walknode WHERE district = %s ORDER BY id"
_EDGES: Final = 'SELECT start, "end", metres FROM services_walkedge WHERE district = %s ORDER BY id'


@dataclass(frozen=True, slots=True)
class Held:
    """Facilities in use as arrays, and the network they stand beside; None where no road was drawn."""

    ids: npt.NDArray[np.int64]
    kinds: npt.NDArray[Any]
    marks: npt.NDArray[np.int64]
    lons: Floats
    lats: Floats
    network: Network | None
    town: Town | None

    def fitting(self, kinds: frozenset[str], amenities: frozenset[Amenity]) -> npt.NDArray[np.bool_]:
        """Which of them are of one of the kinds (any, where none is named) and have all of the amenities."""
        found = np.isin(self.kinds, sorted(kinds)) if kinds else np.ones(len(self.ids), bool)
        wanted = reduce(or_, (_BIT[one.value] for one in amenities), 0)
        return np.asarray(found & ((self.marks & wanted) == wanted))


_lock = threading.Lock()
_networks: "OrderedDict[tuple[int, UUID], Network | None]" = OrderedDict()
_helds: "OrderedDict[tuple[int, UUID | None, UUID | None], Held]" = OrderedDict()


def versions_of(district: int) -> tuple[UUID | None, UUID | None]:
    """The versions of roads and of places; None before the first."""
    row = Surroundings.objects.filter(district=district).values_list("roads", "places").first()
    return row or (None, None)


def held_of(district: int) -> Held:
    """What is held of a district as it is now: one query where nothing changed."""
    roads, places = versions_of(district)
    with _lock:
        known = _helds.get((district, roads, places))
        if known is None:
            known = _held(district, _network(district, roads))
            _kept(_helds, (district, roads, places), known)
        return known


def network_of(district: int) -> tuple[UUID | None, Network | None]:
    """The network of a district with its version; None where no road was drawn."""
    roads, _places = versions_of(district)
    with _lock:
        network = _network(district, roads)
    return (roads if network is not None else None), network


def homes_of(district: int) -> Homes:
    """Where people live, by community; what lies in no community counts for its street or the district."""
    rows = PeopleSpot.objects.filter(district=district).order_by("id")
    found = list(rows.values_list("lon", "lat", "people", "area"))
    return Homes(
        np.array([row[0] for row in found], np.float64),
        np.array([row[1] for row in found], np.float64),
        np.array([row[2] for row in found], np.float64),
        [row[3][:12] for row in found],
    )


def _network(district: int, roads: UUID | None) -> Network | None:
    if roads is None:
        return None
    if (district, roads) not in _networks:
        _kept(_networks, (district, roads), _read(district))
    return _networks[district, roads]


def _read(district: int) -> Network | None:
    with connection.cursor() as cursor:
        cursor.execute(_NODES, [district])
        nodes = cursor.fetchall()
        cursor.execute(_EDGES, [district])
        edges = cursor.fetchall()
    if not edges:
        return None
    names, spots = np.array([row[0] for row in nodes], np.int64), np.array([row[1:] for row in nodes])
    ends = np.array([row[:2] for row in edges], np.int64)
    metres = np.array([row[2] for row in edges], np.float64)
    starts, stops = np.searchsorted(names, ends[:, 0]), np.searchsorted(names, ends[:, 1])
    return Network(Ways(spots[:, 0], spots[:, 1], starts, stops, metres))


def _held(district: int, network: Network | None) -> Held:
    rows = Facility.objects.filter(district=district, ended_at=None).order_by("id")
    found = list(rows.values_list("id", "kind", "amenities", "lon", "lat"))
    lons = np.array([row[3] for row in found], np.float64)
    lats = np.array([row[4] for row in found], np.float64)
    return Held(
        np.array([row[0] for row in found], np.int64),
        np.array([row[1] for row in found], dtype="<U24"),
        np.array([reduce(or_, (_BIT.get(one, 0) for one in row[2]), 0) for row in found], np.int64),
        lons, lats, network, Town(network, lons, lats) if network is not None and found else None,
    )  # fmt: skip


def _kept(store: "OrderedDict[Any, Any]", key: Any, value: Any) -> None:
    """The newest few; an older version of the same district goes at once."""
    for other in [other for other in store if other[0] == key[0]]:
        del store[other]
    store[key] = value
    while len(store) > _KEPT:
        store.popitem(last=False)
