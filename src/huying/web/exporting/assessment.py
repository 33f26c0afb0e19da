"""Assessment as files: rankings, periods, exemptions, scores of cases, ratings."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from huying.figures.queries import exemptions_for, matters_for, periods_for, ratings_for
from huying.figures.queries.exemptions import PAGE as EXEMPTIONS_AT_ONCE
from huying.figures.queries.matters import ScoredCase
from huying.figures.rules.measures import Measure
from huying.kernel.cells import Cell
from huying.web.evaluation.assessment import exemptions, matters
from huying.web.evaluation.assessment.asked import number_of, period_asked, ranking_asked, state_words
from huying.web.evaluation.assessment.rankings import full_name
from huying.web.evaluation.saying import name_of, words_of
from huying.web.exporting.cases import PAGE, cells, heads
from huying.web.exporting.listed import Asked, Listed, at, backwards, paged
from huying.web.taking import EXEMPTIONS, MATTERS, PERIODS, RANKINGS, RATINGS


def _ranking_heads(asked: Asked) -> Sequence[str]:
    wanted, _periods = ranking_asked(asked.query, asked.actor, asked.now)
    formulas = wanted.ranking(asked.actor, asked.now).formulas
    return [_("名次"), _("名称"), *(name_of(one) for one in formulas), *(_(one.zh) for one in Measure)]


def _ranking(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted, _periods = ranking_asked(asked.query, asked.actor, asked.now)
    ranking = wanted.ranking(asked.actor, asked.now)
    for row in ranking.rows:
        figures = [words_of(row.figures[one.code]) for one in ranking.formulas]
        yield [row.rank, full_name(row), *figures, *(row.counts.get(one, 0) for one in Measure)]


def _period_heads(asked: Asked) -> Sequence[str]:
    return [
        _("开始"), _("结束"), _("状态"), _("版"), _("封账人"), _("封账时间"), _("不计入"), _("重开人"), _("重开时间"),
        _("重开理由"), _("数字指纹"),
    ]  # fmt: skip


def _periods(asked: Asked) -> Iterator[Sequence[Cell]]:
    for info in periods_for(asked.actor, asked.now):
        days = [info.period.first.isoformat(), info.period.last.isoformat()]
        if not info.closings:
            yield [*days, state_words(info), None, "", "", None, "", "", "", ""]
        for one in info.closings:
            yield [
                *days, _("已封账") if one.stands else _("已重开"), one.version, one.closed_name, at(one.closed_at),
                one.exempted, one.reopened_name, at(one.reopened_at), one.reason, one.digest,
            ]  # fmt: skip


def _exemption_heads(asked: Asked) -> Sequence[str]:
    return [
        _("案件"), _("单位"), _("哪一项"), _("计入的日期"), _("事由"), _("理由"), _("申请人"), _("申请时间"), _("状态"),
        _("审定人"), _("审定时间"), _("审定理由"),
    ]  # fmt: skip


def _exemptions(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = exemptions.wanted_of(asked.query)
    page = partial(exemptions_for, asked.actor, wanted, asked.now)
    for one in backwards(page, EXEMPTIONS_AT_ONCE):
        yield [
            one.line.number if one.line else "", one.body_name, exemptions.what(one), one.day.isoformat(),
            _(one.ground.zh), one.words, one.asked_name, at(one.asked_at), _(one.state.zh), one.decided_name,
            at(one.decided_at), one.reason,
        ]  # fmt: skip


def _matter_heads(asked: Asked) -> Sequence[str]:
    return [_("得分"), _("扣在哪里"), *heads(asked)]


def _matters(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = matters.wanted_of(asked.query)

    def page(after: str) -> tuple[Sequence[ScoredCase], str]:
        return matters_for(asked.actor, wanted, asked.now, after, PAGE)

    for one in paged(page):
        lost = "，".join(matters.lost_words(each) for each in one.lost)
        yield [f"{one.score:.2f}", lost, *cells(one.line)]


def _rating_heads(asked: Asked) -> Sequence[str]:
    return [_("街道"), _("部门"), _("星"), _("评语"), _("评价人"), _("评价时间")]


def _ratings(asked: Asked) -> Iterator[Sequence[Cell]]:
    info = period_asked(asked.query, periods_for(asked.actor, asked.now))
    body = number_of(asked.query.get("body", ""))
    for one in ratings_for(asked.actor, info.period, body_id=body):
        yield [one.street_name, one.body_name, one.stars, one.words, one.by_name, at(one.at)]


LISTS: Final = (
    Listed(RANKINGS, _ranking_heads, _ranking),
    Listed(PERIODS, _period_heads, _periods),
    Listed(EXEMPTIONS, _exemption_heads, _exemptions),
    Listed(MATTERS, _matter_heads, _matters),
    Listed(RATINGS, _rating_heads, _ratings),
)
