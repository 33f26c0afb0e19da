"""Asking for a long work, and taking it back."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Denied, NotFound
from huying.kernel.saying import said
from huying.longwork.models import LongWork
from huying.longwork.policy import owned_by, place
from huying.longwork.rules import scope
from huying.longwork.rules.states import MOST_UNFINISHED, UNFINISHED, WorkState


def ask(
    actor: Actor, kind: str, name: str, params: Mapping[str, Any], now: datetime, *, language: str,
    about: str = "", given: str = "", once: str = "",
) -> int:  # fmt: skip
    """The id of the work, done behind the pages as soon as there is room for it; in the caller's transaction.

    ``name`` is a text of the catalogue of texts, ``about`` says more in plain words; ``given`` names a file in the
    folder of long work. The same asked again while it is not finished is the same work, and with the same ``once``
    for ever. It is the account's or the key's that asks. Raises Denied for who has neither, Conflict for who has too
    much waiting.
    """
    if actor.account_id is None and actor.key_id is None:
        raise Denied
    owner = owned_by(actor)
    mine = LongWork.objects.filter(**owner)
    like = _digest(kind, params, language)
    with transaction.atomic():
        known = mine.filter(once=once) if once else mine.filter(state__in=UNFINISHED, once__startswith=like)
        before = known.values_list("id", flat=True).first()
        if before is not None:
            return before
        if mine.filter(state__in=UNFINISHED).count() >= MOST_UNFINISHED:
            raise Conflict(said("您已有 %(n)d 个任务在排队，请等它们做完，或取消不要的。", n=MOST_UNFINISHED))
        row, _made = LongWork.objects.get_or_create(
            **owner, once=once or f"{like}{now.timestamp():.6f}",
            defaults={
                "kind": kind, "name": name[:120], "about": about[:200], "grants": scope.kept(actor.grants),
                "language": language, "params": dict(params), "asked_at": now, "given": given,
            },
        )  # fmt: skip
        return int(row.pk)


def cancel(actor: Actor, number: int, now: datetime) -> None:
    """Take back one's own work: at once while it waits, within a second while it runs. Raises NotFound, Conflict."""
    _cancel({**owned_by(actor), "id": number}, now)


def cancel_any(number: int, now: datetime) -> None:
    """Take back anybody's work, by whoever runs the machine. Raises NotFound, Conflict."""
    _cancel({"id": number}, now)


@transaction.atomic
def _cancel(which: Mapping[str, int], now: datetime) -> None:
    row = LongWork.objects.select_for_update().filter(**which).first()
    if row is None:
        raise NotFound
    if row.state not in UNFINISHED:
        raise Conflict(_("这个任务已经结束，不能取消。"))
    row.cancel_asked_at = row.cancel_asked_at or now
    if row.state == WorkState.WAITING:
        row.state, row.ended_at = WorkState.CANCELLED, now
        if row.given:
            name = row.given
            transaction.on_commit(lambda: place(name).unlink(missing_ok=True))
            row.given = ""
    row.save(update_fields=["cancel_asked_at", "state", "ended_at", "given"])


def _digest(kind: str, params: Mapping[str, Any], language: str) -> str:
    told = orjson.dumps([kind, params, language], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()[:32] + ":"
