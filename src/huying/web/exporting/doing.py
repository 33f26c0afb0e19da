"""A large list written behind the pages, as it stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.kernel.clock import now as present
from huying.kernel.sheets import written
from huying.longwork.actions import Made, Task
from huying.longwork.rules import folder
from huying.web.exporting.listed import asked_of
from huying.web.exporting.lists import LISTS

KIND: Final = "export"
_EVERY: Final = 100


def write_list(task: Task) -> Made:
    """The list with the filters it was asked with, in the posts of who asked. Raises Denied for lost ones."""
    listed, form = LISTS[task.params["list"]], task.params["form"]
    now = present()
    asked = asked_of(listed, task.actor, QueryDict(task.params["query"]), now)
    count = 0
    with _as_of_one_moment(), folder.begin(task.target) as file:
        task.progress.told(0, listed.total(asked))
        with written(file, form, _(listed.take.name), listed.heads(asked)) as rows:
            for cells in listed.rows(asked):
                rows.write(cells)
                count += 1
                if count % _EVERY == 0:
                    task.progress.told(count)
    task.progress.told(count, count)
    return Made(file_name(listed.take.kind, timezone.localdate(now), form), {"rows": count})


def file_name(kind: str, day: date, form: str) -> str:
    """What a list's file is called."""
    return f"{kind}-{day.isoformat()}.{form}"


@contextmanager
def _as_of_one_moment() -> Iterator[None]:
    """All pages of the list from one snapshot: what moves meanwhile is neither missed nor told twice.

    Read only: such a transaction is given no number, so nobody who follows the ledger waits for its end.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
