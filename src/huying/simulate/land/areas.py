"""Streets, communities and grids: the ground divided three times, with codes, names and blocks."""

from dataclasses import dataclass, field

from huying.simulate.land.blocks import block
from huying.simulate.land.divide import divide
from huying.simulate.land.lattice import Face, Lattice, loop
from huying.simulate.land.mesh import rings, signed_area
from huying.simulate.land.names import land_names
from huying.simulate.land.roads import Streets
from huying.simulate.land.shapes import Area, Block, Level, Point, Ring
from huying.simulate.land.uses import Namer


@dataclass
class Made:
    """Areas from street to grid, parents before children, and the block on every face."""

    areas: list[Area] = field(default_factory=list)
    blocks: dict[Face, Block] = field(default_factory=dict)


def stacked(streets: Streets, faces: list[Face], plan: list[list[int]], code: str) -> Made:
    """Divide a district's faces as planned: ``plan`` holds each street's communities' grid counts."""
    lattice, made = streets.lattice, Made()
    stems = land_names(lattice.seed, code)
    namer = Namer(lattice.seed, code)
    for number, part in enumerate(divide(faces, [float(sum(grids)) for grids in plan])):
        street, stem = f"{code}{number + 1:03d}", next(stems)
        below = Made()
        for order, patch in enumerate(divide(part, [float(count) for count in plan[number]])):
            community, own = f"{street}{order + 1:03d}", next(stems)
            inner = _grids(streets, namer, patch, plan[number][order], (community, own))
            titles: tuple[str, str, Level, str] = (community, f"{own}社区", "community", street)
            below.areas += [area(lattice, patch, titles, list(inner.blocks.values())), *inner.areas]
            below.blocks |= inner.blocks
        made.areas += [
            area(lattice, part, (street, f"{stem}街道", "street", code), list(below.blocks.values())),
            *below.areas,
        ]
        made.blocks |= below.blocks
    return made


def _grids(streets: Streets, namer: Namer, patch: list[Face], count: int, community: tuple[str, str]) -> Made:
    made, (code, stem) = Made(), community
    for number, faces in enumerate(divide(patch, [1.0] * count)):
        grid = f"{code}{number + 1:03d}"
        blocks = {face: block(streets, namer, face, grid, stem) for face in faces}
        title: tuple[str, str, Level, str] = (grid, f"{stem}社区第{number + 1:02d}网格", "grid", code)
        made.areas.append(area(streets.lattice, faces, title, list(blocks.values())))
        made.blocks |= blocks
    return made


def area(
    lattice: Lattice, faces: list[Face], title: tuple[str, str, Level, str], blocks: list[Block]
) -> Area:
    """The area made of the faces; its label stands in the face nearest their middle."""
    code, name, level, parent = title
    lon, lat = _label(lattice, faces)
    return Area(
        code=code,
        name=name,
        level=level,
        parent=parent,
        polygons=_polygons(rings(lattice, faces)),
        lon=lon,
        lat=lat,
        homes=sum(part.homes for part in blocks),
        shops=sum(part.shops for part in blocks),
    )


def _polygons(found: list[Ring]) -> tuple[tuple[Ring, ...], ...]:
    """Holes belong to the largest outer ring: an area of connected faces has only one."""
    outer = sorted((ring for ring in found if signed_area(ring) > 0), key=signed_area, reverse=True)
    holes = tuple(ring for ring in found if signed_area(ring) < 0)
    return ((outer[0], *holes), *((ring,) for ring in outer[1:]))


def _label(lattice: Lattice, faces: list[Face]) -> Point:
    middles = []
    for face in faces:
        corners = [lattice.metres(node) for node in loop(face)]
        middles.append((sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)))
    x = sum(point[0] for point in middles) / len(middles)
    y = sum(point[1] for point in middles) / len(middles)
    best = min(middles, key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2)
    return lattice.degrees(*best)
