"""Orders brought in behind the pages, or only looked at; what was refused becomes a sheet to correct and send again."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.access.permissions import Permission
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, NotFound
from huying.kernel.sheets import written
from huying.longwork.actions import Made, Task
from huying.longwork.policy import place
from huying.longwork.rules import folder
from huying.loop.collect.channels.orders import Report, import_orders, order_map

KIND: Final = "import"
_ERRORS_SHOWN: Final = 50


def bring_in(task: Task) -> Made:
    """The orders of the file. Cancelled between two batches: what was written stays, another run completes it."""
    if not task.actor.may_everywhere(Permission.ORDERS_IMPORT):
        raise Denied
    path = place(task.params["file"])
    if not path.is_file():
        raise NotFound("上传的文件已经删除，请重新上传。")
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
