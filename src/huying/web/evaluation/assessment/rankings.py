"""考核排名: who stands where in a period, running or closed; every figure opens to its cases and its formula."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.queries import RankedRow, Ranking
from huying.figures.rules.formulas import Formula, Unit
from huying.figures.rules.measures import Measure
from huying.figures.rules.ranking import Ranked, judged
from huying.loop.supervise.rules.cuts import Cut
from huying.web.case.lists.lines import query_with
from huying.web.evaluation.assessment import asked as asking
from huying.web.evaluation.assessment.asked import RankingAsked, period_key, period_words, state_words
from huying.web.evaluation.assessment.tabs import tabs
from huying.web.evaluation.saying import change_words, divided, name_of, words_of
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import RANKINGS, address_of

_AREAS: Final = (
    "score", "responded_rate", "solved_rate", "satisfied_rate", "in_time_rate", "rework_rate", "close_hours",
)  # fmt: skip
COLUMNS: Final[Mapping[Ranked, Sequence[str]]] = {
    Ranked.DEPARTMENTS: (
        "score", "responded_rate", "solved_rate", "satisfied_rate", "in_time_rate", "rework_rate", "matter_score",
        "street_score", "unfounded_rate",
    ),
    Ranked.STREETS: (*_AREAS, "matter_score"),
    Ranked.COMMUNITIES: (*_AREAS, "matter_score"),
    Ranked.GRIDS: _AREAS,
    Ranked.WORKERS: (
        "valid_report_rate", "sign_rate", "contact_rate", "in_time_rate", "check_rate", "rework_rate", "score",
    ),
    Ranked.POSTS: (
        "valid_report_rate", "accept_rate", "first_decision", "sign_rate", "contact_rate", "in_time_rate", "check_rate",
        "rework_rate", "score",
    ),
}  # fmt: skip
_RATED: Final = "street_score"
_CUTS: Final[Mapping[Ranked, Cut]] = {
    Ranked.DEPARTMENTS: Cut.BODY, Ranked.STREETS: Cut.AREA, Ranked.COMMUNITIES: Cut.AREA, Ranked.GRIDS: Cut.GRID,
    Ranked.POSTS: Cut.POST, Ranked.WORKERS: Cut.POST,
}  # fmt: skip


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """One ranking of one period, with the ranks of the period before."""
    asked, periods = asking.ranking_asked(request.GET, request.actor, request.now)
    ranking = asked.ranking(request.actor, request.now)
    past = _past(request, asked, periods)
    shown = columns(ranking)
    context = {
        "tabs": tabs(request, "rankings"),
        "ranking": ranking,
        "info": asked.info,
        "state": state_words(asked.info),
        "kinds": [
            (_(one.zh), one is asked.kind, query_with(request.GET, of=one.value, order="", role="")) for one in Ranked
        ],
        "periods": [(period_key(one), period_words(one), one is asked.info) for one in periods],
        "roles": _roles(asked),
        "heads": [
            (heading(one), query_with(request.GET, order=one.code), one.code == ranking.order) for one in shown
        ],
        "judged": _("评判件数"),
        "rows": _rows(ranking, shown, past),
        "exempted": sum(row.counts.get(Measure.EXEMPTED, 0) for row in ranking.rows),
        "exemptions": _exemptions(ranking),
        "export": address_of(RANKINGS, request),
        "formulas": [
            {"name": name_of(one), "reckoned": divided(one), "version": one.version} for one in shown
        ],
    }  # fmt: skip
    return render(request, "evaluation/assessment/rankings.html", context)


def _roles(asked: RankingAsked) -> list[tuple[str, str, bool]]:
    if asked.kind is not Ranked.POSTS:
        return []
    return [(one.value, _(one.zh), one is asked.role) for one in asking.POSTS]


def columns(ranking: Ranking) -> list[Formula]:
    """The indicators that a ranking shows, in their order, with the one it is ranked by."""
    known = {one.code: one for one in ranking.formulas}
    codes = dict.fromkeys([*COLUMNS[ranking.kind], ranking.order])
    return [known[code] for code in codes if code in known]


def heading(formula: Formula) -> str:
    """An indicator's name above its column."""
    name = name_of(formula)
    return _("%(name)s（小时）") % {"name": name} if formula.unit is Unit.HOURS else name


