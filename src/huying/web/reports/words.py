"""The measures of a report put into other words, before it is signed."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.reports.actions import Worded, put_words
from huying.reports.policy import must_word
from huying.reports.queries import ReportInfo, report_for
from huying.web.guard import StaffRequest, guarded
from huying.web.reports.archive import period_words

_MOST: Final = 12
_SPARE: Final = 2


@guarded(P.REPORT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest, number: int) -> HttpResponse:
    """The measures as fields; a row left empty is taken out. A refusal keeps what was typed."""
    report = report_for(request.actor, number)
    must_word(request.actor, report.line.area)
    rows, wrong, fields = _held(report), "", {}
    if request.method == "POST":
        rows = _typed(request.POST)
        try:
            made = put_words(request.actor, number, _meant(rows), get_language() or "zh-hans", request.now)
        except HuyingError as error:
            wrong = worded(error.message, _)
            fields = {name: worded(text, _) for name, text in error.fields.items()}
        else:
            messages.success(request, _("已保存。"))
            return redirect("reports:one", made)
    context: dict[str, Any] = {
        "report": report,
        "title": report.title(get_language() or "zh-hans"),
        "period": period_words(report.line),
        "rows": _with_wrongs(rows, fields),
        "wrong": wrong,
    }
    return render(request, "reports/words.html", context, status=400 if wrong else 200)


_Row = dict[str, str]


def _held(report: ReportInfo) -> list[_Row]:
    language = get_language() or "zh-hans"
    held = [
        {"of": str(place), "who": one["who"], "what": one["what"][language], "by": one["by"]}
        for place, one in enumerate(report.measures)
    ]
    return [*held, *({"of": "", "who": "", "what": "", "by": ""} for _spare in range(_SPARE))]


def _typed(given: QueryDict) -> list[_Row]:
    columns = [given.getlist(name)[:_MOST] for name in ("of", "who", "what", "by")]
    return [dict(zip(("of", "who", "what", "by"), row, strict=True)) for row in zip(*columns, strict=False)]


def _meant(rows: Sequence[_Row]) -> list[Worded]:
    kept = [row for row in rows if row["who"].strip() or row["what"].strip()]
    return [
        Worded(row["who"], row["what"], _day(row["by"]), int(row["of"]) if row["of"].isdecimal() else None)
        for row in kept
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _with_wrongs(rows: Sequence[_Row], fields: dict[str, str]) -> list[dict[str, Any]]:
    """Each row with what is wrong with it; refusals count the rows that are not empty."""
    made, place = [], -1
    for row in rows:
        filled = bool(row["who"].strip() or row["what"].strip())
        place += filled
        said = {name: fields.get(f"{name}-{place}", "") for name in ("who", "what", "by")} if filled else {}
        made.append({**row, "wrong": said})
    return made
