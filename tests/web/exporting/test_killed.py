"""kill -9 in the middle of an export and of an import: another process brings each to its end, nothing doubled."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from huying.access.roles import Role
from huying.cases.models import Case
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.loop.collect.channels.orders import importing
from huying.people.models import Caller
from huying.site.wiring import LONG_WORK
from huying.web.exporting import views
from tests.cast import Cast
from tests.web.desks import desk
from tests.web.exporting.test_lists import cast as cast
from tests.web.exporting.test_lists import fill
from tests.web.importing.test_orders import HEAD, begun

pytestmark = pytest.mark.django_db(transaction=True)


def killed_when(reached: Callable[[], bool]) -> None:
    """A process that does what waits, killed outright once ``reached`` says so."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        do_next(LONG_WORK, threading.Event())
        os._exit(0)
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with connection.cursor() as cursor:
        # As if the fifteen seconds of silence were over.
        cursor.execute(
            "UPDATE longwork_longwork SET alive_at = alive_at - interval '1 minute' WHERE state = 'running'"
        )


def test_an_export_killed_in_the_middle_is_written_whole_by_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    fill(cast, 600)
    client = desk(Role.SUPERVISOR)
    page = client.get("/export/cases?format=csv").headers["Location"]
    folder: Path = settings.HUYING_WORK_DIR
    killed_when(lambda: folder.is_dir() and any(path.suffix == ".part" for path in folder.iterdir()))
    assert LongWork.objects.get().state == "running"
    assert do_next(LONG_WORK, threading.Event())
    told = b"".join(client.get(f"{page}/file").streaming_content)  # type: ignore[attr-defined]
    assert len(set(told.splitlines())) == 601


def test_an_import_killed_in_the_middle_is_completed_and_doubles_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_BATCH", 10)
    rows = [
        f"C{n},2026-01-05 09:00:00,2026-01-06 10:00:00,已办结,路灯{n},水务局,王{n},无号{n}"
        for n in range(200)
    ]
    number = begun(desk(Role.ADMINISTRATOR), "\n".join([HEAD, *rows]))
    killed_when(lambda: Case.objects.exists())
    half = Case.objects.count()
    assert half < 200
    assert Caller.objects.count() == half
    assert do_next(LONG_WORK, threading.Event())
    assert LongWork.objects.get(pk=number).state == "done"
    assert (Case.objects.count(), Caller.objects.count()) == (200, 200)
