"""Who appears in these tests, and the times they act at."""

from datetime import UTC, datetime, timedelta

from huying.access.actor import Actor, ActorKind, Grant, system
from huying.access.roles import Role

DISTRICT, ELSEWHERE = 990101, 990102
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def person(role: Role, area: str = "990101", district: int = DISTRICT) -> Actor:
    return Actor(ActorKind.ACCOUNT, district, role.zh, account_id=7, grants=(Grant(role, area),))


SYSTEM = system(DISTRICT)
ADMINISTRATOR = person(Role.ADMINISTRATOR)
ONE_STREET_ADMINISTRATOR = person(Role.ADMINISTRATOR, "990101001")
NEIGHBOUR = person(Role.ADMINISTRATOR, "990102", ELSEWHERE)
DISPATCHER = person(Role.STREET_DISPATCHER, "990101001")
EVERYBODY_ELSE = (
    person(Role.ADMINISTRATOR, "990101001"),
    person(Role.STREET_DISPATCHER),
    person(Role.RESIDENT),
)
