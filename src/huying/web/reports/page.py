"""One report: as a page to be read and printed, signed, and taken away as a file."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import NotFound, Unavailable
from huying.kernel.saying import worded
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.reports.actions import sign
from huying.reports.channels import file_of
from huying.reports.channels.addresses import address_within, whole_address
from huying.reports.channels.drawing import svg
from huying.reports.channels.laying import Drawing, Grid, Head, Part, Words, laid
from huying.reports.policy import may_word, signing_post
from huying.reports.queries import ReportInfo, neighbours_for, report_for
from huying.reports.rules.kinds import Form
from huying.web.admin.doing import pressed
from huying.web.components import Chart, Column
from huying.web.guard import StaffRequest, guarded
from huying.web.reports.archive import period_words, state_chip

_TYPES: Final = {
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@guarded(P.REPORT_READ)
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The report in the reader's language, with what may be done with it."""
    report = report_for(request.actor, number)
    line = report.line
    waiting = line.signed_at is None and line.newest
    context: dict[str, Any] = {
        "report": report,
        "line": line,
        "chip": state_chip(line, request.now),
        "origin": _(line.origin.zh),
        **page_of(report),
        "forms": [(form.value, form.zh) for form in Form],
        "signs": waiting and signing_post(request.actor, line.area) is not None,
        "words": waiting and may_word(request.actor, line.area),
        "anew": may_word(request.actor, line.area),
        "others": [
            (other.id, _("%(period)s %(area)s 第 %(n)d 版")
             % {"period": period_words(other), "area": other.area_name, "n": other.number})
            for other in neighbours_for(request.actor, line)
        ],
    }  # fmt: skip
    return render(request, "reports/one.html", context)


def page_of(report: ReportInfo) -> dict[str, Any]:
    """A report's text for a page: the laid document, and its parts as a template draws them."""
    whole = laid(report, get_language() or "zh-hans", address_within)
    return {"laid": whole, "parts": [_drawn(part, place, report) for place, part in enumerate(whole.parts)]}


@guarded(P.REPORT_SIGN)
@require_POST
def press_sign(request: StaffRequest, number: int) -> HttpResponse:
    """Sign it; a refusal is said on the report's page."""
    report_for(request.actor, number)
    return pressed(
        request, lambda: sign(request.actor, number, request.now), _("已签发。"), "reports:one", number
    )


@guarded(P.REPORT_READ)
@require_GET
def file(request: StaffRequest, number: int, form: str) -> HttpResponse:
    """The report as a file; who took it stands in the audit. What cannot be made is said on the report's page."""
    if form not in set(Form):
        raise NotFound
    language = get_language() or "zh-hans"
    report = report_for(request.actor, number)
    try:
        name, data = file_of(request.actor, number, Form(form), language, request.now, whole_address)
    except Unavailable as error:
        messages.error(request, worded(error.message, _))
        return redirect("reports:one", number)
    told = f"{report.title('zh-hans')}，{report.text['zh-hans']['period']}，第 {report.line.number} 版，{Form(form).zh}"
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, told)], request.now)
    response = HttpResponse(data, content_type=_TYPES[Form(form)])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _drawn(part: Part, place: int, report: ReportInfo) -> Mapping[str, Any]:
    match part:
        case Head():
            return {"is": "head", "text": part.text}
        case Words():
            return {"is": "words", "pieces": part.pieces}
        case Grid():
            rows = [[(cell, column >= part.texts) for column, cell in enumerate(row)] for row in part.rows]
            return {"is": "grid", "title": part.title, "heads": part.heads, "rows": rows, "texts": part.texts}
        case Drawing():
            columns = [Column(name, list(values)) for name, values in part.series]
            axis = _("日期") if part.kind == "line" else _("事项")
            chart = Chart(
                f"report-{report.line.id}-{place}", part.title, part.kind, list(part.categories), columns,
                unit=part.unit, axis=axis, links=list(part.links),
            )  # fmt: skip
            # On paper the drawing of the files: a canvas made for the screen is cut off there. It escapes its texts.
            return {
                "is": "chart",
                "chart": chart,
                "label": part.label,
                "svg": mark_safe(svg(part, "sans-serif")),
            }
