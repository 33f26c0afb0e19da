"""Doing works one after another: each in the name of who asked, telling how far it is, ending when it is told to.

While the work is done in the main thread, another says that it is alive and hears whether it is to stop. So a work
need only ask ``told`` between two rows, which costs nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import Error, connection
from django.utils import translation
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, HuyingError
from huying.kernel.saying import worded
from huying.longwork.actions import claiming
from huying.longwork.models import LongWork
from huying.longwork.policy import home, place
from huying.longwork.rules import folder, scope
from huying.longwork.rules.states import WorkState
from huying.people.queries import actor_by_id
from huying.people.queries.keys import actors_of_keys

_log = logging.getLogger(__name__)
_EVERY: Final = 0.3


class Stopped(Exception):
    """The work is to end here: cancelled, taken over by another process, or the process is to end."""


@dataclass(slots=True)
class Progress:
    """How far a work is. ``told`` is asked as often as one likes; a step of more than half a second is too long."""

    done: int = 0
    total: int | None = None
    cancelled: bool = False
    lost: bool = False
    ending: threading.Event = field(default_factory=threading.Event)

    def told(self, done: int, total: int | None = None) -> None:
        """So much is done. Raises Stopped when there is no reason to go on."""
        self.done = done
        self.total = total if total is not None else self.total
        if self.cancelled or self.lost or self.ending.is_set():
            raise Stopped


@dataclass(frozen=True, slots=True)
class Task:
    """A work as its kind gets it: in whose name, what of, the file given (None for none), and where to write."""

    actor: Actor
    params: Mapping[str, Any]
    asked_at: datetime
    given: Path | None
    target: Path
    progress: Progress


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a work. ``file_name`` is what the asker's browser is told, "" where no file was made."""

    file_name: str = ""
    outcome: Mapping[str, Any] = field(default_factory=dict)


Doer = Callable[[Task], Made]


def do_next(doers: Mapping[str, Doer], ending: threading.Event) -> bool:
    """Take one work and bring it to its end, whatever that is; False when there was none."""
    work = claiming.claim(present())
    if work is None:
        return False
    progress = Progress(ending=ending)
    target = place(folder.new_name(".part"))
    try:
        with translation.override(work.language), _speaking(work, progress):
            made = _made(work, doers, progress, target)
        _ended_well(work, made, target)
    except Stopped:
        _stopped(work, progress)
    except HuyingError as refused:
        with translation.override(work.language):
            said = "；".join(
                [worded(refused.message, _), *(worded(one, _) for one in refused.fields.values())]
            )
        claiming.end(work, WorkState.FAILED, present(), error=said[:500])
    except Exception:
        _log.exception("work %s (%s) failed", work.pk, work.kind)
        with translation.override(work.language):
            said = _("做到一半出错了，已记在服务日志里（任务 %(n)d）。请再试一次。") % {"n": work.pk}
        claiming.end(work, WorkState.FAILED, present(), error=said)
    finally:
        target.unlink(missing_ok=True)
    return True


def _made(work: LongWork, doers: Mapping[str, Doer], progress: Progress, target: Path) -> Made:
    folder.ready(home())
    then = scope.read(work.grants)
    actor = scope.narrowed(_asker(work), then)
    given = place(work.given) if work.given else None
    return doers[work.kind](Task(actor, work.params, work.asked_at, given, target, progress))


def _asker(work: LongWork) -> Actor:
    """Whoever asked, as they are now. Raises Denied for an account that is stopped, a key that was ended or ran out."""
    if work.account_id is not None:
        return actor_by_id(work.district, work.account_id, present())
    number = work.key_id or 0
    known = actors_of_keys(work.district, [number], present()).get(number)
    if known is None:
        raise Denied
    return known


def _ended_well(work: LongWork, made: Made, target: Path) -> None:
    now = present()
    told: dict[str, Any] = {"outcome": dict(made.outcome)}
    name = ""
    if made.file_name:
        name = folder.new_name(Path(made.file_name).suffix)
        size = target.stat().st_size
        target.replace(place(name))
        told |= {
            "file": name, "file_name": made.file_name[:120], "file_bytes": size,
            "expires_at": claiming.lasts(now, settings.HUYING_WORK_DAYS),
        }  # fmt: skip
    # What was brought in is in, whatever was asked meanwhile.
    kept = (
        claiming.end(work, WorkState.DONE, now, **told)
        if work.given
        else claiming.hand_over(work, now, **told)
    )
    if not kept:
        claiming.end(work, WorkState.CANCELLED, now)
        if name:
            place(name).unlink(missing_ok=True)


def _stopped(work: LongWork, progress: Progress) -> None:
    if progress.cancelled:
        claiming.end(work, WorkState.CANCELLED, present())
    elif not progress.lost:
        claiming.give_back(work)


@contextmanager
def _speaking(work: LongWork, progress: Progress) -> Iterator[None]:
    """A thread with a connection of its own that speaks for the work while the block lasts, and once at its end."""
    over = threading.Event()

    def speak() -> None:
        try:
            while not over.wait(_EVERY):
                _speak(work, progress)
        finally:
            connection.close()

    thread = threading.Thread(target=speak, name=f"work {work.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _speak(work, progress)


def _speak(work: LongWork, progress: Progress) -> None:
    try:
        ours, cancelled = claiming.speak(work, progress.done, progress.total)
        progress.cancelled, progress.lost = cancelled, not ours
    except Error:
        # A database that is away for a moment: said again next time; away for long, the work is another's.
        connection.close()
