"""Two communities drawn with grids of uneven work, roads between their blocks, and what stands there."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, receive
from huying.geo.shapes import to_geojson
from huying.gridding.actions import ask_plan, draw, put_sites
from huying.gridding.rules.drafts import SiteDraft
from huying.gridding.rules.kinds import SiteKind, Within
from huying.gridding.rules.weighing import Weights
from huying.gridding.rules.wishes import Wishes
from huying.places.actions import add_places, put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast
from tests.gridding.lattice import SOUTH, STEP, WEST, box, roads

SECOND = f"{COMMUNITY}002"
OTHER_COMMUNITY = f"{STREET}002"
THIRD = f"{OTHER_COMMUNITY}001"
QUICK = 0.2
#: Homes alone: a mean grid of the first community has 120.
WEIGHTS = Weights(people=0, homes=100, buildings=0, shops=0, cases=0)


def settle(cast: Cast) -> None:
    """The first community of 6 x 4 blocks, 10 homes each, in grids of 4 and 2 columns; the other of 3 x 4 in one."""
    forget(DISTRICT)
    put_areas(DISTRICT, [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 9, 4), STREET),
        AreaDraft("白塔街道", Level.STREET, box(9, 0, 3, 4), OTHER_STREET),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 6, 4), COMMUNITY),
        AreaDraft("柳湾社区", Level.COMMUNITY, box(6, 0, 3, 4), OTHER_COMMUNITY),
        AreaDraft("老渡社区第01网格", Level.GRID, box(0, 0, 4, 4), GRID),
        AreaDraft("老渡社区第02网格", Level.GRID, box(4, 0, 2, 4), SECOND),
        AreaDraft("柳湾社区第01网格", Level.GRID, box(6, 0, 3, 4), THIRD),
    ], now=MONDAY, source="测绘")  # fmt: skip
    add_places(DISTRICT, [
        PlaceDraft(f"{n + 1}号路", PlaceKind.ROAD, *line.coords[0], geometry=to_geojson(line))
        for n, line in enumerate(roads(9, 4))
    ])  # fmt: skip
    put_sites(cast.administrator, houses(), MONDAY, "户籍底数")


def houses() -> Iterator[SiteDraft]:
    """A house of 10 homes on every block; those of two blocks are an estate."""
    for x in range(9):
        for y in range(4):
            estate = "花园" if (x, y) in {(3, 0), (4, 0)} else ""
            lon, lat = WEST + (x + 0.5) * STEP, SOUTH + (y + 0.5) * STEP
            name = f"{x}-{y}"
            yield SiteDraft(
                f"building:{name}",
                SiteKind.BUILDING,
                lon,
                lat,
                name,
                estate,
                homes=10,
                people=26,
                buildings=1,
            )


def wishes(**changed: object) -> Wishes:
    given: dict[str, object] = {
        "name": "均一均", "scope": COMMUNITY, "grids": 2, "within": Within.COMMUNITY, "weights": WEIGHTS, "keep": 50,
    }  # fmt: skip
    return Wishes(**{**given, **changed})  # type: ignore[arg-type]


def drawn(by: Actor, key: UUID | None = None, **changed: object) -> int:
    """A plan, asked for and drawn in this process."""
    number = ask_plan(by, wishes(**changed), key or uuid4(), MONDAY, behind=False)
    draw(by, number, MONDAY, effort=QUICK)
    return number


def complain(cast: Cast, x: float, y: float, count: int) -> None:
    """Cases about one place."""
    lon, lat = WEST + x * STEP, SOUTH + y * STEP
    new = [
        NewAppeal(text=f"路灯不亮{n}", channel="web", area=COMMUNITY, lon=lon, lat=lat) for n in range(count)
    ]
    receive(DISTRICT, new, by=cast.system, now=MONDAY)
