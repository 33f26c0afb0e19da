"""Who said they would help, and whom a street calls: what a demonstration shows of volunteers and the joint meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor, system
from huying.emergency.rules.hours import Hours
from huying.geo.measure import moved
from huying.simulate.chance import dice
from huying.simulate.folk.names import person_name
from huying.simulate.folk.teams import phone
from huying.simulate.land import Area, Land
from huying.simulate.loading.front_line.sharing import share
from huying.volunteers.actions import (
    check_in,
    check_out,
    claim,
    close,
    muster,
    register,
)
from huying.volunteers.rules.kinds import VolunteerKind
from huying.volunteers.rules.mustering import NewMuster
from huying.volunteers.rules.registering import NewVolunteer

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_DAY: Final = timedelta(days=1)
_PEOPLE: Final = 14
_COMMUNITIES: Final = 4
# Degrees about the middle of a community: within a few hundred metres.
_NEAR: Final = 0.003
_SKILLS: Final = (
    ("clean", "order"), ("visit", "elder"), ("first_aid", "visit"), ("delivery", "driving"), ("repair",), ("barber",),
    ("tutor", "gadget"), ("law", "mediate"), ("clean",), ("arts", "writing"), ("order", "first_aid"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Called:
    """A muster of so many days ago: what for, how many, how many came forward and came."""

    days: int
    title: str
    words: str
    quota: int
    forward: int
    came: int
    hours: int


_PAST: Final = (
    _Called(52, "清扫楼道和绿地", "自带手套，扫帚社区备好。", 8, 9, 7, 2),
    _Called(31, "给独居老人送热饭", "两人一组，顺便看看家里水电。", 6, 8, 6, 3),
    _Called(17, "给环卫工送热水", "在社区服务中心领水。", 4, 4, 4, 2),
    _Called(8, "教老人用手机挂号", "带上自己的手机充电器。", 3, 4, 3, 2),
)


def answer_calls(seed: int, land: Land, now: datetime) -> int:
    """Register people in four communities, let past calls be answered and settled, leave one open; how many people."""
    number = int(land.code)
    communities = land.of("community")[:_COMMUNITIES]
    units = share(number, communities, now)
    people: dict[str, list[int]] = {}
    for community in communities:
        by = system(number, f"{community.name}工作站")
        people[community.code] = [
            register(by, new, told, now - 60 * _DAY).id for new, told in _people(seed, community, units)
        ]
    for at, past in enumerate(_PAST):
        place = communities[at % len(communities)]
        _lived(system(number, f"{place.name}工作站"), place, past, people[place.code], now)
    first = communities[0]
    _coming(system(number, f"{first.name}工作站"), first, people[first.code], now)
    return sum(map(len, people.values()))


def _people(seed: int, community: Area, units: Sequence[int]) -> Iterator[tuple[NewVolunteer, str]]:
    for number in range(_PEOPLE):
        rng = dice(seed, "helper", community.code, number)
        member = number % 3 == 0
        yield (
            NewVolunteer(
                name=person_name(rng, rng.random() < 0.5), area=community.code,
                kind=VolunteerKind.MEMBER if member else VolunteerKind.RESIDENT, skills=rng.choice(_SKILLS),
                hours=Hours(), lon=community.lon + rng.uniform(-_NEAR, _NEAR),
                lat=community.lat + rng.uniform(-_NEAR, _NEAR), metres=rng.choice((1000, 2000, 5000)),
                unit_id=rng.choice(units) if member else None, agreed=True,
            ),
            phone(seed, f"helper-{community.code}-{number}"),
        )  # fmt: skip


def _lived(by: Actor, place: Area, past: _Called, people: Sequence[int], now: datetime) -> None:
    """A muster that was called two days before, answered within the hour, held and settled."""
    starts = (now - past.days * _DAY).astimezone(_ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    called, number = starts - 2 * _DAY, by.district
    made, _told = muster(by, _new(place, past, starts), f"demonstration {past.title}", called)
    for at, who in enumerate(people[: past.forward]):
        claim(number, made, who, called + timedelta(minutes=2 + 3 * at))
    ends = starts + timedelta(hours=past.hours)
    for at, who in enumerate(people[: past.came]):
        lon, lat = moved(place.lon, place.lat, 40.0 * at, 10.0 + 12.0 * at)
        check_in(number, made, who, lon, lat, starts + timedelta(minutes=at - 4))
        check_out(number, made, who, ends + timedelta(minutes=at))
    close(by, made, "都做完了，谢谢大家。", ends + timedelta(hours=2))


def _coming(by: Actor, place: Area, people: Sequence[int], now: datetime) -> None:
    """One that still looks for people."""
    starts = (now + 2 * _DAY).astimezone(_ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    coming = _Called(0, "清理小区排水口", "雨靴和手套社区备好，注意安全。", 10, 6, 0, 3)
    called = now - timedelta(hours=3)
    made, _told = muster(by, _new(place, coming, starts), "demonstration coming", called)
    for at, who in enumerate(people[: coming.forward]):
        claim(by.district, made, who, called + timedelta(minutes=4 + 7 * at))


def _new(place: Area, past: _Called, starts: datetime) -> NewMuster:
    return NewMuster(
        title=past.title, words=past.words, areas=[place.code], quota=past.quota,
        place_text=f"{place.name}服务中心门口", lon=place.lon, lat=place.lat, starts_at=starts,
        ends_at=starts + timedelta(hours=past.hours),
    )  # fmt: skip
