"""The demonstration: one district with its people, its list and some months of history."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction

from huying.access.actor import system
from huying.catalogue.actions import load_starter
from huying.catalogue.actions.questions import write_starter_questions
from huying.catalogue.queries import item, items_for_text
from huying.knowledge.actions import load_starter_articles
from huying.simulate.chance import pick, unit
from huying.simulate.days import Calls, Ground, Rhythm
from huying.simulate.folk import Body, Person, bearings, bodies, staff
from huying.simulate.land import Land, Size, district
from huying.simulate.land.names import CITIES
from huying.simulate.loading.alarmed import raise_alarm
from huying.simulate.loading.asking import plan_follow_ups
from huying.simulate.loading.consulting import consult
from huying.simulate.loading.front_line.answering import answer_calls
from huying.simulate.loading.front_line.filming import film
from huying.simulate.loading.front_line.gridding import plan_grids
from huying.simulate.loading.front_line.homes import settle
from huying.simulate.loading.front_line.patrolling import walk_streets
from huying.simulate.loading.front_line.sensing import hang_devices
from huying.simulate.loading.front_line.serving import serve_near_home
from huying.simulate.loading.ground import open_district
from huying.simulate.loading.lately import tell_lately
from huying.simulate.loading.neighbours import set_up_city
from huying.simulate.loading.past import Lived, live_through
from huying.simulate.loading.people import engage
from huying.simulate.loading.preventing import clear_passages
from huying.simulate.loading.rating import rate_calls
from huying.simulate.loading.rescue import stand_by
from huying.simulate.loading.side_by_side import side_by_side
from huying.simulate.loading.teams import gather_teams
from huying.simulate.speech import matter_of
from huying.simulate.stories import Setting, lives, outcry, showcase
from huying.worktime import mainland

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made. ``password`` is that of every account of the cast."""

    land: Land
    units: tuple[Body, ...]
    cast: tuple[Person, ...]
    password: str
    lived: Lived


def load(
    seed: int,
    now: datetime,
    *,
    streets: int = 3,
    days: int = 90,
    cases: int = 6000,
    with_showcase: bool = True,
    processes: int = 1,
    progress: Callable[[int], None] = lambda count: None,
    stage: Callable[[str], None] = lambda text: None,
) -> Loaded:
    """Make the district of this seed in an empty database and live through the ``days`` before ``now``.

    ``cases`` is the expected number of matters; the true one is Poisson about it. The showcase's open cases
    come on top. One process makes everything in one transaction, all or nothing; more of them write side by
    side, for histories of hundreds of thousands, and what they wrote stays when they are stopped.
    """
    with transaction.atomic() if processes == 1 else nullcontext():
        loaded = _made(seed, now, streets, days, cases, with_showcase, processes, progress, stage)
    stage("告诉各岗位最近的事")
    tell_lately(int(loaded.land.code), now)
    return loaded


def password_of(seed: int) -> str:
    """The password of every account of the cast of this seed's demonstration."""
    return f"Huying-{1000 + int(9000 * unit(seed, 'password'))}"


def _made(
    seed: int,
    now: datetime,
    streets: int,
    days: int,
    cases: int,
    with_showcase: bool,
    processes: int,
    progress: Callable[[int], None],
    stage: Callable[[str], None],
) -> Loaded:
    stage("画地图、起地名")
    land = district(seed, Size(streets=streets))
    number, start = int(land.code), now - timedelta(days=days)
    open_district(land, pick(seed, CITIES, "city"), start)
    stage("设单位、定职责、配人员")
    units = bodies(seed, land)
    borne, people = bearings(seed, land, units), staff(seed, land, units)
    password = password_of(seed)
    crew = engage(number, units, borne, people, password, now, start)
    stage("编队伍、排班")
    gather_teams(seed, land, people, now)
    stand_by(seed, land, people, now)
    stage("装载职责清单")
    load_starter(system(number), number, start)
    write_starter_questions(system(number), start)
    plan_follow_ups(number, start)
    stage("装载知识库")
    load_starter_articles(system(number), now)
    set_up_city(number, start)
    matters = [matter_of(seed, item(number, text.code)) for text in items_for_text(number)]
    stage("重演办件历史")
    begin = start.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    setting = Setting(land.code, units, borne, mainland())

    def live(part: int, told: Callable[[int], None]) -> Lived:
        own = seed if processes == 1 else seed * 1000 + part
        calls = Calls(own, land, matters, Rhythm(own, begin, days + 1, cases // processes, ZONE))
        return live_through(own, lives(own, calls.by_matter(), setting, now), crew, now, told)

    if processes == 1:
        lived = live(0, progress)
    else:
        lived = side_by_side([partial(live, part) for part in range(processes)], progress)
    if with_showcase:
        loud = outcry(seed, Ground(land), matters, setting, start, now)
        lived = lived.with_more(live_through(seed, loud, crew, now))
        shown = showcase(seed, Ground(land), matters, setting, now)
        lived = lived.with_more(live_through(seed, shown, crew, now))
        stage("开会、议事")
        consult(land, now)
        stage("登记志愿者、召集")
        answer_calls(seed, land, now)
        stage("上个月的一起火情")
        raise_alarm(land, crew, _last_month(now, start))
        rate_calls(number, crew, now)
        stage("专项治理")
        clear_passages(land, crew, start, now)
        stage("挂设备、收读数")
        hang_devices(land, now)
        stage("摄像机报警")
        film(land, crew, now)
        stage("身边服务")
        serve_near_home(seed, land, now)
        stage("登记住户、排走访")
        settle(seed, land, start, now)
        stage("上街巡查")
        walk_streets(seed, land, crew, now)
        stage("网格调整方案")
        plan_grids(land, crew, now)
    return Loaded(land, tuple(units), tuple(person for person in people if person.cast), password, lived)


def _last_month(now: datetime, start: datetime) -> datetime:
    """An afternoon late last month, or yesterday's where the history is younger."""
    first = now.astimezone(ZONE).replace(day=1, hour=14, minute=23, second=7, microsecond=0)
    at = first - timedelta(days=6)
    return at if at > start + timedelta(days=1) else now - timedelta(days=1, hours=1)
