"""The last days in the streets of a demonstration: mornings on duty, what was found, what is to be looked at."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.calendars import calendar_of
from huying.catalogue.queries import items_for_text
from huying.geo.measure import moved
from huying.kernel.errors import HuyingError
from huying.kernel.numbers import parse_case_number
from huying.patrol.actions import Stamp, ask, keep_part, put_plan, sign_off, sign_on, take_in, track
from huying.patrol.queries import own_finds
from huying.patrol.rules.kinds import CheckKind, FileKind, FindKind
from huying.patrol.rules.planning import NewPlan
from huying.patrol.rules.reporting import NewFile, NewFind, Spot
from huying.patrol.rules.walking import Step
from huying.simulate.chance import dice
from huying.simulate.land import Area, Land
from huying.simulate.loading.people import Crew
from huying.simulate.loading.photos import drawn
from huying.simulate.stories import Who

_NAMES: Final = UUID("5e1d3d4c-0f5e-4a53-9d0e-6f1f3a0f7c11")
_WALKERS, _DAYS, _STEPS = 6, 3, 40
_FOUND: Final = (
    ("路边井盖松动，车压过去有响声，已放锥桶提醒。", "", 1), ("人行道地砖翘起两块，老人容易绊倒。", "", 2),
    ("店门口纸箱占了盲道。", "已请店主搬进店里，盲道清出来了。", 0), ("绿化带里有一堆建筑垃圾，约三方。", "", 1),
    ("小区门口小广告贴了一排。", "已当场铲除并冲洗。", 0),
)  # fmt: skip


def walk_streets(seed: int, land: Land, crew: Crew, now: datetime) -> None:
    """Mornings of the last days in the first street's grids; one walks at this moment."""
    street = land.of("street")[0].code
    grids = [grid for grid in land.of("grid") if grid.code.startswith(street)][:_WALKERS]
    calendar = calendar_of(int(land.code))
    morning = now.astimezone(calendar.zone).replace(hour=8, minute=20, second=0, microsecond=0)
    days = [day for number in range(_DAYS, -1, -1) if (day := morning - timedelta(days=number)) < now]
    for place, grid in enumerate(grids):
        by = crew.actor(Who(Role.GRID_WORKER, grid.code, f"station-{grid.code[:12]}"))
        for number, day in enumerate(days):
            begins = day + timedelta(minutes=7 * place)
            if begins < now:
                _tour(seed, by, grid, begins, now, last=number == len(days) - 1)
        _find(seed, by, grid, days[0] + timedelta(minutes=50 + 7 * place), now, place)
    lead = crew.actor(Who(Role.STREET_DISPATCHER, street))
    for grid in grids[:2]:
        put_plan(lead, NewPlan(area=grid.code, name="背街小巷日巡", times=5, minutes=60), days[0])
    _ask(lead, crew, grids[0], now)


def _tour(seed: int, by: Actor, grid: Area, begins: datetime, now: datetime, *, last: bool) -> None:
    tour = uuid5(_NAMES, f"{seed} {grid.code} {begins:%Y-%m-%d}")
    start = Spot(grid.lon, grid.lat, 8.0)
    sign_on(by, Stamp(tour, begins, begins, start), begins)
    steps = list(_way(seed, grid, begins))
    ends = begins + timedelta(minutes=2 * _STEPS + 10)
    track(by, tour, [step for step in steps if step.at < now], min(ends, now))
    if not last or ends < now:
        sign_off(by, Stamp(tour, ends, ends, start), ends)


def _way(seed: int, grid: Area, begins: datetime) -> Iterator[Step]:
    rng, (lon, lat), angle = dice(seed, "patrol", grid.code, begins.day), (grid.lon, grid.lat), 0.0
    for number in range(_STEPS):
        yield Step(begins + timedelta(minutes=2 * number), lon, lat, 6.0)
        angle += rng.choice((0.0, 0.0, 90.0, -90.0, 180.0))
        lon, lat = moved(lon, lat, angle, rng.uniform(40, 110))
        if abs(lon - grid.lon) + abs(lat - grid.lat) > 0.004:
            lon, lat = grid.lon, grid.lat


def _find(seed: int, by: Actor, grid: Area, at: datetime, now: datetime, place: int) -> None:
    text, done, scene = _FOUND[place % len(_FOUND)]
    spot, arrived = Spot(grid.lon, grid.lat, 8.0), min(now, at + timedelta(minutes=95 * (place % 2) + 2))
    kinds = (FileKind.BEFORE, FileKind.AFTER) if done else (FileKind.SCENE,)
    files = [
        _sent(
            by, f"{seed} {grid.code} {kind}", drawn(scene, mended=kind is FileKind.AFTER), kind,
            at + timedelta(minutes=number),
        )
        for number, kind in enumerate(kinds)
    ]  # fmt: skip
    new = NewFind(
        key=str(uuid5(_NAMES, f"{seed} find {grid.code}")), kind=FindKind.FIXED if done else FindKind.REPORT, text=text,
        found_at=at, sent_at=arrived, tour=str(uuid5(_NAMES, f"{seed} {grid.code} {at:%Y-%m-%d}")), done=done,
        item=items_for_text(by.district)[0].code if done else "", spot=_offset(spot, place), files=files,
    )  # fmt: skip
    try:
        take_in(by, new, arrived)
    except HuyingError:
        # Beside a winding border the spot fell into the neighbour's.
        return


def _sent(by: Actor, name: str, content: bytes, kind: FileKind, at: datetime) -> NewFile:
    file_id = uuid5(_NAMES, name)
    keep_part(by, file_id, 0, content)
    return NewFile(str(file_id), kind, hashlib.sha256(content).hexdigest(), at)


def _offset(spot: Spot, place: int) -> Spot:
    lon, lat = moved(spot.lon, spot.lat, 60.0 * place, 30.0)
    return Spot(lon, lat, spot.accuracy)


def _ask(lead: Actor, crew: Crew, grid: Area, now: datetime) -> None:
    by = crew.actor(Who(Role.GRID_WORKER, grid.code, f"station-{grid.code[:12]}"))
    for row in own_finds(by, 1):
        _district, case_id = parse_case_number(row.number)
        ask(
            lead,
            case_id,
            CheckKind.VERIFY,
            "再去看一眼：锥桶还在不在，有没有扩大。",
            now + timedelta(hours=20),
            now,
        )
