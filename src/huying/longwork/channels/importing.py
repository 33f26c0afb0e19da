"""Orders brought in behind the pages: a file kept for whoever sent it, looked through, then written.

What was refused becomes a sheet to correct and send again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.kernel.sheets import written
from huying.longwork.actions import Made, Task, ask
from huying.longwork.policy import home, owned_by, place
from huying.longwork.queries import work_of
from huying.longwork.rules import folder
from huying.loop.collect.channels.orders import Report, guessing, import_orders, order_map

KIND: Final = "import"
SUFFIXES: Final = (".csv", ".txt", ".xlsx", ".xlsm")
_ERRORS_SHOWN: Final = 50
_CHECK: Final = gettext_noop("导入前检查")
_IMPORT: Final = gettext_noop("导入工单")
_SALT: Final = "huying.imports"
# A file that nobody went on with is removed after a day.
_SECONDS: Final = 86_400
_GONE: Final = gettext_noop("上传的文件已经删除，请重新上传。")


def take_in(actor: Actor, given: str, pieces: Iterable[bytes]) -> str:
    """Keep a file for a day, and a mark by which the actor alone goes on with it. ``given`` is its own name.

    Raises Denied, Invalid for what is no table with a head.
    """
    _must(actor)
    name = folder.new_name(Path(given).suffix.lower())
    try:
        folder.keep(folder.ready(home()) / name, pieces)
        look(name, given)
    except HuyingError:
        place(name).unlink(missing_ok=True)
        raise
    owner = sorted(owned_by(actor).items())
    return signing.dumps([name, given[:100], owner], salt=_SALT, compress=True)


def opened(actor: Actor, mark: str) -> tuple[str, str]:
    """The file of a mark that was given to the same actor, and its own name. Raises NotFound."""
    try:
        name, given, owner = signing.loads(mark, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as error:
        raise NotFound(_GONE) from error
    if [tuple(pair) for pair in owner] != sorted(owned_by(actor).items()):
        raise NotFound
    return name, given


def look(name: str, given: str) -> guessing.Looked:
    """The head of a file and its first rows. Raises NotFound for one that is gone, Invalid."""
    path = place(name)
    if not path.is_file():
        raise NotFound(_GONE)
    return guessing.look(path, given)


def look_through(
    actor: Actor, name: str, given: str, told: Mapping[str, Any], now: datetime, language: str
) -> int:
    """Ask for a look through the whole file under a map of columns, without writing anything: the work's number.

    Raises Denied; Invalid for a map that is none.
    """
    _must(actor)
    order_map(told, "import")
    params = {"file": name, "given": given, "map": dict(told), "dry": True}
    return ask(actor, KIND, _CHECK, params, now, language=language, about=given)


def begin(actor: Actor, number: int, now: datetime, language: str) -> int:
    """Ask for what was looked through by this work of the actor's to be brought in: the further work's number.

    Raises Denied, NotFound, Invalid where the file is gone.
    """
    looked = work_of(actor, number)
    if looked.kind != KIND or not looked.params["dry"] or not looked.finished:
        raise NotFound
    _must(actor)
    name, given = looked.params["file"], looked.params["given"]
    if not place(name).is_file():
        raise Invalid(_GONE)
    params = {**looked.params, "dry": False}
    return ask(actor, KIND, _IMPORT, params, now, language=language, about=given, given=name)


def _must(actor: Actor) -> None:
    if not actor.may_everywhere(Permission.ORDERS_IMPORT):
        raise Denied


def bring_in(task: Task) -> Made:
    """The orders of the file. Cancelled between two batches: what was written stays, another run completes it."""
    _must(task.actor)
    path = place(task.params["file"])
    if not path.is_file():
        raise NotFound(_GONE)
    done = 0

    def begun(rows: int) -> Any:
        task.progress.told(0, rows)

        def told(count: int) -> None:
            nonlocal done
            done += count
            task.progress.told(done)

        return told

    told_map = order_map(task.params["map"], "import")
    report = import_orders(
        path, told_map, task.actor.district, present(), dry_run=task.params["dry"], begun=begun
    )
    if not report.refused:
        return Made("", _outcome(report))
    with (
        folder.begin(task.target) as file,
        written(file, "xlsx", _("未导入"), [_("行"), _("工单编号"), _("原因"), _("说明")]) as rows,
    ):
        for one in report.refused:
            rows.write([one.line, one.number, _(one.reason.zh), one.detail])
    day = timezone.localdate(present()).isoformat()
    return Made(f"not-imported-{day}.xlsx", _outcome(report))


def _outcome(report: Report) -> dict[str, Any]:
    """As a row keeps it: counts, and the first rows that were refused."""
    told = report.as_dict()
    return {**told, "errors": told["errors"][:_ERRORS_SHOWN], "refused_rows": len(report.refused)}
