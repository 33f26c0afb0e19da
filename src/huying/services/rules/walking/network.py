"""The way on foot from a point to others, along drawn roads.

A point stands beside the nearest edge: a straight step leads to it, at most ``REACH`` metres. Each edge is cut where
points stand beside it, so that two points on one edge lie as far apart as they do, not as far as its ends. Dijkstra's
algorithm (scipy) then finds the shortest way; nothing is precomputed between pairs.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from huying.geo.datums import Floats
from huying.geo.measure import Plane
from huying.services.rules.walking.ways import Numbers, Ways

#: A point farther than this from every road is not on the network.
REACH: Final = 300.0
#: A step of no length would be no edge.
_LEAST: Final = 0.01
#: Rows asked for at once, so that memory stays small.
_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Snapped:
    """For each point the edge it stands beside (-1: none), how far along (0 to 1), and the metres of the step."""

    edge: Numbers
    along: Floats
    step: Floats

    @property
    def on(self) -> npt.NDArray[np.bool_]:
        return self.edge >= 0


class Network:
    """Roads as a network, asked which edge a point stands beside."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.plane = Plane(float(ways.lons.mean()), float(ways.lats.mean()))
        self._x, self._y = self.plane.flatten(ways.lons, ways.lats)
        ends = np.stack([self._ends(ways.starts), self._ends(ways.ends)], axis=1)
        self._tree = shapely.STRtree(shapely.linestrings(ends))

    def _ends(self, nodes: Numbers) -> Any:
        return np.column_stack([self._x[nodes], self._y[nodes]])

    def snap(self, lons: Floats, lats: Floats) -> Snapped:
        """Where points in CGCS2000 degrees stand."""
        size = len(lons)
        edge, along, step = np.full(size, -1, np.int64), np.zeros(size), np.full(size, np.nan)
        if not size:
            return Snapped(edge, along, step)
        x, y = self.plane.flatten(np.asarray(lons, np.float64), np.asarray(lats, np.float64))
        given, found = self._tree.query_nearest(shapely.points(x, y), max_distance=REACH, all_matches=False)
        edge[given] = found
        at, to = self.ways.starts[found], self.ways.ends[found]
        run_x, run_y = self._x[to] - self._x[at], self._y[to] - self._y[at]
        length = np.maximum(run_x**2 + run_y**2, 1e-12)
        share = ((x[given] - self._x[at]) * run_x + (y[given] - self._y[at]) * run_y) / length
        share = np.clip(share, 0.0, 1.0)
        along[given] = share
        step[given] = np.hypot(x[given] - self._x[at] - share * run_x, y[given] - self._y[at] - share * run_y)
        return Snapped(edge, along, step)


class Town:
    """A network with points beside it; nodes are the network's, then one on its edge for each point, then the points."""

    def __init__(self, network: Network, lons: Floats, lats: Floats) -> None:
        self.network, self.size = network, len(lons)
        self.lons, self.lats = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
        self.snapped = network.snap(lons, lats)
        self._nodes = len(network.ways.lons)
        on = np.flatnonzero(self.snapped.on)
        # The points in the order in which they stand along the edges.
        self._order = on[np.lexsort((self.snapped.along[on], self.snapped.edge[on]))]
        self._edges = self.snapped.edge[self._order]
        self.links = self._linked()

    def _linked(self) -> csr_array[Any]:
        ways, order, edge = self.network.ways, self._order, self._edges
        along, metres = self.snapped.along[order], ways.metres[edge]
        seats = self._nodes + order
        first = np.r_[True, edge[1:] != edge[:-1]] if len(order) else np.zeros(0, bool)
        last = np.r_[edge[1:] != edge[:-1], True] if len(order) else np.zeros(0, bool)
        before = np.where(first, ways.starts[edge], np.r_[0, seats[:-1]][: len(seats)])
        since = np.where(first, 0.0, np.r_[0.0, along[:-1]][: len(along)])
        free = np.ones(len(ways.starts), bool)
        free[edge] = False
        starts = np.r_[ways.starts[free], before, seats[last], seats]
        ends = np.r_[ways.ends[free], seats, ways.ends[edge[last]], seats + self.size]
        lengths = np.r_[
            ways.metres[free], (along - since) * metres, (1.0 - along[last]) * metres[last],
            self.snapped.step[order],
        ]  # fmt: skip
        lengths = np.maximum(lengths, _LEAST)
        whole = self._nodes + 2 * self.size
        both = (np.r_[lengths, lengths], (np.r_[starts, ends], np.r_[ends, starts]))
        return csr_array(coo_array(both, shape=(whole, whole)))

    def ways_from(self, lon: float, lat: float, limit: float) -> Floats | None:
        """Metres on foot to each point, inf beyond ``limit``; None where the place is not on the network."""
        spot = self.network.snap(np.array([lon]), np.array([lat]))
        if not spot.on[0]:
            return None
        (left, far_left), (right, far_right) = self._beside(int(spot.edge[0]), float(spot.along[0]))
        step = float(spot.step[0])
        found = dijkstra(self.links, directed=True, indices=[left, right], limit=limit)
        way = np.minimum(found[0] + far_left, found[1] + far_right)[self._nodes + self.size :] + step
        way[way > limit] = np.inf
        return np.asarray(way)

    def _beside(self, edge: int, along: float) -> tuple[tuple[int, float], tuple[int, float]]:
        """The nodes on either side of a place on an edge, with the metres to each."""
        ways, metres = self.network.ways, float(self.network.ways.metres[edge])
        begin, end = np.searchsorted(self._edges, [edge, edge + 1])
        seats = self._order[begin:end]
        stands = self.snapped.along[seats]
        place = int(np.searchsorted(stands, along))
        left = (int(ways.starts[edge]), along * metres)
        right = (int(ways.ends[edge]), (1.0 - along) * metres)
        if place > 0:
            left = self._nodes + int(seats[place - 1]), (along - float(stands[place - 1])) * metres
        if place < len(seats):
            right = self._nodes + int(seats[place]), (float(stands[place]) - along) * metres
        return left, right

    def nearest_of(self, sources: Numbers, limit: float) -> Floats:
        """Metres on foot from each point to the nearest of some of them; inf beyond ``limit`` and off the network."""
        if not len(sources):
            return np.full(self.size, np.inf)
        seats = self._nodes + self.size + np.asarray(sources, np.int64)
        found = dijkstra(self.links, directed=True, indices=seats, limit=limit, min_only=True)
        return np.asarray(found[self._nodes + self.size :])

    def within(self, sources: Numbers, targets: Numbers, limit: float, told: Any = None) -> csr_array[Any]:
        """Which targets lie within ``limit`` of which sources, as a sparse table of ones.

        ``told`` is called with the number of sources done.
        """
        rows, columns = [], []
        seats = self._nodes + self.size + np.asarray(sources, np.int64)
        wanted = self._nodes + self.size + np.asarray(targets, np.int64)
        for begin in range(0, len(seats), _BATCH):
            part = seats[begin : begin + _BATCH]
            found = dijkstra(self.links, directed=True, indices=part, limit=limit)[:, wanted]
            row, column = np.nonzero(np.isfinite(found))
            rows.append(row + begin)
            columns.append(column)
            if told is not None:
                told(min(len(seats), begin + _BATCH))
        row = np.concatenate(rows) if rows else np.zeros(0, np.int64)
        column = np.concatenate(columns) if columns else np.zeros(0, np.int64)
        shape = (len(seats), len(wanted))
        return csr_array(coo_array((np.ones(len(row)), (row, column)), shape=shape))
