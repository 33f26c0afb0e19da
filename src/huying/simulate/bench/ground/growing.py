"""Areas grown along the blocks of a street plan, each within one area of the level above."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import shapely

from huying.gridding.rules.given import Ints, Outlined
from huying.simulate.bench.ground.mesh import Mesh


@dataclass(frozen=True, slots=True)
class Named:
    """Areas with codes, by the number of the label they were grown under."""

    areas: Sequence[Outlined]
    codes: Sequence[str]


def grown(rng: np.random.Generator, mesh: Mesh, above: Ints, count: int) -> Ints:
    """A label for every face: ``count`` connected areas, of about equal ground weighted by how dense it is.

    What no area reaches (a rim cut off from the rest) goes to the nearest one of the same area above.
    """
    weight = mesh.areas * (mesh.dense + 0.05)
    label = np.full(len(mesh.faces), -1, np.int64)
    parents = np.unique(above)
    shares = _shares(np.array([weight[above == parent].sum() for parent in parents]), count)
    first = 0
    for parent, share in zip(parents.tolist(), shares, strict=True):
        own = np.flatnonzero(above == parent)
        _grow(rng, mesh, own, weight, label, (first, share))
        first += share
    return label


def _shares(weights: np.ndarray, count: int) -> list[int]:
    shares = [1] * len(weights)
    for _more in range(count - len(weights)):
        shares[int(np.argmax(weights / (np.array(shares) + 0.5)))] += 1
    return shares


def _grow(
    rng: np.random.Generator, mesh: Mesh, own: Ints, weight: np.ndarray, label: Ints, named: tuple[int, int]
) -> None:
    first, count = named
    inside = set(own.tolist())
    chance = weight[own] / weight[own].sum()
    seeds = rng.choice(own, size=min(count, len(own)), replace=False, p=chance).tolist()
    queue = [(0.0, first + number) for number in range(len(seeds))]
    edge = {first + number: [seed] for number, seed in enumerate(seeds)}
    heapify(queue)
    while queue:
        held, area = heappop(queue)
        face = _next(edge[area], label)
        if face is None:
            continue
        label[face] = area
        edge[area] += [other for other in mesh.near[face] if other in inside and label[other] < 0]
        heappush(queue, (held + float(weight[face]), area))
    left = own[label[own] < 0]
    done = own[label[own] >= 0]
    for face in left.tolist():
        far = ((mesh.middles[done] - mesh.middles[face]) ** 2).sum(axis=1)
        label[face] = label[done[int(far.argmin())]]


def _next(edge: list[int], label: Ints) -> int | None:
    while edge:
        face = edge.pop(0)
        if label[face] < 0:
            return face
    return None


def named(mesh: Mesh, label: Ints, parents: Sequence[str], word: str, above: Ints | None = None) -> Named:
    """The areas of a label as outlines with codes below those of the areas above."""
    areas, codes = [], []
    serial: dict[str, int] = {}
    for number in range(int(label.max()) + 1):
        own = np.flatnonzero(label == number)
        parent = parents[int(above[own[0]])] if above is not None else parents[0]
        serial[parent] = serial.get(parent, 0) + 1
        code = f"{parent}{serial[parent]:03d}"
        codes.append(code)
        areas.append(Outlined(code, f"第{serial[parent]}{word}", shapely.union_all(mesh.faces[own])))
    return Named(areas, codes)
