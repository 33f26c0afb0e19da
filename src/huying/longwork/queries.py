"""How far long work is: one's own alone, or all of it for whoever runs the machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.longwork.models import LongWork
from huying.longwork.policy import owned_by, place
from huying.longwork.rules.states import SILENCE, UNFINISHED, WorkState
from huying.people.queries import account_names
from huying.people.queries.keys import key_names

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class WorkInfo:
    """One work as a page tells it. Times are aware; ``total`` None: not known; ``outcome`` is what its kind says."""

    id: int
    kind: str
    name: str
    about: str
    params: Mapping[str, Any]
    state: WorkState
    done: int
    total: int | None
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stopping: bool
    file_name: str
    file_bytes: int
    expires_at: datetime | None
    outcome: Mapping[str, Any]
    error: str
    account_id: int | None
    key_id: int | None
    asker: str = ""

    @property
    def finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def share(self) -> int | None:
        """Percent done; None where nobody knows how much there is."""
        return None if not self.total else min(100, 100 * self.done // self.total)


def works_of(actor: Actor, before: int | None = None, limit: int = PAGE) -> list[WorkInfo]:
    """What the actor asked for, newest first, below id ``before``."""
    rows = LongWork.objects.filter(**owned_by(actor))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def work_of(actor: Actor, number: int) -> WorkInfo:
    """One of the actor's own. Raises NotFound, also for another's."""
    return _info(_own(actor, number))


def file_of(actor: Actor, number: int, now: datetime) -> tuple[WorkInfo, Path]:
    """The file of one of the actor's own works. Raises NotFound where there is none, or none any more."""
    row = _own(actor, number)
    path = place(row.file) if row.file else None
    over = row.expires_at is not None and row.expires_at <= now
    if row.state != WorkState.DONE or path is None or over or not path.is_file():
        raise NotFound("这个文件已经过期，或还没有做好。")
    return _info(row), path


def all_works(*, unfinished: bool = False, limit: int = PAGE) -> list[WorkInfo]:
    """Everybody's works, newest first, for whoever runs the machine."""
    rows = LongWork.objects.filter(state__in=UNFINISHED) if unfinished else LongWork.objects.all()
    found = list(rows.order_by("-id")[:limit])
    people = account_names(row.account_id for row in found if row.account_id is not None)
    systems = key_names(row.key_id for row in found if row.key_id is not None)
    names = {row.pk: people.get(row.account_id or 0, "") or systems.get(row.key_id or 0, "") for row in found}
    return [_info(row, names[row.pk]) for row in found]


def is_something_to_do() -> bool:
    """Whether a work waits, or was left by a process that died. One look at an index of what is unfinished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM longwork_longwork WHERE state IN ('waiting', 'running') "
            "AND (state = 'waiting' OR alive_at < clock_timestamp() - make_interval(secs => %s)))",
            [SILENCE.total_seconds()],
        )
        return bool(cursor.fetchone()[0])


def _own(actor: Actor, number: int) -> LongWork:
    row = LongWork.objects.filter(**owned_by(actor), id=number).first()
    if row is None:
        raise NotFound
    return row


def _info(row: LongWork, asker: str = "") -> WorkInfo:
    return WorkInfo(
        id=row.pk, kind=row.kind, name=row.name, about=row.about, params=row.params, state=WorkState(row.state),
        done=row.done, total=row.total, asked_at=row.asked_at, started_at=row.started_at, ended_at=row.ended_at,
        stopping=row.cancel_asked_at is not None and row.state == WorkState.RUNNING, file_name=row.file_name,
        file_bytes=row.file_bytes, expires_at=row.expires_at, outcome=row.outcome, error=row.error,
        account_id=row.account_id, key_id=row.key_id, asker=asker,
    )  # fmt: skip


def unfinished_of(actor: Actor) -> Sequence[WorkInfo]:
    """What the actor still waits for, oldest first."""
    rows = LongWork.objects.filter(**owned_by(actor), state__in=UNFINISHED)
    return [_info(row) for row in rows.order_by("id")]
