"""To whom a card is handed when no responder comes: who is on duty, and who may lead, level by level outwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import system
from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.notices.queries.audience import posts_held
from huying.people.queries.reaching import languages_of
from huying.places.queries import area_name
from huying.places.rules.levels import path_codes
from huying.teams.models import Member
from huying.teams.queries import on_duty_around
from huying.teams.queries.phones import opened


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its area, account to language of whom it tells in pages, numbers it sends messages to, and names."""

    area: str
    name: str
    accounts: dict[int, str]
    phones: tuple[str, ...]
    people: tuple[str, ...]


def levels_for(district: int, area: str, now: datetime) -> list[Level]:
    """The levels with somebody, the nearest first: those on duty there, and posts that may lead emergencies there."""
    on_duty = on_duty_around(system(district), area, now)
    members = {
        row.pk: row for row in Member.objects.filter(pk__in={one.member_id for one in on_duty}, left_at=None)
    }
    posts = [one for one in posts_held(district, now) if Permission.EMERGENCY_COMMAND in ROLES[one.role]]
    found = []
    for code in sorted(path_codes(area), key=len, reverse=True):
        here = [members[one.member_id] for one in on_duty if one.area == code and one.member_id in members]
        holders = {
            post.account_id: post.language for post in posts if post.area == code and post.body_id is None
        }
        if here or holders:
            found.append(_level(district, code, here, holders))
    return found


def leaders_near(district: int, area: str, now: datetime) -> dict[int, str]:
    """Account to language of who is told in pages that a card was opened: the nearest level with somebody."""
    levels = [one for one in levels_for(district, area, now) if one.accounts]
    return levels[0].accounts if levels else {}


def _level(district: int, code: str, here: Sequence[Member], holders: dict[int, str]) -> Level:
    languages = languages_of({row.account_id for row in here if row.account_id})
    phones = tuple(dict.fromkeys(filter(None, (opened(district, row.phone_sealed) for row in here))))
    return Level(
        code,
        area_name(district, code),
        {**holders, **languages},
        phones,
        tuple(row.name for row in here),
    )
