"""Who sets up subscriptions, and what a subscription may be told: never more than a reader of cases may see."""

from collections.abc import Mapping

from django.db.models import Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Denied
from huying.webhooks.models import Subscription

EDIT = Permission.WEBHOOK_EDIT


def theirs(by: Actor) -> Q:
    """The subscriptions somebody sets up, as a condition on rows: the district's, for a key that reads cases its own.

    Raises Denied for anybody else.
    """
    if by.may_everywhere(EDIT):
        return Q(district=by.district)
    if by.kind is ActorKind.KEY and by.key_id is not None and by.may(Permission.CASE_READ):
        return Q(district=by.district, key_id=by.key_id)
    raise Denied


def owner_of(by: Actor) -> int | None:
    """The key to which what somebody makes belongs; None: to the district. Raises Denied."""
    theirs(by)
    return None if by.may_everywhere(EDIT) else by.key_id


def reader_of(row: Subscription, keys: Mapping[int, Actor]) -> Actor | None:
    """As whom a subscription reads cases; ``keys`` are those that hold now. None where its key ended."""
    if row.key_id is not None:
        return keys.get(row.key_id)
    grant = Grant(Role.AUDITOR, row.area, row.body_id, frozenset({Permission.CASE_READ}))
    return Actor(ActorKind.KEY, row.district, row.name, grants=(grant,))
