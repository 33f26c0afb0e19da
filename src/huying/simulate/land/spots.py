"""The gazetteer: what people name when they say where, with the other ways they say it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from huying.simulate.chance import dice, unit
from huying.simulate.land.lattice import Face, Node, loop
from huying.simulate.land.mesh import sides
from huying.simulate.land.names import ESTATE_STEMS
from huying.simulate.land.roads import Streets
from huying.simulate.land.shapes import Area, Block, Point, Road, Spot, SpotKind

_LIVED_IN = {"estate": 34, "old_estate": 26, "village": 7}
_LEVELS = (15, 12, 9, 6)
#: What each street and community has, and after the stroke what people call it.
_OFFICES = {
    "street": (
        "街道办事处/街道办",
        "派出所",
        "社区卫生服务中心/社康中心",
        "街道综合养老服务中心/养老院",
        "消防救援站/消防站",
        "文化体育中心/文体中心",
        "垃圾转运站/垃圾站",
    ),
    "community": (
        "社区党群服务中心/居委会",
        "社区工作站/社区办公楼",
        "中心幼儿园/幼儿园",
        "社区健康服务站/卫生站",
        "公共厕所/公厕",
        "电动自行车充电棚/充电棚",
        "垃圾分类投放点/垃圾房",
    ),
}


def common(codes: Iterable[str]) -> str:
    """The code of the smallest area that holds all of the given grids."""
    codes = sorted(codes)
    return next((codes[0][:size] for size in _LEVELS if codes[0][:size] == codes[-1][:size]), "")


def of_block(seed: int, block: Block) -> Iterator[Spot]:
    """The estate or institution on a block, and its buildings."""
    lived_in = block.use in _LIVED_IN
    lon, lat = block.inside(0.5, 0.5)
    address = f"{block.road}{block.number}号" if block.road else ""
    kind: SpotKind = "estate" if lived_in else "landmark" if block.use in ("park", "commerce") else "poi"
    yield Spot(kind, block.name, _aliases(block), lon, lat, block.grid, address)
    if lived_in:
        yield from _buildings(seed, block, address)


def _aliases(block: Block) -> tuple[str, ...]:
    if block.use == "estate":
        # Named after its community, the bare stem would mean the community and not the estate.
        short = next((stem for stem in ESTATE_STEMS if block.name.startswith(stem)), "")
        return tuple(filter(None, (short, "" if block.name.endswith("小区") else f"{block.name}小区")))
    swap = {
        "菜市场": "街市",
        "农贸市场": "菜市场",
        "旧改项目工地": "旧改工地",
        "工业园": "工业区",
        "小学": "学校",
    }
    for tail, other in swap.items():
        if block.name.endswith(tail):
            return (block.name.removesuffix(tail) + other,)
    return ()


def _buildings(seed: int, block: Block, address: str) -> Iterator[Spot]:
    rng = dice(seed, "buildings", block.name)
    count = max(2, block.homes // _LIVED_IN[block.use])
    across = max(2, round(count**0.5))
    for number in range(1, count + 1):
        row, column = divmod(number - 1, across)
        aliases: tuple[str, ...] = ()
        part = 0.18 + 0.64 * (column + 0.5) / across, 0.18 + 0.64 * (row + 0.5) / (count // across + 1)
        lon, lat = block.inside(part[0] + 0.02 * rng.random(), part[1] + 0.02 * rng.random())
        if block.use == "village":
            name = f"{block.name}{'东西南北'[row % 4]}{'一二三四五六七八九'[column % 9]}巷{row + 1}号"
        else:
            name = f"{block.name}{number}栋"
            aliases = (f"{block.name}{number}号楼", f"{block.name}{number}座")
        yield Spot("building", name, aliases, lon, lat, block.grid, f"{address}{name}")


def of_roads(streets: Streets, roads: Iterable[Road], grids: Mapping[Face, str]) -> Iterator[Spot]:
    """Each road and the river as a whole, placed at the middle of its longest line."""
    beside: dict[str, set[str]] = defaultdict(set)
    for face, grid in grids.items():
        for side in sides(face):
            key = streets.key(side)
            if key is not None:
                beside[streets.name(key)].add(grid)
            elif streets.lattice.is_river(side):
                beside[streets.river].add(grid)
    for road in roads:
        line = max(road.lines, key=len)
        lon, lat = line[len(line) // 2]
        kind: SpotKind = "river" if road.kind == "river" else "road"
        yield Spot(kind, road.name, (), lon, lat, common(beside[road.name]), "")


class _Corners:
    """What meets at each corner of the street plan."""

    def __init__(self, streets: Streets, faces: Iterable[Face]) -> None:
        self.roads: dict[Node, set[str]] = defaultdict(set)
        self.water: set[Node] = set()
        self.faces: dict[Node, list[Face]] = defaultdict(list)
        for face in sorted(faces):
            for side in sides(face):
                key = streets.key(side)
                for node in side:
                    self.faces[node].append(face)
                    if key is not None:
                        self.roads[node].add(streets.name(key))
                    elif streets.lattice.is_river(side):
                        self.water.add(node)


def of_corners(streets: Streets, grids: Mapping[Face, str]) -> Iterator[Spot]:
    """Crossings, the bus stops beside some of them, and bridges."""
    corners = _Corners(streets, grids)
    for node in sorted(corners.roads):
        point, names = streets.lattice.point(node), sorted(corners.roads[node])
        area = common(grids[face] for face in corners.faces[node])
        if node in corners.water:
            yield Spot("landmark", f"{names[0]}桥", (f"{names[0]}大桥",), *point, area, streets.river)
        elif len(names) > 1:
            yield _crossing(names[0], names[1], point, area)
            if unit(streets.lattice.seed, "stop", *node) < 0.22:
                face = corners.faces[node][0]
                yield _stop(names[0], names[1], _into(streets, node, face), grids[face])


def _crossing(one: str, other: str, point: Point, area: str) -> Spot:
    ways = (f"{other}与{one}路口", f"{one}{other}交叉口", f"{one}和{other}路口", f"{other}和{one}十字路口")
    return Spot("crossing", f"{one}与{other}路口", ways, *point, area, f"{one}、{other}")


def _stop(one: str, other: str, point: Point, grid: str) -> Spot:
    return Spot("poi", f"{one}{other}口公交站", (f"{one}{other}口车站",), *point, grid, one)


def _into(streets: Streets, node: Node, face: Face) -> Point:
    """A little way from a corner into the face, so that what stands there is on its ground."""
    corners = [streets.lattice.metres(corner) for corner in loop(face)]
    (x, y), middle = (
        streets.lattice.metres(node),
        [sum(axis) / len(corners) for axis in zip(*corners, strict=True)],
    )
    return streets.lattice.degrees(x + 0.16 * (middle[0] - x), y + 0.16 * (middle[1] - y))


def of_offices(area: Area, blocks: list[Block]) -> Iterator[Spot]:
    """What every community and street has: its office, clinic, toilet, nursery, police station …"""
    stem = area.name.removesuffix("街道").removesuffix("社区")
    for number, line in enumerate(_OFFICES["street" if area.level == "street" else "community"]):
        word, _, other = line.partition("/")
        block = blocks[number * 7 % len(blocks)]
        lon, lat = block.inside(0.3 + 0.05 * number, 0.7 - 0.05 * number)
        aliases = (stem + other,) if other else ()
        address = f"{block.road}{block.number + 2 * number + 2}号" if block.road else block.name
        yield Spot("poi", stem + word, aliases, lon, lat, block.grid, address)
