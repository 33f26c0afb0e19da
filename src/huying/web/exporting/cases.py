"""Lists of cases: all of them, the dispatch queue, a handler's own, what waits to be checked. Callers are in none."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.queries.lists.own_orders import OwnOrder, own_orders
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, count_for, queue_for
from huying.kernel.cells import Cell
from huying.web.case import words
from huying.web.case.lists import filters
from huying.web.dispatch.queue import wanted_of
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.handling.asked import mine
from huying.web.oversight.asked import to_check
from huying.web.taking import ALL, CHECKS, DISPATCH, HANDLING, Take

PAGE: Final = 500
_MOST_COUNTED: Final = 10_000_000


def heads(asked: Asked) -> Sequence[str]:
    """The columns of a case."""
    return [
        _("案件编号"), _("标题"), _("状态"), _("类型"), _("事项代码"), _("事项"), _("区域代码"), _("区域"),
        _("来源"), _("主办单位"), _("时限"), _("期限"), _("受理时间"), _("结案时间"), _("诉求人数"), _("返工次数"),
    ]  # fmt: skip


def cells(line: CaseLine) -> list[Cell]:
    """A case in these columns."""
    return [
        line.number, line.title, _(line.state.zh), words.kind_words(line.kind), line.item, line.item_name, line.area,
        line.area_name, words.channel_words(line.channel), line.body_name,
        _(line.due_kind.zh) if line.due_kind else "", at(line.due_at), at(line.opened_at), at(line.closed_at),
        line.appeals, line.reworks,
    ]  # fmt: skip


def _listed(take: Take, wanted: Callable[[Asked], CaseFilter]) -> Listed:
    def rows(asked: Asked) -> Iterator[Sequence[Cell]]:
        return (cells(line) for line in _lines(asked, wanted(asked)))

    def total(asked: Asked) -> int | None:
        which = wanted(asked)
        return None if which.text else count_for(asked.actor, which, asked.now, _MOST_COUNTED)

    return Listed(take, heads, rows, total)


def _lines(asked: Asked, wanted: CaseFilter) -> Iterator[CaseLine]:
    def page(after: str) -> tuple[Sequence[CaseLine], str]:
        found = queue_for(asked.actor, wanted, asked.now, after, PAGE)
        return found.lines, found.after

    return paged(page)


def _own_heads(asked: Asked) -> Sequence[str]:
    return [*heads(asked), _("工单"), _("工单状态"), _("工单时限"), _("工单期限")]


def _own_rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = mine(asked.actor, asked.query)

    def page(after: str) -> tuple[Sequence[Sequence[Cell]], str]:
        found = queue_for(asked.actor, wanted, asked.now, after, PAGE)
        own = own_orders(asked.actor, [line.id for line in found.lines], asked.now)
        return [[*cells(line), *_order(own.get(line.id))] for line in found.lines], found.after

    return paged(page)


def _order(own: OwnOrder | None) -> list[Cell]:
    if own is None:
        return ["", "", "", ""]
    clock = _("暂停计时") if own.paused else _(own.due_kind.zh) if own.due_kind else ""
    return [_(own.role.zh), _(own.state.zh), clock, at(own.due_at)]


LISTS: Final = (
    _listed(ALL, lambda asked: filters.read(asked.query)),
    _listed(DISPATCH, lambda asked: wanted_of(asked.actor, asked.query)),
    _listed(CHECKS, lambda asked: to_check(asked.query)),
    Listed(HANDLING, _own_heads, _own_rows),
)
