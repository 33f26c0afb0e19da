"""Posts as an administrator reads them: of one person, of one unit, within areas."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Denied
from huying.people.models import Post
from huying.people.queries.accounts import PostInfo


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post and whose it is."""

    post: PostInfo
    account_id: int
    name: str
    login: str


def posts_ever(actor: Actor, account_id: int) -> list[PostInfo]:
    """Every post of an account of the district, oldest first; what never began is left out. Raises ``Denied``."""
    rows = _rows(actor).filter(account_id=account_id)
    return [_held(row).post for row in rows.order_by("valid_from", "id")]


def posts_of_body(actor: Actor, body_id: int, now: datetime) -> list[PostHeld]:
    """Who holds a post for a unit at ``now`` or will. Raises ``Denied`` for who keeps neither units nor people."""
    rows = _rows(actor, Permission.BODY_EDIT).filter(_standing(now), body_id=body_id)
    return [_held(row) for row in rows.order_by("role", "id")]


def posts_in_areas(actor: Actor, codes: Collection[str], now: datetime) -> list[PostHeld]:
    """Who holds a post, now or to come, of exactly one of these areas. Raises ``Denied``."""
    rows = _rows(actor).filter(_standing(now), area__in=list(codes))
    return [_held(row) for row in rows.order_by("area", "id")]


def _rows(actor: Actor, *more: Permission) -> QuerySet[Post]:
    if not any(actor.may_everywhere(one) for one in (Permission.ACCOUNT_EDIT, *more)):
        raise Denied
    held = Post.objects.filter(account__district=actor.district).select_related("account", "body")
    return held.filter(Q(valid_to=None) | Q(valid_to__gt=F("valid_from")))


def _standing(now: datetime) -> Q:
    return Q(account__is_active=True) & (Q(valid_to=None) | Q(valid_to__gt=now))


def _held(row: Post) -> PostHeld:
    body = row.body.short_name if row.body else ""
    info = PostInfo(row.pk, Role(row.role), row.area, row.body_id, body, row.valid_from, row.valid_to)
    return PostHeld(info, row.account_id, row.account.name, row.account.login)
