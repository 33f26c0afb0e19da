"""The people these tests speak of, and how they get in.

Wang administers, Zhao sits at the hotline desk, Sun handles orders of the water bureau, Qian audits.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from huying.access.actor import Actor, system
from huying.access.roles import Role
from huying.people import actions, queries
from huying.people.actions import NewBody, NewPost
from huying.people.models import Account
from huying.people.rules.kinds import BodyKind

DISTRICT = 990101
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
PASSWORD = "Huying-2026"
SYSTEM = system(DISTRICT)


@dataclass(frozen=True, slots=True)
class Cast:
    """Account ids by name, and the body Sun works for."""

    wang: int
    zhao: int
    sun: int
    qian: int
    water: int


def make_cast(now: datetime = NOW) -> Cast:
    """The district's people, whose passwords need no change."""
    water = NewBody("W1", "水务局", BodyKind.DEPARTMENT, "990101", aliases=["区水务局"])
    bodies = actions.create_bodies(SYSTEM, [water], now)

    def make(login: str, name: str, role: Role, body_id: int | None = None) -> int:
        post = NewPost(role, "990101", body_id)
        return actions.create_account(
            SYSTEM, login, name, [post], now, password=PASSWORD, must_change_password=False
        )

    return Cast(
        wang=make("wang", "王敏", Role.ADMINISTRATOR),
        zhao=make("zhao", "赵兰", Role.SEAT),
        sun=make("sun", "孙海", Role.DEPARTMENT_HANDLER, bodies["W1"]),
        qian=make("qian", "钱进", Role.AUDITOR),
        water=bodies["W1"],
    )


def post_of(role: Role, now: datetime = NOW) -> NewPost:
    """A post of the role in the district, with a body where it needs one."""
    if role is not Role.DEPARTMENT_HANDLER:
        return NewPost(role, "990101")
    water = NewBody("W1", "水务局", BodyKind.DEPARTMENT, "990101")
    return NewPost(role, "990101", actions.create_bodies(SYSTEM, [water], now)["W1"])


def actor(account_id: int, now: datetime = NOW) -> Actor:
    return queries.actor_of(Account.objects.get(pk=account_id), now)


def enter(client: Client, account_id: int) -> Any:
    """Sign a test client in without the form, past the second factor."""
    account = Account.objects.get(pk=account_id)
    client.force_login(account)
    session = client.session
    session["factor"] = True
    session.save()
    return account
