"""Taking a work to do, and giving it back: whatever happens to a process, its work is neither lost nor done twice.

A work belongs to the process whose number of tries it bears. One that was silent too long is taken from it: what it
says afterwards meets another number and changes nothing.
"""

import os
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from huying.longwork.models import LongWork
from huying.longwork.policy import place
from huying.longwork.rules.states import MOST_TRIES, SILENCE, WorkState

_DEAD: Final = "state = 'running' AND alive_at < clock_timestamp() - %(silence)s"
# Whoever has least under way comes first, so that ten exports of one do not stand before another's one.
_CLAIM: Final = f"""
UPDATE longwork_longwork w SET state = 'running', started_at = %(now)s, alive_at = clock_timestamp(), done = 0,
    total = NULL, tries = tries + 1, worker = %(worker)s
WHERE id = (
    SELECT id FROM longwork_longwork o WHERE state IN ('waiting', 'running') AND (state = 'waiting' OR {_DEAD})
    ORDER BY (SELECT count(*) FROM longwork_longwork r WHERE r.state = 'running' AND r.id <> o.id
        AND (r.account_id, r.key_id) IS NOT DISTINCT FROM (o.account_id, o.key_id)), asked_at, id
    FOR UPDATE SKIP LOCKED LIMIT 1
) RETURNING id
"""
_HOPELESS: Final = f"""
UPDATE longwork_longwork SET ended_at = %(now)s,
    state = CASE WHEN cancel_asked_at IS NULL THEN 'failed' ELSE 'cancelled' END,
    error = CASE WHEN cancel_asked_at IS NULL THEN %(error)s ELSE '' END
WHERE {_DEAD} AND (tries >= %(most)s OR cancel_asked_at IS NOT NULL)
"""
_ERROR: Final = gettext_noop("后台进程几次中途停止，没有做完。请再试一次；还是这样，请联系管理员。")


def claim(now: datetime) -> LongWork | None:
    """The next work for this process, None where there is nothing to do."""
    given: dict[str, Any] = {
        "now": now, "silence": SILENCE, "most": MOST_TRIES, "error": _ERROR,
        "worker": f"{socket.gethostname()[:40]}:{os.getpid()}",
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HOPELESS, given)
        cursor.execute(_CLAIM, given)
        found = cursor.fetchone()
    return LongWork.objects.get(pk=found[0]) if found else None


def speak(work: LongWork, done: int, total: int | None) -> tuple[bool, bool]:
    """Say that the work is alive and how far it is: whether it is still ours, whether it is to stop."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE longwork_longwork SET done = %s, total = %s, alive_at = clock_timestamp() "
            "WHERE id = %s AND tries = %s AND state = 'running' RETURNING cancel_asked_at IS NOT NULL",
            [done, total, work.pk, work.tries],
        )
        found = cursor.fetchone()
    return found is not None, bool(found and found[0])


def end(work: LongWork, state: WorkState, now: datetime, **told: Any) -> bool:
    """Say what came of it; False when it is no longer ours. What it was given is removed."""
    return _end(work, _mine(work), state, now, told)


def hand_over(work: LongWork, now: datetime, **told: Any) -> bool:
    """Say that it is done; False when it is no longer ours or was cancelled, however late: then nothing is kept."""
    return _end(work, _mine(work).filter(cancel_asked_at=None), WorkState.DONE, now, told)


def _mine(work: LongWork) -> "QuerySet[LongWork]":
    return LongWork.objects.filter(pk=work.pk, tries=work.tries, state=WorkState.RUNNING)


def _end(
    work: LongWork, mine: "QuerySet[LongWork]", state: WorkState, now: datetime, told: Mapping[str, Any]
) -> bool:
    ended = mine.update(state=state, ended_at=now, given="", **told)
    if ended and work.given:
        place(work.given).unlink(missing_ok=True)
    return bool(ended)


def give_back(work: LongWork) -> None:
    """Let another process begin it: this one is told to end. That counts as no try."""
    _mine(work).update(state=WorkState.WAITING, tries=work.tries - 1, alive_at=None)


def lasts(now: datetime, days: int) -> datetime:
    """Until when the file of a work that ends now is kept."""
    return now + timedelta(days=days)
