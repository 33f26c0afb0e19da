"""What a unit may see and do for the visits planned for it: the one case, as long as it is to be asked about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huying.access.actor import Actor, Grant
from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel.errors import Denied, NotFound
from huying.loop.evaluate.models import Asking
from huying.people.queries import bodies
from huying.people.rules.kinds import BodyKind

# What whoever visits needs of a case that is not theirs to handle.
_NEEDED: Final = frozenset({P.CASE_READ, P.CASE_FOLLOW_UP, P.CALLER_UNMASK})
_DISTRICT: Final = 6
_VISITING: Final = frozenset({BodyKind.STREET, BodyKind.COMMUNITY})


def visits_of(actor: Actor, now: datetime) -> QuerySet[Asking]:
    """The visits planned for the units of the actor's posts; a post of an area and of no unit stands for the area's own.

    Raises Denied where no post visits.
    """
    grants = actor.grants_for(P.CASE_VISIT)
    if not grants:
        raise Denied
    own = {grant.body_id for grant in grants if grant.body_id is not None}
    streets = tuple(grant.area for grant in grants if grant.body_id is None and len(grant.area) > _DISTRICT)
    if streets:
        own |= {
            one.id
            for one in bodies(actor.district, now)
            if one.kind is BodyKind.STREET and one.area in streets
        }
    return Asking.objects.filter(
        Q(visit_body__in=sorted(own)), district=actor.district, done_at__isnull=True
    )  # fmt: skip


def lent_of(actor: Actor, visits: Sequence[Asking]) -> Actor:
    """The actor with what the visits need, within the grids where those lie; for reading these cases alone."""
    areas = sorted({row.area for row in visits if len(row.area) > _DISTRICT})
    return replace(actor, grants=(*actor.grants, *(_lent(area) for area in areas)))


def visitor_for(actor: Actor, case_id: int, now: datetime) -> Actor:
    """The actor as they may act on this one case that they are to visit. Raises NotFound, Denied."""
    row = visits_of(actor, now).filter(case_id=case_id).order_by("-seq").first()
    if row is None:
        raise NotFound
    return lent_of(actor, [row])


def _lent(area: str) -> Grant:
    return Grant(Role.SEAT, area, None, only=_NEEDED)