def full_name(row: RankedRow) -> str:
    """One of those ranked with where it belongs."""
    return f"{row.named.name} · {row.named.under}" if row.named.under else row.named.name


def _past(request: StaffRequest, asked: RankingAsked, periods: Sequence[Any]) -> Mapping[str, RankedRow]:
    """How they stood in the period before, by key."""
    place = list(periods).index(asked.info) + 1
    if place >= len(periods):
        return {}
    before = RankingAsked(asked.kind, periods[place], asked.order, asked.role, asked.area, None)
    return {row.key: row for row in before.ranking(request.actor, request.now).rows}


def _rows(ranking: Ranking, shown: Sequence[Formula], past: Mapping[str, RankedRow]) -> list[dict[str, Any]]:
    labels = [(one.code, heading(one)) for one in shown]
    opens, rated, judged_label = behind(ranking), _rated(ranking), _("评判件数")
    few = _("不足 %(n)d 件") % {"n": ranking.least}
    by = next((one for one in ranking.formulas if one.code == ranking.order), None)
    rows = []
    for row in ranking.rows:
        href = opens(row.key)
        cells = [
            _cell(row, code, label, rated + row.key if code == _RATED else href + code)
            for code, label in labels
        ]
        cells.append({
            "words": str(judged(by, row.counts) if by else 0), "href": "", "of": "", "label": judged_label, "code": "",
        })  # fmt: skip
        drawn: dict[str, Any] = {
            "rank": row.rank,
            "name": full_name(row),
            "cells": cells,
            "order": ranking.order,
        }
        rows.append(drawn | _moved(row, ranking.order, past.get(row.key), few))
    return rows


def _moved(row: RankedRow, order: str, past: RankedRow | None, few: str) -> dict[str, Any]:
    """How it stood in the period before, or why it has no rank."""
    figure = row.figures.get(order)
    if figure is None:
        return {}
    changed = change_words(figure, past.figures.get(order) if past else None)
    return {
        "was": past.rank if past else None,
        "change": changed,
        "few": few if row.rank is None and figure.value is not None else "",
    }


def _cell(row: RankedRow, code: str, label: str, href: str) -> dict[str, str]:
    figure = row.figures[code]
    if figure.value is None:
        return {"words": "—", "href": "", "of": "", "label": label, "code": code}
    said = f"{figure.numerator.normalize():f} / {figure.denominator.normalize():f}"
    return {"words": words_of(figure), "href": href, "of": said, "label": label, "code": code}


def behind(ranking: Ranking) -> Callable[[str], str]:
    """For each row the address of what stands behind its figures, to which a formula's code is added."""
    period = ranking.period
    asked = {
        "span": "days", "since": period.first.isoformat(), "until": period.last.isoformat(),
        "by": _CUTS[ranking.kind].value,
    }  # fmt: skip
    if ranking.kind is Ranked.DEPARTMENTS and len(ranking.area) > 6:
        asked["area"] = ranking.area
    if ranking.closed is not None:
        asked["version"] = str(ranking.closed.version)
    begun = f"{reverse('figures:behind')}?{urlencode(asked)}"
    inside = ranking.kind is Ranked.COMMUNITIES
    return lambda key: f"{begun}{f'&area={key[:9]}' if inside else ''}&key={quote_plus(key)}&code="


def _rated(ranking: Ranking) -> str:
    """Where the ratings stand that a row's street score was made of, to which the unit's number is added."""
    return f"{reverse('assessment:ratings')}?period={ranking.period.first}_{ranking.period.last}&body="


def _exemptions(ranking: Ranking) -> str:
    days = {
        "since": ranking.period.first.isoformat(),
        "until": ranking.period.last.isoformat(),
        "state": "granted",
    }
    return f"{reverse('assessment:exemptions')}?{urlencode(days)}"
