"""The way from the widest area somebody may read down to the one shown, and the streets that they may ask for."""

from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.loop.supervise.queries import scope_for
from huying.places.queries import Level, area_path, areas

DISTRICT_DIGITS: Final = 6
COMMUNITY_DIGITS: Final = 12


def path_of(actor: Actor, area: str, permission: Permission) -> list[tuple[str, str]]:
    """(name, code) of each step, the last one being ``area`` itself. Raises Denied where no post reads any."""
    names = area_path(actor.district, area)
    widest = len(scope_for(actor, permission=permission).area)
    steps = [(name, area[:length]) for name, length in zip(names, (6, 9, COMMUNITY_DIGITS), strict=False)]
    return [(name, code) for name, code in steps if len(code) >= min(widest, len(area))]


def streets_reached(actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """(code, name) of the streets that lie whole within the actor's posts; a post within one body reaches none."""
    reached = tuple(grant.area for grant in actor.grants_for(permission) if grant.body_id is None)
    return [
        (row.code, row.name) for row in areas(actor.district, Level.STREET) if row.code.startswith(reached)
    ]
