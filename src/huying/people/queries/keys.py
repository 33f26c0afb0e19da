"""Outside systems and their keys."""

import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Denied
from huying.people.models import ApiKey, FormerSecret
from huying.people.rules.codes import key_digest, key_prefix

KEPT: Final = timedelta(seconds=30)
_MOST: Final = 1000

_known: dict[str, tuple[datetime, "KnownKey"]] = {}


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Who shows a key, and how many requests a minute it may make."""

    actor: Actor
    per_minute: int


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """A key without its secret."""

    id: int
    name: str
    prefix: str
    role: Role
    scopes: tuple[str, ...]
    area: str
    body_id: int | None
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime
    per_minute: int
    former_prefix: str
    former_until: datetime | None


@dataclass(frozen=True, slots=True)
class EndingKey:
    """A key that will end, and since when it is there."""

    id: int
    name: str
    created_at: datetime
    ends_at: datetime


def actor_of_key(raw: str, now: datetime) -> Actor | None:
    """The outside system that shows ``raw``, or None for a key unknown, expired, revoked or of somebody's assistant."""
    known = known_key(raw, now)
    return known.actor if known else None


def known_key(raw: str, now: datetime) -> KnownKey | None:
    """The key that ``raw`` opens; None for one unknown, expired, revoked or of somebody's assistant.

    A former secret opens for its time. A right answer is kept for 30 seconds in this process, so a revoked key may
    work that much longer in other processes. Wrong keys are never kept: each is asked of the database.
    """
    digest = key_digest(raw)
    until, known = _known.get(digest, (now, None))
    if known is not None and now < until:
        return known
    row, ends = key_row(raw, digest)
    if row is None or row.account_id is not None or is_over(row, ends, now):
        _known.pop(digest, None)
        return None
    known = KnownKey(_actor(row), row.per_minute)
    if len(_known) >= _MOST:
        _known.clear()
    _known[digest] = (min(now + KEPT, ends or now + KEPT), known)
    return known


def keys_for(actor: Actor) -> list[KeyInfo]:
    """Every key of an outside system in the actor's district, newest first. Raises ``Denied``."""
    if not actor.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    former = {one.key_id: one for one in FormerSecret.objects.filter(key__district=actor.district)}
    return [
        KeyInfo(
            id=row.pk,
            name=row.name,
            prefix=row.prefix,
            role=Role(row.role),
            scopes=tuple(row.scopes),
            area=row.area,
            body_id=row.body_id,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
            created_at=row.created_at,
            per_minute=row.per_minute,
            former_prefix=former[row.pk].prefix if row.pk in former else "",
            former_until=former[row.pk].until if row.pk in former else None,
        )
        for row in ApiKey.objects.filter(district=actor.district, account=None).order_by("-pk")
    ]


def actors_of_keys(district: int, ids: Collection[int], now: datetime) -> Mapping[int, Actor]:
    """Key → the outside system that holds it, for those neither revoked nor expired; one query."""
    rows = ApiKey.objects.filter(district=district, pk__in=ids, revoked_at=None) if ids else ()
    return {row.pk: _actor(row) for row in rows if row.expires_at is None or now < row.expires_at}


def key_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these keys, ended ones too, in one query; none asked, none made."""
    wanted = set(ids)
    return dict(ApiKey.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def forget_keys() -> None:
    """Ask the database about every key again (after a key was changed by this process)."""
    _known.clear()


def ending_keys(district: int, now: datetime, within: timedelta) -> list[EndingKey]:
    """Keys of outside systems still open that end within the time given, the first to end first."""
    rows = ApiKey.objects.filter(
        district=district, account=None, revoked_at=None, expires_at__gt=now, expires_at__lte=now + within
    ).order_by("expires_at", "pk")
    return [EndingKey(row.pk, row.name, row.created_at, row.expires_at) for row in rows if row.expires_at]


def key_row(raw: str, digest: str) -> tuple[ApiKey | None, datetime | None]:
    """The row of a key as it was shown and when that secret ends; for the readers of this package."""
    prefix = key_prefix(raw)
    if not prefix:
        return None, None
    row = ApiKey.objects.filter(prefix=prefix).first()
    if row is not None:
        return (row, row.expires_at) if hmac.compare_digest(row.hash, digest) else (None, None)
    former = FormerSecret.objects.filter(prefix=prefix).select_related("key").first()
    if former is None or not hmac.compare_digest(former.hash, digest):
        return None, None
    return former.key, min(filter(None, (former.until, former.key.expires_at)))


def is_over(row: ApiKey, ends: datetime | None, now: datetime) -> bool:
    """Whether a key was revoked, or the secret shown has run out."""
    return row.revoked_at is not None or (ends is not None and ends <= now)


def _actor(row: ApiKey) -> Actor:
    only = frozenset(Permission(scope) for scope in row.scopes) if row.scopes else None
    return Actor(
        kind=ActorKind.KEY,
        district=row.district,
        name=row.name,
        key_id=row.pk,
        grants=(Grant(Role(row.role), row.area, row.body_id, only),),
    )
