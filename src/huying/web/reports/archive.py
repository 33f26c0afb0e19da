"""The archive of reports: every version, newest first, and a report written when somebody asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.reports.actions import write_anew
from huying.reports.policy import may_word
from huying.reports.queries import ReportLine, areas_for, reports_for
from huying.reports.rules.doc import span_words
from huying.reports.rules.kinds import ReportKind
from huying.web.case.lists.lines import query_with
from huying.web.components import Chip, Choice, Filter, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.reports.addresses import digits
from huying.web.taking import REPORTS, address_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the archive; what is not understood does not filter."""

    kind: ReportKind | None
    area: str
    signed: bool | None
    day: date | None
    before: int


def read(query: QueryDict) -> Asked:
    """The question of an address."""
    kind, signed, before = query.get("kind", ""), query.get("signed", ""), query.get("before", "")
    return Asked(
        ReportKind(kind) if kind in set(ReportKind) else None, digits(query.get("area", "")),
        {"1": True, "0": False}.get(signed), _day(query.get("day", "")),
        int(before) if digits(before) and len(before) <= 6 else 0,
    )  # fmt: skip


def found(actor: Actor, asked: Asked, before: int, limit: int = PAGE) -> tuple[list[ReportLine], int | None]:
    """A page of the archive from a place on, and the next place."""
    return reports_for(
        actor,
        kind=asked.kind,
        area=asked.area,
        signed=asked.signed,
        day=asked.day,
        before=before,
        limit=limit,
    )


@guarded(P.REPORT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The archive, and for who may the form by which a report is written."""
    asked, areas = read(request.GET), areas_for(request.actor)
    lines, after = found(request.actor, asked, asked.before)
    context: dict[str, Any] = {
        "rows": [_row(line, request.now) for line in lines],
        "questions": _questions(request.GET, areas),
        "narrowed": any((asked.kind, asked.area, asked.signed is not None, asked.day)),
        "export": address_of(REPORTS, request),
        "next": query_with(request.GET, before=str(after)) if after else "",
        "previous": query_with(request.GET, before="") if asked.before else "",
        "kinds": [(one.value, _(one.zh)) for one in ReportKind],
        "areas": [(code, name) for code, name in areas if may_word(request.actor, code)],
        "yesterday": timezone.localdate(request.now) - timedelta(days=1),
        "sets": request.actor.may_everywhere(P.CATALOGUE_EDIT),
    }
    return render(request, "reports/index.html", context)


@guarded(P.REPORT_EDIT)
@require_POST
def write(request: StaffRequest) -> HttpResponse:
    """Write the report of the period that holds a day; a refusal is said above the archive."""
    kind, day = request.POST.get("kind", ""), _day(request.POST.get("day", ""))
    if kind not in set(ReportKind) or day is None:
        messages.error(request, _("请选哪种报告、哪一天。"))
        return redirect("reports:index")
    try:
        number = write_anew(
            request.actor, ReportKind(kind), digits(request.POST.get("area", "")), day, request.now
        )
    except HuyingError as error:
        messages.error(request, worded(error.message, _))
        return redirect("reports:index")
    messages.success(request, _("报告写好了。"))
    return redirect("reports:one", number)


def state_chip(line: ReportLine, now: datetime) -> Chip:
    """How a version stands: signed, the newest waiting for a signature or longer than it may, or an older one."""
    if line.signed_at is not None:
        return Chip(_("已签发"), Tone.DONE, "signed")
    if line.sign_by is not None and line.sign_by <= now:
        return Chip(_("逾期未签发"), Tone.RED, "late")
    return Chip(_("待签发"), Tone.ACCENT, "waiting") if line.newest else Chip(_("旧版"), Tone.PLAIN, "former")


def period_words(line: ReportLine) -> str:
    """The days of a report in the reader's language."""
    return span_words(line.period, get_language() or "zh-hans")


def _row(line: ReportLine, now: datetime) -> Mapping[str, Any]:
    return {"line": line, "kind": _(line.kind.zh), "period": period_words(line), "chip": state_chip(line, now),
            "origin": _(line.origin.zh)}  # fmt: skip


def _questions(query: QueryDict, areas: Sequence[tuple[str, str]]) -> list[Filter]:
    asked = {name: query.get(name, "") for name in ("kind", "area", "signed")}
    offered = {
        "kind": (_("种类"), [(one.value, _(one.zh)) for one in ReportKind]),
        "area": (_("范围"), list(areas)),
        "signed": (_("签发"), [("1", _("已签发")), ("0", _("未签发"))]),
    }
    made = [
        Filter(name, label, "choice", [Choice("", _("全部"), not asked[name]),
                                       *(Choice(value, text, value == asked[name]) for value, text in choices)])
        for name, (label, choices) in offered.items()
    ]  # fmt: skip
    return [*made, Filter("day", _("哪一天"), "date", value=query.get("day", ""))]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
