"""The list of who may be alerted, by area and name."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.emergency.queries import (
    ResponderFilter,
    ResponderRow,
    counts_for,
    responders_for,
    skills_of,
)
from huying.emergency.rules.kinds import ResponderKind
from huying.places.queries import area_name
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import RESPONDERS, address_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One of the list, in words; ``call`` is where the number is asked for, "" where the reader may not."""

    row: ResponderRow
    where: str
    skills: str
    days: str
    hours: str
    call: str


@guarded(P.RESPONDER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, wanted = request.GET, wanted_of(request.GET)
    after = after_of(query.get("after", ""))
    found = responders_for(request.actor, wanted, request.now, after=after, limit=PAGE + 1)
    rows, more = found[:PAGE], len(found) > PAGE
    questions = _questions(request)
    counts = counts_for(request.actor, wanted)
    context = {
        "rows": lines_of(request.actor, rows),
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "counts": [
            (_(kind.zh), n, query_with(query, kind=kind.value, after="")) for kind, n in counts.items() if n
        ],
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=cursor_of(rows[-1])) if more else "",
            shown=len(rows),
            total=str(sum(counts.values())),
        ),
        "export": address_of(RESPONDERS, request),
        "may_edit": request.actor.may(P.RESPONDER_EDIT),
    }
    return render(request, "emergency/people/index.html", context)


def lines_of(actor: Actor, rows: list[ResponderRow]) -> list[Line]:
    """Rows in words."""
    names, may_call = skills_of(actor.district, ended=True), actor.may(P.RESPONDER_CALL)
    return [
        Line(
            row,
            area_name(actor.district, row.area),
            "、".join(_(names.get(code, code)) for code in row.skills),
            _(row.hours.words[0]),
            _(row.hours.words[1]),
            reverse("emergency:phone", args=[row.id]) if may_call and row.phone else "",
        )
        for row in rows
    ]


def wanted_of(query: QueryDict) -> ResponderFilter:
    """The filter an address asks for; what is not understood does not filter."""
    area, state = query.get("area", ""), query.get("state", "")
    return ResponderFilter(
        kind=query.get("kind", "") if query.get("kind") in set(ResponderKind) else "",
        skill=query.get("skill", "")[:20],
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        words=query.get("q", "").replace("\x00", "").strip()[:40],
        state=state if state in {"resting", "left"} else "",
    )


def cursor_of(row: ResponderRow) -> str:
    """Where a page ends."""
    return f"{row.area}.{row.id}.{row.name}"


def after_of(text: str) -> tuple[str, str, int] | None:
    """Behind which line a page begins: (area, name, id); None for the first, and for what is no cursor."""
    parts = text.split(".", 2)
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts[:2]):
        return None
    return parts[0], parts[2].replace("\x00", ""), int(parts[1])


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    skills = [(code, _(name)) for code, name in skills_of(district).items()]
    states = [("resting", _("暂不接警")), ("left", _("已退出"))]
    return [
        Filter("q", _("姓名或名称"), "search", value=query.get("q", "")),
        filters.choice(query, "kind", _("类型"), filters.terms(list(ResponderKind))),
        filters.choice(query, "skill", _("技能"), skills),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "state", _("状态"), states),
    ]
