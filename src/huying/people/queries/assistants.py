"""Who stands behind a key that an assistant shows: a person in their posts, or an outside system."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.people.models import ApiKey
from huying.people.queries.accounts import actor_of
from huying.people.queries.keys import KEPT, actor_of_key, is_over, key_row
from huying.people.rules.assistants import Leave, steps_of
from huying.people.rules.codes import key_digest

_MOST: Final = 1000
_known: dict[str, tuple[datetime, "Asker"]] = {}


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf an assistant asks.

    ``reader`` sees what the person sees in their own posts; ``doer`` is the same one, narrowed to the steps that were
    left to the assistant. Both carry the account and the key, so every entry and every viewing names the two.
    ``leaves`` None: an outside system, whose key says itself what it may.
    """

    reader: Actor
    doer: Actor
    leaves: frozenset[Leave] | None

    @property
    def key_id(self) -> int:
        """The key that was shown."""
        return self.reader.key_id or 0

    def lets(self, leave: Leave) -> bool:
        """Whether acts of this sort were left to the assistant. An outside system must hold a sending step by name."""
        if self.leaves is not None:
            return leave in self.leaves
        if leave is Leave.SEND:
            steps = steps_of(frozenset({leave}))
            return any(grant.only is not None and steps & grant.only for grant in self.doer.grants)
        return True


@dataclass(frozen=True, slots=True)
class AssistantKey:
    """The key of somebody's assistant, without its secret."""

    id: int
    name: str
    prefix: str
    owner: str
    leaves: tuple[Leave, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def asker_of_key(raw: str, now: datetime) -> Asker | None:
    """Who stands behind ``raw``; None for a key unknown, ended or expired, or of a person who may no longer sign in.

    A right answer is kept for 30 seconds in this process, and the person's posts with it. Wrong keys are never kept.
    """
    digest = key_digest(raw)
    until, asker = _known.get(digest, (now, None))
    if asker is not None and now < until:
        return asker
    _known.pop(digest, None)
    row, ends = key_row(raw, digest)
    if row is None or is_over(row, ends, now):
        return None
    asker = _personal(row, now) if row.account_id is not None else _official(raw, now)
    if asker is None:
        return None
    if len(_known) >= _MOST:
        _known.clear()
    _known[digest] = (min(now + KEPT, row.expires_at or now + KEPT), asker)
    return asker


def _official(raw: str, now: datetime) -> Asker | None:
    actor = actor_of_key(raw, now)
    return None if actor is None else Asker(actor, actor, None)


def _personal(row: ApiKey, now: datetime) -> Asker | None:
    account = row.account
    if account is None or not account.is_active:
        return None
    leaves = frozenset(Leave(leave) for leave in row.scopes)
    person = replace(actor_of(account, now), key_id=row.pk)
    steps = steps_of(leaves)
    doer = replace(person, grants=tuple(replace(grant, only=steps) for grant in person.grants))
    return Asker(person, doer, leaves)


def assistants_of(account_id: int) -> list[AssistantKey]:
    """The keys of one's own assistants, newest first."""
    return _infos(ApiKey.objects.filter(account_id=account_id))


def assistants_for(actor: Actor) -> list[AssistantKey]:
    """The keys of everybody's assistants in the actor's district, newest first. Raises ``Denied``."""
    if not actor.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    return _infos(ApiKey.objects.filter(district=actor.district, account__isnull=False))


def forget_assistants() -> None:
    """Ask the database about every assistant's key again."""
    _known.clear()


def _infos(rows: QuerySet[ApiKey]) -> list[AssistantKey]:
    found = rows.select_related("account").order_by("-pk")
    return [
        AssistantKey(
            id=row.pk, name=row.name, prefix=row.prefix, owner=row.account.name if row.account else "",
            leaves=tuple(leave for leave in Leave if leave in row.scopes), created_at=row.created_at,
            expires_at=row.expires_at, last_used_at=row.last_used_at, revoked_at=row.revoked_at,
        )
        for row in found
    ]  # fmt: skip
