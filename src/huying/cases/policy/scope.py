"""Who may see and do what with a case. The only such place: area prefix x body, or one's own appeal."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.cases.models import Case, CaseAppeal, Order


def visible_to(actor: Actor, permission: Permission = Permission.CASE_READ) -> Q:
    """The cases on which the actor holds the permission, as a condition on Case rows."""
    nothing = Q(district__isnull=True)
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    if actor.kind is ActorKind.RESIDENT:
        if actor.appeal_id is None:
            return nothing
        own = CaseAppeal.objects.filter(
            district=OuterRef("district"), case_id=OuterRef("id"), appeal_id=actor.appeal_id
        )
        return Q(Exists(own), district=actor.district)
    # Not begun with "nothing": an OR with what is never true would keep the server from its indexes.
    scopes = [_scope(actor.district, grant) for grant in _widest(actor.grants_for(permission))]
    return reduce(or_, scopes) if scopes else nothing


def only_body(actor: Actor, permission: Permission = Permission.CASE_READ) -> int | None:
    """The one body whose orders bound what the actor may; None where it may more, or nothing."""
    grants = _widest(actor.grants_for(permission)) if actor.kind is not ActorKind.SYSTEM else []
    return grants[0].body_id if len(grants) == 1 else None


def _widest(grants: Iterable[Grant]) -> list[Grant]:
    """The grants without those that another one covers whole."""
    kept: list[Grant] = []
    for grant in sorted(set(grants), key=lambda grant: (len(grant.area), grant.body_id is not None)):
        if not any(
            grant.area.startswith(wide.area) and wide.body_id in {None, grant.body_id} for wide in kept
        ):
            kept.append(grant)
    return kept


def _scope(district: int, grant: Grant) -> Q:
    scope = Q(district=district)
    if len(grant.area) > 6:
        # As a range: codes are digits, and ":" comes after the last of them.
        scope &= Q(area__gte=grant.area, area__lt=f"{grant.area}:")
    if grant.body_id is not None:
        orders = Order.objects.filter(
            district=OuterRef("district"), case_id=OuterRef("id"), body_id=grant.body_id
        ).exclude(state="recalled")
        scope &= Q(Exists(orders))
    return scope


def sees(actor: Actor, case: Case, orders: Iterable[Order], appeals: Collection[int]) -> bool:
    """Whether a case already read is among those ``visible_to`` the actor; ``appeals`` are all it ever answered."""
    if actor.kind is ActorKind.RESIDENT:
        return actor.district == case.district and actor.appeal_id in appeals
    return may(actor, Permission.CASE_READ, case, orders=orders)


def may(
    actor: Actor,
    permission: Permission,
    case: Case,
    *,
    orders: Iterable[Order] = (),
    order: Order | None = None,
    appeals: Collection[int] = (),
) -> bool:
    """Whether the actor may do this to this case; for a step on an order, to that order.

    A post within a body acts only on cases where that body has an order, and only on its own order.
    """
    if actor.district != case.district:
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is ActorKind.RESIDENT:
        return actor.may(permission) and actor.appeal_id in appeals
    bodies = {each.body_id for each in orders if each.state != "recalled"}
    return any(_covers(grant, case, bodies, order) for grant in actor.grants_for(permission))


def from_where(actor: Actor, permission: Permission, case: Case) -> str:
    """The code of the area in which the actor's post lies that lets them do this to this case; the narrowest counts."""
    areas = [grant.area for grant in actor.grants_for(permission) if case.area.startswith(grant.area)]
    return max(areas, key=len, default=str(case.district))


def _covers(grant: Grant, case: Case, bodies: set[int], order: Order | None) -> bool:
    if len(grant.area) > 6 and not case.area.startswith(grant.area):
        return False
    if grant.body_id is None:
        return True
    return order.body_id == grant.body_id if order else grant.body_id in bodies
