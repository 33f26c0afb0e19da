"""Who may hear of a case while it happens: the scope of ``visible_to`` as plain values, asked a thousand times a second.

A post within one body hears of the cases that this body leads; whom it assists it reads on its own desk.
"""

from dataclasses import dataclass

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

_DISTRICT_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Audience:
    """``scopes``: prefixes of area codes, "" for a whole district, each with the one body or None for every body."""

    district: int
    scopes: frozenset[tuple[str, int | None]]

    def hears(self, area: str, body_id: int | None) -> bool:
        """Whether a case of this district that lies in ``area`` and is led by the body is theirs to hear of."""
        return any(
            area.startswith(prefix) and (body is None or body == body_id) for prefix, body in self.scopes
        )


def audience_of(actor: Actor, area: str = "") -> Audience:
    """Of which cases the actor's posts let them hear, within ``area`` where one is named.

    Raises Denied when no post reads both boards and cases; NotFound for an area outside all of them.
    """
    if actor.kind is ActorKind.SYSTEM:
        return Audience(actor.district, frozenset({(_prefix(area), None)}))
    grants = [
        grant
        for grant in actor.grants
        if grant.may(Permission.BOARD_READ) and grant.may(Permission.CASE_READ)
    ]
    if not grants:
        raise Denied
    scopes = {
        (_prefix(max(grant.area, area, key=len)), grant.body_id)
        for grant in grants
        if area.startswith(grant.area) or grant.area.startswith(area)
    }
    if not scopes:
        raise NotFound
    return Audience(actor.district, frozenset(scopes))


def _prefix(area: str) -> str:
    # A case whose place is not known yet has no code: those who answer for the whole district hear of it too.
    return area if len(area) > _DISTRICT_DIGITS else ""
