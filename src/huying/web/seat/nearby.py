"""What others said close by, for who writes a matter down and may not open every case there, as a grid worker."""

from collections.abc import Collection, Sequence
from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import HuyingError
from huying.web.citizen.where import Whereabouts
from huying.web.citizen.writing.neighbours import Neighbour, neighbours


def told_nearby(
    actor: Actor, given: Whereabouts, seen: Collection[str], now: datetime
) -> Sequence[Neighbour]:
    """What a resident there would be told of open cases, those in ``seen`` left out.

    None for who sees every case of a place anyway: it stands among those that may be the same.
    """
    grants = actor.grants_for(Permission.CASE_READ)
    if any(grant.body_id is None for grant in grants):
        return []
    try:
        return [one for one in neighbours(given, now) if one.case not in seen]
    except HuyingError:
        return []
