"""The archive of reports, the cases behind a number of one, and how streets stand, as files."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.cases.queries.lists.queue import CaseLine
from huying.kernel.cells import Cell
from huying.reports.queries.health import checkups_for
from huying.reports.rules.health import Indicator
from huying.web.exporting.cases import PAGE, cells, heads
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.reports import archive
from huying.web.reports.behind import opened
from huying.web.reports.checkup import month_asked, value_words
from huying.web.taking import CHECKUP, REPORT_CASES, REPORTS


def _archive_heads(asked: Asked) -> Sequence[str]:
    return [
        _("种类"), _("范围"), _("自"), _("至"), _("版本"), _("怎么来的"), _("生成时间"),
        _("生成人"), _("签发时间"), _("签发人"),
    ]  # fmt: skip


def _archive(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, before = archive.read(asked.query), 0
    while True:
        lines, after = archive.found(asked.actor, wanted, before, PAGE)
        for one in lines:
            days: list[Cell] = [one.period.first.isoformat(), one.period.last.isoformat()]
            told: list[Cell] = [_(one.kind.zh), one.area_name, *days, one.number, _(one.origin.zh)]
            yield [*told, at(one.made_at), one.made_by, at(one.signed_at), one.signed_by]
        if after is None:
            return
        before = after


def _cases_heads(asked: Asked) -> Sequence[str]:
    return heads(asked)


def _cases(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(after: str) -> tuple[Sequence[CaseLine], str]:
        found = opened(asked.actor, asked.query, asked.now, after, PAGE)
        return found.lines, found.after

    return (cells(one) for one in paged(page))


def _checkup_heads(asked: Asked) -> Sequence[str]:
    return [_("街道"), _("异常项数"), *(_(one.zh) for one in Indicator)]


def _checkup(asked: Asked) -> Iterator[Sequence[Cell]]:
    month = month_asked(asked.query, timezone.localdate(asked.now))
    for one in checkups_for(asked.actor, month):
        yield [one.name, one.off, *(value_words(each.indicator, each.value) for each in one.readings)]


LISTS: Final = (
    Listed(REPORTS, _archive_heads, _archive),
    Listed(REPORT_CASES, _cases_heads, _cases),
    Listed(CHECKUP, _checkup_heads, _checkup),
)
