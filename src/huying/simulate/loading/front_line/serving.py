"""Services near home in a demonstration: what stands where, ways on foot, homes, what was asked of centres."""

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import shapely
from django.db.models import F

from huying.access.actor import system
from huying.kernel.errors import HuyingError
from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending
from huying.services.actions import (
    Arrangement,
    NewAsk,
    arrange,
    ask,
    draw_circle,
    finish,
    import_facilities,
    offer,
    open_slots,
    put_homes,
    put_roads,
    rate,
)
from huying.services.queries import SoughtFacilities, facilities_for, slots_of
from huying.services.queries.offered import offered_by
from huying.services.rules.homes import Spot
from huying.services.rules.slots import NewService, Pattern
from huying.services.rules.tables import TableMap
from huying.services.rules.walking import ways_of
from huying.simulate.chance import dice
from huying.simulate.folk.names import person_name
from huying.simulate.folk.teams import phone
from huying.simulate.land import Land
from huying.texts.rules.occasions import Occasion

_SOURCE: Final = "demo"
_ZONE: Final = ZoneInfo("Asia/Shanghai")
_PEOPLE_PER_HOME: Final = 2.6
_OFFICE: Final = "周一至周五 09:00-12:00 14:00-17:30；节假日 休息"
_CENTRE: Final = "周一至周五 08:30-12:00 14:00-18:00；周六 09:00-12:00；节假日 休息"
_DAILY: Final = "每天 06:00-22:00"
# What a place is by the end of its name, with its hours and what it has.
_KINDS: Final = (
    ("街道办事处", "service_centre", _CENTRE, "母婴室、无障碍通行、可停车"),
    ("社区党群服务中心", "community_centre", _CENTRE, "母婴室、无障碍通行、除颤器 AED、饮水"),
    ("社区卫生服务中心", "clinic", "每天 08:00-20:00", "母婴室、无障碍通行"),
    ("社区健康服务站", "clinic", _OFFICE, "无障碍通行"),
    ("养老服务中心", "elder_care", "每天 全天", "无障碍通行、无障碍卫生间"),
    ("文化体育中心", "culture", "周二至周日 09:00-21:00", "母婴室、无障碍通行、可停车"),
    ("幼儿园", "kindergarten", "", ""),
    ("公共厕所", "toilet", "每天 全天", "无障碍卫生间"),
    ("垃圾分类投放点", "waste", "每天 07:00-09:00 18:00-21:00", ""),
    ("充电棚", "charging", "每天 全天", ""),
    ("派出所", "police", "每天 全天", "无障碍通行"),
)
_USES: Final = {
    "school": ("school", "", ""),
    "hospital": ("hospital", "每天 全天", "母婴室、无障碍通行、可停车、除颤器 AED"),
    "park": ("park", _DAILY, "饮水"),
    "market": ("market", "每天 06:00-20:00", "可停车"),
}
_OFFERED: Final = (
    NewService(name="助浴", category="养老", words="带换洗衣物，最好有家人陪同。", minutes=60, notice=24),
    NewService(name="四点半课堂", category="托管", words="小学生，自带作业。", minutes=90, confirms=False),
    NewService(name="代办高龄津贴", category="代办", words="带身份证、户口本。", minutes=30, notice=4),
)
_TIMES: Final = ((time(9), time(10)), (time(16),), (time(9), time(14, 30)))
_TOLD: Final = [
    one.value
    for one in (
        Occasion.SERVICE_ASKED,
        Occasion.SERVICE_TAKEN_BACK,
        Occasion.SERVICE_ARRANGED,
        Occasion.SERVICE_SOON,
        Occasion.SERVICE_OFF,
    )
]
_BACK: Final = timedelta(days=28)
_CENTRES: Final = 4


def serve_near_home(seed: int, land: Land, now: datetime) -> None:
    """Facilities of the whole district, its roads and homes, the first circle, and a month of what was asked for."""
    by = system(int(land.code))
    table = TableMap(
        _SOURCE, {name: name for name in ("key", "name", "kind", "lon", "lat", "address", "hours", "amenities")},
        kinds={kind: kind for kind in _coded()},
    )  # fmt: skip
    import_facilities(by, _sheet(land), table, now - _BACK)
    lines = [
        shapely.LineString(line)
        for road in land.roads
        if road.kind != "river"
        for line in road.lines
        if len(line) > 1
    ]
    put_roads(by, ways_of(lines), "演示区道路", now)
    put_homes(by, list(_homes(land)), "演示区住户", now)
    draw_circle(by, now)
    _ask_about(seed, land, now)
    _sent_then(by.district)


