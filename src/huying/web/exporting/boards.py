"""Boards as files: how things stand, what is late, indicators with their ranking, and the cases behind a number."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.queries.desks.interviews import InterviewLine, interviews_for
from huying.cases.queries.desks.supervisions import SupervisionLine, supervisions_for
from huying.figures.queries import Board, Opened, board_for
from huying.figures.rules.measures import Measure
from huying.kernel.cells import Cell
from huying.loop.supervise.queries import Oversight, OversightRow
from huying.loop.supervise.queries.late import Late
from huying.loop.supervise.rules.gauges import Gauge
from huying.web.command.views import counted_today
from huying.web.evaluation import asking
from huying.web.evaluation.behind import cell_asked
from huying.web.evaluation.saying import name_of, words_of
from huying.web.exporting.cases import PAGE, cells, heads
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.oversight import interviews, orders
from huying.web.oversight.asked import board_of, digits, within, worst
from huying.web.taking import BEHIND, COUNTED, FIGURES, INTERVIEWS, LATE, OVERSIGHT, SUPERVISIONS


def _gauge_heads(asked: Asked) -> Sequence[str]:
    return [_("名称"), *(_(gauge.zh) for gauge in Gauge)]


def _gauges(asked: Asked) -> Iterator[Sequence[Cell]]:
    def row(one: OversightRow, name: str) -> Sequence[Cell]:
        return [name, *(one.gauges[gauge] for gauge in Gauge)]

    board: Oversight = board_of(asked.actor, asked.query)
    yield from (row(one, one.name) for one in board.rows)
    yield row(board.total, _("合计"))


def _late_heads(asked: Asked) -> Sequence[str]:
    return [_("超时的时限"), _("自何时超时"), *heads(asked)]


def _late(asked: Asked) -> Iterator[Sequence[Cell]]:
    def page(after: str) -> tuple[Sequence[Late], str]:
        found = worst(asked.actor, asked.query, asked.now, after, PAGE)
        return found.cases, found.after

    return ([_(one.kind.zh), at(one.since), *cells(one.line)] for one in paged(page))


def _demand_heads(asked: Asked) -> Sequence[str]:
    return [*orders.heads(), *heads(asked)]


def _demands(asked: Asked) -> Iterator[Sequence[Cell]]:
    area, done = within(digits(asked.query.get("area", ""))), asked.query.get("of") == "done"

    def page(after: str) -> tuple[Sequence[SupervisionLine], str]:
        found = supervisions_for(
            asked.actor, asked.now, waiting=not done, area=area, before=int(after or 0), limit=PAGE
        )
        return found, str(found[-1].id) if len(found) == PAGE else ""

    for one in paged(page):
        told = [
            orders.giver(one),
            at(one.issued_at),
            one.demand,
            at(one.due_at),
            at(one.replied_at),
            one.replied_by,
        ]
        lifted = [at(one.lifted_at), one.lifted_by, one.lifted_why]
        yield [*told, one.reply, *lifted, *cells(one.line)]


def _talk_heads(asked: Asked) -> Sequence[str]:
    return [*interviews.heads(), *heads(asked)]


def _talks(asked: Asked) -> Iterator[Sequence[Cell]]:
    area, body_id = interviews.asked(asked.query)

    def page(after: str) -> tuple[Sequence[InterviewLine], str]:
        found = interviews_for(
            asked.actor, asked.now, area=area, body_id=body_id, before=int(after or 0), limit=PAGE
        )
        return found, str(found[-1].id) if len(found) == PAGE else ""

    for one in paged(page):
        wanted = one.rectification
        told = [one.body_name, at(one.held_at), one.by, one.interviewed, one.talk]
        demanded = [wanted.words if wanted else "", at(wanted.until if wanted else None)]
        yield [*told, *demanded, interviews.state_words(one), *cells(one.line)]


def _board(asked: Asked) -> Board:
    wanted = asking.read(asked.query, asked.now, asked.actor)
    return board_for(asked.actor, wanted.period, wanted.by, wanted.area, wanted.order)


def _figure_heads(asked: Asked) -> Sequence[str]:
    formulas = _board(asked).formulas
    return [_("名次"), _("名称"), *(name_of(one) for one in formulas), *(_(one.zh) for one in Measure)]


def _figures(asked: Asked) -> Iterator[Sequence[Cell]]:
    board = _board(asked)
    for row in [*board.rows, board.total]:
        figures = [words_of(row.figures[one.code]) for one in board.formulas]
        name = row.name if row is not board.total or row in board.rows else _("合计")
        yield [row.rank, name, *figures, *(row.counts.get(one, 0) for one in Measure)]


def _opened_heads(asked: Asked) -> Sequence[str]:
    return [_("计入"), _("日期"), *heads(asked)]


def _opened(page: Callable[[str], tuple[list[Opened], str]]) -> Iterator[Sequence[Cell]]:
    return ([_(one.measure.zh), one.day.isoformat(), *cells(one.line)] for one in paged(page))


def _behind(asked: Asked) -> Iterator[Sequence[Cell]]:
    cell = cell_asked(asked.actor, asked.query, asked.now)
    return _opened(lambda after: cell.rows(asked.actor, asked.now, after, PAGE))


def _counted(asked: Asked) -> Iterator[Sequence[Cell]]:
    return _opened(lambda after: counted_today(asked.actor, asked.query, asked.now, after, PAGE))


LISTS: Final = (
    Listed(OVERSIGHT, _gauge_heads, _gauges),
    Listed(LATE, _late_heads, _late),
    Listed(SUPERVISIONS, _demand_heads, _demands),
    Listed(INTERVIEWS, _talk_heads, _talks),
    Listed(FIGURES, _figure_heads, _figures),
    Listed(BEHIND, _opened_heads, _behind),
    Listed(COUNTED, _opened_heads, _counted),
)
