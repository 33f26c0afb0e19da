"""督办单: what was demanded, by whom and until when, and what was answered."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.interviews import interview_count_for
from huying.cases.queries.desks.supervisions import (
    PAGE,
    SupervisionLine,
    supervision_counts_for,
    supervisions_for,
)
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import Chip, Tone, left_words
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import digits, within
from huying.web.taking import SUPERVISIONS, address_of


@guarded(P.BOARD_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Those that wait for an answer, or with ``?of=done`` the others, newest first."""
    done, area = request.GET.get("of") == "done", within(digits(request.GET.get("area", "")))
    before = digits(request.GET.get("after", ""))
    found = supervisions_for(request.actor, request.now, waiting=not done, area=area, before=int(before or 0))
    context = {
        "rows": [_row(request, one) for one in found],
        "done": done,
        "tabs": tabs(request, area, None, "done" if done else "waiting"),
        "next": query_with(request.GET, after=str(found[-1].id)) if len(found) == PAGE else "",
        "questions": filters.shown(request.GET, request.actor.district, request.now, ("area",)),
        "narrowed": bool(area),
        "export": address_of(SUPERVISIONS, request),
    }
    return render(request, "oversight/orders.html", context)


def tabs(
    request: StaffRequest, area: str, body_id: int | None, chosen: str
) -> list[tuple[str, int, str, bool]]:
    """(label, number, address, chosen) of the lists of demands and of talks, within the same area."""
    waiting, others = supervision_counts_for(request.actor, area)
    talks = interview_count_for(request.actor, area, body_id)
    orders, talked = reverse("supervision:index"), reverse("interview:index")
    pairs = [
        ("waiting", _("待回复"), waiting, f"{orders}{query_with(request.GET, of='', after='', body='')}"),
        ("done", _("已了结"), others, f"{orders}{query_with(request.GET, of='done', after='', body='')}"),
        ("interviews", _("约谈"), talks, f"{talked}{query_with(request.GET, of='', after='')}"),
    ]
    return [(label, n, href, name == chosen) for name, label, n, href in pairs]


def _row(request: StaffRequest, one: SupervisionLine) -> dict[str, Any]:
    return {"one": one, "row": row_of(one.line, request), "by": giver(one), "chip": _chip(request, one)}


def giver(one: SupervisionLine) -> str:
    """Who demanded it."""
    return one.by or _("系统自动")


def _chip(request: StaffRequest, one: SupervisionLine) -> Chip:
    if one.replied_at is not None:
        late = one.due_at is not None and one.replied_at > one.due_at
        return Chip(_("回复晚了"), Tone.AMBER) if late else Chip(_("按时回复"), Tone.DONE)
    if one.lifted_at is not None:
        return Chip(_("已解除"), Tone.PLAIN)
    if not one.open:
        return Chip(_("没有回复，案件已了结"), Tone.PLAIN)
    if one.due_at is None:
        return Chip(_("待回复"), Tone.ACCENT)
    late = request.now > one.due_at
    return Chip(left_words(one.due_at, request.now), Tone.RED if late else Tone.ACCENT)


def heads() -> Sequence[str]:
    """The columns of a demand beside those of its case."""
    return [
        _("督办人"),
        _("督办时间"),
        _("督办要求"),
        _("回复期限"),
        _("回复时间"),
        _("回复人"),
        _("督办回复"),
        _("解除时间"),
        _("解除人"),
        _("解除原因"),
    ]