def _sent_then(district: int) -> None:
    """What residents were told in that month they had then: nothing of it waits for a carrier now."""
    told = Notice.objects.filter(district=district, state=Sending.WAITING.value, occasion__in=_TOLD)
    told.update(state=Sending.SENT.value, next_at=None, sent_at=F("made_at"))


def _coded() -> set[str]:
    return {kind for _end, kind, *_more in _KINDS} | {kind for kind, *_more in _USES.values()} | {"bus_stop"}


def _sheet(land: Land) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["key", "name", "kind", "lon", "lat", "address", "hours", "amenities"])
    rows.writerows(_rows(land))
    return out.getvalue().encode()


def _rows(land: Land) -> Iterator[tuple[object, ...]]:
    for number, spot in enumerate(land.spots):
        for end, kind, hours, has in _KINDS:
            if spot.kind not in {"road", "building", "estate"} and spot.name.endswith(end):
                yield f"spot-{number}", spot.name, kind, spot.lon, spot.lat, spot.address, hours, has
                break
    for number, block in enumerate(land.blocks):
        if block.use in _USES:
            kind, hours, has = _USES[block.use]
            lon, lat = block.inside(0.5, 0.5)
            kind = "kindergarten" if block.name.endswith("幼儿园") else kind
            address = f"{block.road}{block.number}号" if block.road else ""
            yield f"block-{number}", block.name, kind, lon, lat, address, hours, has
    yield from _stops(land)


def _stops(land: Land) -> Iterator[tuple[object, ...]]:
    """A stop at every fourth corner of a wide road, named after the road that crosses there."""
    for road in land.roads:
        if road.kind not in {"ring", "radial", "avenue"}:
            continue
        for part, line in enumerate(road.lines):
            for number, (lon, lat) in enumerate(line):
                if number % 40 == 20:
                    name = f"{road.name}{part * 10 + number // 40 + 1}站"
                    key = f"stop-{road.name}-{part}-{number}"
                    yield key, f"{name}(公交站)", "bus_stop", lon, lat, "", "每天 06:00-22:30", ""


def _homes(land: Land) -> Iterator[Spot]:
    for block in land.blocks:
        if block.homes:
            lon, lat = block.inside(0.5, 0.5)
            yield Spot(lon, lat, round(block.homes * _PEOPLE_PER_HOME), block.name, block.grid)


def _ask_about(seed: int, land: Land, now: datetime) -> None:
    """A few centres offer what they do, and people of their streets ask for it."""
    by = system(int(land.code))
    begin = (now - _BACK).astimezone(_ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
    every = facilities_for(by, SoughtFacilities(kind="community_centre"), limit=200)
    centres = every[:: max(1, len(every) // _CENTRES)][:_CENTRES]
    for centre in centres:
        for new, times in zip(_OFFERED, _TIMES, strict=True):
            service = offer(by, centre.id, new, begin)
            first = begin.date()
            pattern = Pattern(first, first + timedelta(days=56), frozenset({0, 2, 4}), times, 2)
            open_slots(by, service, pattern, begin)
    for number, community in enumerate(land.of("community") if centres else ()):
        _asks(seed, community.code, centres[number % len(centres)].id, number, begin, now)


def _asks(seed: int, community: str, centre: int, number: int, begin: datetime, now: datetime) -> None:
    district = int(community[:6])
    services = offered_by(district, centre)
    # The last of each community came today: it waits for the centre.
    for turn in range(4):
        rng = dice(seed, "ask", community, turn)
        service = services[(number + turn) % len(services)]
        asked = begin + timedelta(days=rng.randrange(2, 27), hours=rng.randrange(0, 9))
        if turn == 3:
            asked = now - timedelta(minutes=rng.randrange(20, 600))
        if asked >= now:
            continue
        free = slots_of(district, service, asked, 7)
        new = NewAsk(
            key=uuid.UUID(int=rng.getrandbits(128), version=4), name=person_name(rng, rng.random() < 0.6),
            phone=phone(seed, f"ask-{community}-{turn}"), slot_id=free[0].id if free else None, community=community,
        )  # fmt: skip
        try:
            made = ask(district, service.id, new, asked)
            if free and free[0].starts_at < now:
                _done(district, made.id, free[0].starts_at, rng.choice((5, 5, 4, 3)), asked)
        except HuyingError:
            # The one slot within reach was full: so it is with real ones.
            continue


def _done(district: int, ask_id: int, at: datetime, stars: int, asked: datetime) -> None:
    by = system(district, "党群服务中心")
    slot = Arrangement(worker="中心社工")
    arrange(by, ask_id, slot, asked + timedelta(minutes=40))
    finish(by, ask_id, True, at + timedelta(hours=1))
    rate(district, ask_id, stars, "", at + timedelta(hours=5))
