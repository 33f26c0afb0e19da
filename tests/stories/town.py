"""The town of the stories: one district with its streets, units, list and people, as data."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import shapely

from huying.access.actor import system
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.people.actions import (
    NewBearing,
    NewBody,
    NewPost,
    create_account,
    create_bodies,
    create_key,
    set_bearings,
)
from huying.people.rules.kinds import BodyKind
from huying.places.actions import add_places, put_areas, put_district
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from tests.stories.moving import Clock

DISTRICT: Final = 990102
STREET, OTHER = "990102001", "990102002"
COMMUNITY, GRID = "990102001001", "990102001001001"
_WEST, _SOUTH, _SIDE = 114.30, 22.60, 0.02

_UNITS: Final = (
    # key, name, short name, kind, where, duties
    ("water", "呼应区水务局", "区水务局", BodyKind.DEPARTMENT, str(DISTRICT), ("water",)),
    (
        "urban",
        "呼应区城市管理和综合执法局",
        "区城管局",
        BodyKind.DEPARTMENT,
        str(DISTRICT),
        ("urban_management",),
    ),
    ("clean", "呼应区环境卫生中心", "区环卫中心", BodyKind.DEPARTMENT, str(DISTRICT), ("sanitation",)),
    ("green", "呼应区园林绿化中心", "区园林中心", BodyKind.DEPARTMENT, str(DISTRICT), ("greening",)),
    (
        "roads",
        "呼应区市政设施管养中心",
        "区市政中心",
        BodyKind.DEPARTMENT,
        str(DISTRICT),
        ("municipal", "lighting"),
    ),
    (
        "housing",
        "呼应区住房和建设局",
        "区住建局",
        BodyKind.DEPARTMENT,
        str(DISTRICT),
        ("housing", "property"),
    ),
    ("market", "呼应区市场监督管理局", "区市场监管局", BodyKind.DEPARTMENT, str(DISTRICT), ("market",)),
    ("traffic", "呼应区交通警察大队", "区交警大队", BodyKind.DEPARTMENT, str(DISTRICT), ("traffic_police",)),
    ("fire", "呼应区消防救援大队", "区消防大队", BodyKind.DEPARTMENT, str(DISTRICT), ("fire",)),
    ("estate", "安居乐物业服务有限公司", "安居乐物业", BodyKind.PROPERTY, STREET, ("property_company",)),
    ("lifts", "迅捷电梯维保有限公司", "迅捷维保", BodyKind.OTHER, STREET, ()),
    ("street", "书院路街道办事处", "书院路街道", BodyKind.STREET, STREET, ("street",)),
    ("station", "学堂坡社区工作站", "学堂坡社区", BodyKind.COMMUNITY, COMMUNITY, ("community",)),
)
_PEOPLE: Final = (
    # name, role, where, key of the unit
    ("周小芳", Role.SEAT, str(DISTRICT), ""),
    ("陈建国", Role.STREET_DISPATCHER, STREET, ""),
    ("李敏", Role.STREET_DISPATCHER, STREET, ""),
    ("刘卫东", Role.STREET_LEADER, STREET, ""),
    ("何伟", Role.DISTRICT_DISPATCHER, str(DISTRICT), ""),
    ("孙丽", Role.SUPERVISOR, str(DISTRICT), ""),
    ("郑和平", Role.RULING_OFFICER, str(DISTRICT), ""),
    ("冯静", Role.EVALUATOR, str(DISTRICT), ""),
    ("高敏", Role.ADMINISTRATOR, str(DISTRICT), ""),
    ("王秀英", Role.GRID_WORKER, GRID, "station"),
    ("梁慧芳", Role.COMMUNITY_STATION, COMMUNITY, "station"),
    ("邓文博", Role.DEPARTMENT_HANDLER, str(DISTRICT), "water"),
    ("秦刚", Role.DEPARTMENT_HANDLER, str(DISTRICT), "urban"),
    ("韩梅", Role.DEPARTMENT_HANDLER, str(DISTRICT), "clean"),
    ("林青", Role.DEPARTMENT_HANDLER, str(DISTRICT), "green"),
    ("石磊", Role.DEPARTMENT_HANDLER, str(DISTRICT), "roads"),
    ("江涛", Role.DEPARTMENT_HANDLER, str(DISTRICT), "housing"),
    ("谢敏", Role.DEPARTMENT_HANDLER, str(DISTRICT), "market"),
    ("马超", Role.DEPARTMENT_HANDLER, str(DISTRICT), "traffic"),
    ("霍焱", Role.DEPARTMENT_HANDLER, str(DISTRICT), "fire"),
    ("吴经理", Role.DEPARTMENT_HANDLER, STREET, "estate"),
    ("尤师傅", Role.DEPARTMENT_HANDLER, STREET, "lifts"),
    ("丁洁", Role.DEPARTMENT_HANDLER, STREET, "street"),
)
_SPOTS: Final = (
    ("学堂坡小区", 0.30, 0.20),
    ("书院路与文庙街口", 0.60, 0.25),
    ("云麓花园", 0.75, 0.40),
    ("书院小学", 0.45, 0.10),
    ("老粮库宿舍", 0.20, 0.42),
    ("文庙广场", 1.40, 0.30),
)


@dataclass(frozen=True)
class Town:
    """Ids of accounts by name; the raw keys of the hotline and of the cameras; spots as (longitude, latitude)."""

    accounts: dict[str, int]
    key: str
    camera: str
    spots: dict[str, tuple[float, float]]


def build(clock: Clock) -> Town:
    """Open the district, a year before anything happens in it."""
    began = clock.now - timedelta(days=365)
    put_district(DISTRICT, "呼应区", lon=_WEST, lat=_SOUTH, city="海州市")
    put_areas(DISTRICT, _areas(), now=began)
    spots = {name: (_WEST + x * _SIDE, _SOUTH + y * _SIDE) for name, x, y in _SPOTS}
    add_places(DISTRICT, [PlaceDraft(name, PlaceKind.POI, *at) for name, at in spots.items()])
    by = system(DISTRICT)
    units = create_bodies(
        by,
        [NewBody(key, name, kind, area, short_name=short) for key, name, short, kind, area, _d in _UNITS],
        began,
    )
    set_bearings(
        by,
        [NewBearing(duty, area, units[key]) for key, _n, _s, _k, area, duties in _UNITS for duty in duties],
        began,
    )
    load_starter(by, DISTRICT, began)
    accounts = {
        name: create_account(
            by, f"u{number}", name, [NewPost(role, area, units.get(key))], began, password="Huying-2026",
            must_change_password=False,
        )
        for number, (name, role, area, key) in enumerate(_PEOPLE)
    }  # fmt: skip
    hotline = create_key(by, "市热线平台", Role.SEAT, str(DISTRICT), began)[1]
    camera = create_key(by, "视频平台", Role.SEAT, str(DISTRICT), began, scopes=[Permission.EMERGENCY_OPEN])[
        1
    ]
    return Town(accounts, hotline, camera, spots)


def _areas() -> list[AreaDraft]:
    def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
        west, south = _WEST + x * _SIDE, _SOUTH + y * _SIDE
        return shapely.box(west, south, west + width * _SIDE, south + height * _SIDE)

    grids = [
        AreaDraft(f"学堂坡社区第{n + 1}网格", Level.GRID, box(n / 2, 0, 0.5, 0.5), f"{COMMUNITY}{n + 1:03d}")
        for n in range(2)
    ]
    return [
        AreaDraft("书院路街道", Level.STREET, box(0, 0, 1, 1), STREET),
        AreaDraft("文庙街道", Level.STREET, box(1, 0, 1, 1), OTHER),
        AreaDraft("学堂坡社区", Level.COMMUNITY, box(0, 0, 1, 0.5), COMMUNITY),
        AreaDraft("云麓社区", Level.COMMUNITY, box(0, 0.5, 1, 0.5), f"{STREET}002"),
        *grids,
    ]
