"""一事一考核: scored cases, the lowest first, and for each where its points went."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.queries import matters_for
from huying.figures.queries.matters import LineWorth, MattersWanted
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import Filter
from huying.web.evaluation.assessment.asked import day_of, number_of
from huying.web.evaluation.assessment.tabs import tabs
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import MATTERS, address_of

_BANDS: Final = (
    ("0-59", gettext_noop("60 分以下")), ("60-79", gettext_noop("60 到 79 分")), ("80-99", gettext_noop("80 到 99 分")),
    ("100-100", gettext_noop("满分")),
)  # fmt: skip


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Scored cases as the address asks for them."""
    wanted = wanted_of(request.GET)
    found, after = matters_for(request.actor, wanted, request.now, request.GET.get("after", ""))
    questions = _questions(request)
    context = {
        "tabs": tabs(request, "matters"),
        "rows": [
            {
                "row": row_of(one.line, request),
                "score": f"{one.score:.2f}",
                "day": one.day,
                "lost": [lost_words(each) for each in one.lost],
            }
            for one in found
        ],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "orders": [
            (_("低分在前"), query_with(request.GET, by="", after=""), wanted.worst),
            (_("新结案在前"), query_with(request.GET, by="day", after=""), not wanted.worst),
        ],
        "next": query_with(request.GET, after=after) if after else "",
        "export": address_of(MATTERS, request),
    }
    return render(request, "evaluation/assessment/matters.html", context)


def wanted_of(query: QueryDict) -> MattersWanted:
    """What an address narrows the list by, and in which order."""
    band = query.get("band", "")
    least, most = band.split("-") if band in dict(_BANDS) else ("", "")
    area, item = query.get("area", ""), query.get("item", "")
    return MattersWanted(
        day_of(query.get("since", "")), day_of(query.get("until", "")), number_of(query.get("body", "")),
        item if item.isascii() and item.isdigit() and len(item) == 2 else "",
        area if area.isascii() and area.isdigit() and len(area) <= 12 else "",
        number_of(least), number_of(most), query.get("by", "") != "day",
    )  # fmt: skip


def lost_words(one: LineWorth) -> str:
    """A line that cost points, and how many."""
    lost = max(one.line.most, 0) - one.worth
    name = one.line.en if get_language() == "en" else one.line.zh
    return f"{name} −{lost.normalize():f}"


def _questions(request: StaffRequest) -> list[Filter]:
    asked = request.GET
    bands = [(value, _(label)) for value, label in _BANDS]
    order = [Filter("by", "", "hidden", value=asked.get("by", ""))] if asked.get("by") else []
    return [
        *order,
        filters.choice(asked, "band", _("得分"), bands),
        *filters.shown(asked, request.actor.district, request.now, ("body", "area")),
        Filter("since", _("结案自"), "date", value=asked.get("since", "")),
        Filter("until", _("结案至"), "date", value=asked.get("until", "")),
    ]
