"""A district with one grid, and people to put on duty in it."""

from dataclasses import dataclass
from datetime import time

import pytest

from huying.places.actions import put_areas
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from huying.teams.actions import (
    NewMember,
    create_post,
    ensure_member,
    load_starter_kinds,
    put_turn,
)
from huying.teams.queries import kinds_of
from huying.teams.rules.kinds import DutyDays
from huying.teams.rules.turns import Hours, TurnPlan
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET, Cast, gather
from tests.places.conftest import box

DAY = TurnPlan("白班", Hours(time(8), time(20)), DutyDays.EVERY, 1, 1)
NIGHT = TurnPlan("夜班", Hours(time(20), time(8)), DutyDays.EVERY, 0, 1)


@dataclass(frozen=True)
class Ground:
    """The cast with a duty post at the street, its turns by name, and members by name."""

    cast: Cast
    kinds: dict[str, int]
    post: int
    turns: dict[str, int]
    people: dict[str, int]


def draw(cast: Cast) -> None:
    """Two streets; in the first a community with two grids."""
    drafts = [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("河东街道", Level.STREET, box(1, 0, 1, 1)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("第1网格", Level.GRID, box(0, 0, 0.5, 0.5)),
        AreaDraft("第2网格", Level.GRID, box(0.5, 0, 0.5, 0.5)),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY, source="测绘")


def laid(cast: Cast) -> Ground:
    """Everything a duty needs."""
    draw(cast)
    by = cast.system
    load_starter_kinds(by, MONDAY)
    people = {
        name: ensure_member(by, NewMember(name, area, f"1380000{number:04d}", "科员"), MONDAY)
        for number, (name, area) in enumerate(
            [("张三", STREET), ("李四", STREET), ("王五", STREET), ("赵六", COMMUNITY), ("老主任", GRID)]
        )
    }
    post = create_post(by, STREET, "青石街道指挥中心", MONDAY)
    turns = {plan.name: put_turn(by, post, plan, MONDAY) for plan in (DAY, NIGHT)}
    return Ground(cast, {kind.code: kind.id for kind in kinds_of(DISTRICT)}, post, turns, people)


@pytest.fixture
def ground(db: None) -> Ground:
    return laid(gather())
