"""Any list as a CSV file: safe to open in a spreadsheet, and written down in the audit."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.kernel.cells import runs
from huying.kernel.errors import Denied
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.case import words
from huying.web.guard import StaffRequest

MOST_ROWS: Final = 20_000
_PAGE: Final = 500


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def export(request: StaffRequest, wanted: CaseFilter, name: str) -> HttpResponseBase:
    """The cases of a filter, at most ``MOST_ROWS``; who took them and how they asked stands in the audit.

    Raises Denied without ``orders:export``.
    """
    if not request.actor.may(Permission.ORDERS_EXPORT):
        raise Denied
    asked = request.GET.urlencode() or _("全部")
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, f"{name}：{asked}")], request.now)
    # Of several posts only those that may export count: what another lets one read stays on the screen.
    taker = replace(request.actor, grants=request.actor.grants_for(Permission.ORDERS_EXPORT))
    response = StreamingHttpResponse(
        _rows(taker, wanted, request.now), content_type="text/csv; charset=utf-8"
    )
    day = timezone.localdate(request.now).isoformat()
    response["Content-Disposition"] = f'attachment; filename="cases-{day}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def safe(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if runs(text) else text


def _rows(taker: Actor, wanted: CaseFilter, now: datetime) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Spreadsheets know UTF-8 by this mark.
    yield "\ufeff"
    yield writer.writerow(_heads())
    for line in _lines(taker, wanted, now):
        yield writer.writerow([safe(cell) for cell in _cells(line)])


def _lines(taker: Actor, wanted: CaseFilter, now: datetime) -> Iterator[CaseLine]:
    after, count = "", 0
    while count < MOST_ROWS:
        page = queue_for(taker, wanted, now, after, _PAGE)
        yield from page.lines
        count += len(page.lines)
        after = page.after
        if not after:
            return


def _heads() -> Sequence[str]:
    return [
        _("案件编号"), _("标题"), _("状态"), _("类型"), _("事项代码"), _("事项"), _("区域代码"), _("区域"),
        _("来源"), _("主办单位"), _("时限"), _("期限"), _("受理时间"), _("结案时间"), _("诉求人数"), _("返工次数"),
    ]  # fmt: skip


def _cells(line: CaseLine) -> Sequence[Any]:
    return [
        line.number, line.title, _(line.state.zh), words.kind_words(line.kind), line.item, line.item_name, line.area,
        line.area_name, words.channel_words(line.channel), line.body_name,
        _(line.due_kind.zh) if line.due_kind else "", _at(line.due_at), _at(line.opened_at), _at(line.closed_at),
        line.appeals, line.reworks,
    ]  # fmt: skip


def _at(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""
