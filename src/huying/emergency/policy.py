"""Who sees a card and who may do what with it: within the area of their posts.

A post bound to one body and to no area smaller than the district sees the cards it opened itself; whoever was
alerted sees the card they were alerted for.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.emergency.models import Emergency
from huying.kernel.errors import Denied, NotFound

_DISTRICT_DIGITS = 6


def visible_to(actor: Actor) -> Q:
    """The cards the actor sees, as a condition on Emergency rows."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [_scope(actor.district, grant) for grant in _grants(actor, Permission.EMERGENCY_READ)]
    own = Q(opened_by_account=actor.account_id) if actor.account_id is not None else None
    own = Q(opened_by_key=actor.key_id) if own is None and actor.key_id is not None else own
    found = [*scopes, *([] if own is None else [own])]
    return Q(reduce(or_, found), district=actor.district) if found else Q(district__isnull=True)


def sees(actor: Actor, card: Emergency) -> bool:
    """``visible_to`` for a card already read."""
    if actor.district != card.district:
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    own = actor.account_id is not None and card.opened_by_account == actor.account_id
    keyed = actor.key_id is not None and card.opened_by_key == actor.key_id
    return own or keyed or _covered(actor, Permission.EMERGENCY_READ, card.area)


def may(actor: Actor, permission: Permission, card: Emergency) -> bool:
    """Whether the actor may do this with a card."""
    if actor.district != card.district:
        return False
    return actor.kind is ActorKind.SYSTEM or _covered(actor, permission, card.area)


def must_see(actor: Actor, card: Emergency | None) -> Emergency:
    """The card. Raises NotFound for none, and for one the actor does not see."""
    if card is None or not sees(actor, card):
        raise NotFound
    return card


def must(actor: Actor, permission: Permission, card: Emergency) -> None:
    """Raise NotFound for a card not seen, Denied for what may not be done with it."""
    must_see(actor, card)
    if not may(actor, permission, card):
        raise Denied


def may_at(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor holds the permission where this area lies."""
    if not area.startswith(str(actor.district)):
        return False
    return actor.kind is ActorKind.SYSTEM or any(
        area.startswith(grant.area) for grant in actor.grants_for(permission)
    )


def responders_of(actor: Actor, permission: Permission = Permission.RESPONDER_READ) -> Q:
    """The responders the actor may see, as a condition on Responder rows: those based within their areas."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [Q(area__startswith=grant.area) for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def _grants(actor: Actor, permission: Permission) -> list[Grant]:
    return [
        grant
        for grant in actor.grants_for(permission)
        if grant.body_id is None or len(grant.area) > _DISTRICT_DIGITS
    ]


def _scope(district: int, grant: Grant) -> Q:
    if len(grant.area) <= _DISTRICT_DIGITS:
        return Q(district=district)
    # A card whose place is not known is everybody's who could have to act on it.
    short = [grant.area[:length] for length in (6, 9, 12) if length < len(grant.area)]
    return Q(area__gte=grant.area, area__lt=f"{grant.area}:") | Q(area__in=short)


def _covered(actor: Actor, permission: Permission, area: str) -> bool:
    return any(
        area.startswith(grant.area) or grant.area.startswith(area) for grant in _grants(actor, permission)
    )
