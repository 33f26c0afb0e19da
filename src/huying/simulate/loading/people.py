"""Units, duties and staff into ``people``, and everybody's actor for writing what they did."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from huying.access.actor import Actor, ActorKind, Grant, system
from huying.access.roles import Role
from huying.people.actions import NewBearing, NewBody, NewPost, create_account, create_bodies, set_bearings
from huying.people.rules.kinds import BodyKind
from huying.simulate.folk import Bearing, Body, Person
from huying.simulate.stories import Who


class Crew:
    """The staff of one district as actors, and the ids of its units."""

    def __init__(self, district: int, body_ids: dict[str, int]) -> None:
        self.district, self.body_ids = district, body_ids
        self._system = system(district)
        self._posts: dict[tuple[Role, str, str], list[Actor]] = defaultdict(list)

    def add(self, person: Person, account_id: int) -> None:
        """Take on somebody who has an account."""
        post = person.post
        grant = Grant(post.role, post.area, self.body_ids.get(post.body))
        actor = Actor(ActorKind.ACCOUNT, self.district, person.name, account_id=account_id, grants=(grant,))
        self._posts[post.role, post.area, post.body].append(actor)

    def actor(self, who: Who) -> Actor:
        """The one meant; KeyError when nobody holds such a post."""
        if who.role is None:
            return self._system
        if who.role is Role.RESIDENT:
            grant = Grant(Role.RESIDENT, str(self.district))
            return Actor(ActorKind.RESIDENT, self.district, "居民", grants=(grant,))
        held = self._posts.get((who.role, who.area, who.body))
        if not held:
            raise KeyError(who)
        return held[who.number % len(held)]


def engage(
    district: int,
    units: Sequence[Body],
    borne: Sequence[Bearing],
    people: Sequence[Person],
    password: str,
    now: datetime,
    since: datetime | None = None,
) -> Crew:
    """Make the units, what they bear, and an account for everybody with posts held ``since`` then (now).

    Only the cast gets the password.
    """
    by = system(district)
    ids = create_bodies(by, [_new(unit, units) for unit in units], now)
    crew = Crew(district, {unit.key: ids[unit.code] for unit in units})
    set_bearings(by, [NewBearing(line.duty, line.area, crew.body_ids[line.body]) for line in borne], now)
    for person in people:
        post = NewPost(person.post.role, person.post.area, crew.body_ids.get(person.post.body), since)
        account_id = create_account(
            by,
            person.login,
            person.name,
            [post],
            now,
            password=password if person.cast else None,
            must_change_password=False,
        )
        crew.add(person, account_id)
    return crew


def _new(unit: Body, units: Sequence[Body]) -> NewBody:
    parent = next((other.code for other in units if other.key == unit.parent), "")
    return NewBody(unit.code, unit.name, BodyKind(unit.kind), unit.area, unit.short, parent)
