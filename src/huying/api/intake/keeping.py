"""Keeping one batch of appeals: who asks, in which district, then ``collect``."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.api.intake.reading import DEFAULT_CHANNEL, Asked, Late, Settled
from huying.api.keys import actor_with
from huying.cases.actions import Receipt
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, HuyingError, Invalid, Unavailable
from huying.loop.collect.actions import collect
from huying.places.queries import districts

Kept = tuple[int, Receipt]
_log = logging.getLogger(__name__)
_TRIES = 2


def keep(asked: Sequence[Asked]) -> list[Kept | HuyingError]:
    """Keep a batch and answer each with (district, receipt) or its refusal; never raises.

    A connection that was lost is made anew once: every appeal has a key, so what was kept after all is found
    and not kept twice.
    """
    batch = [_keyed(one) for one in asked]
    for _ in range(_TRIES):
        try:
            return _keep(batch)
        except (OperationalError, InterfaceError):
            _log.warning("the database is away; trying again")
            connection.close()
        except Exception:
            _log.error("%d of a batch could not be kept", len(batch), exc_info=len(batch) == 1)
            return [Unavailable()] if len(batch) == 1 else _one_by_one(batch)
    return [Unavailable() for _ in batch]


def _keyed(one: Asked) -> Asked:
    """With a key of its own; what is known late makes its own."""
    if one.form.key or isinstance(one, Late):
        return one
    return replace(one, form=replace(one.form, key=uuid4().hex))


def _one_by_one(batch: Sequence[Asked]) -> list[Kept | HuyingError]:
    # Whatever one of them broke, the others came in good faith.
    return [keep([one])[0] for one in batch]


def _keep(batch: Sequence[Asked]) -> list[Kept | HuyingError]:
    now = present()
    answers: dict[int, Kept | HuyingError] = {}
    groups: dict[Actor, dict[int, Settled]] = {}
    for number, one in enumerate(batch):
        try:
            ready = one.settled(now) if isinstance(one, Late) else Settled(_actor(one, now), one.form)
            groups.setdefault(ready.actor, {})[number] = ready
        except HuyingError as error:
            answers[number] = error
    for actor, group in groups.items():
        for number, answer in zip(group, _collected(actor, list(group.values()), now), strict=True):
            answers[number] = answer if isinstance(answer, HuyingError) else (actor.district, answer)
    return [answers[number] for number in range(len(batch))]


def _collected(actor: Actor, ready: list[Settled], now: datetime) -> list[Receipt | HuyingError]:
    try:
        return collect(actor.district, [one.form for one in ready], actor, now)
    except HuyingError as error:
        # An unknown district concerns only those who named it.
        return [error for _ in ready]


def _actor(one: Asked, now: datetime) -> Actor:
    if not one.raw_key:
        if one.form.channel != DEFAULT_CHANNEL:
            raise Invalid(fields={"channel": "没有密钥的提交不能指定来源渠道。"})
        return Actor(kind=ActorKind.RESIDENT, district=one.district or _only_district(), name="居民")
    actor = actor_with(one.raw_key, now)
    if not actor.may(Permission.APPEAL_RECEIVE) or one.district not in (None, actor.district):
        raise Denied
    return actor


def _only_district() -> int:
    known = districts()
    if len(known) != 1:
        raise Invalid(fields={"district": "请写明 6 位区划代码。"})
    return known[0].code
