"""A desk of one sort of work: what waits on the left, the chosen case with the step's buttons on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huying.cases.queries.lists.queue import CaseLine
from huying.cases.queries.page import CaseView, EntryView
from huying.kernel.errors import NotFound
from huying.web.case import finding, showing
from huying.web.case.buttons import letters
from huying.web.case.lists.lines import row_of
from huying.web.case.page import context_of
from huying.web.components import Chip, Filter, Pager, Photo, TrackStep
from huying.web.guard import StaffRequest
from huying.web.taking import Take, address_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list. ``note`` stands under the title; ``told`` is what to weigh, said beside the case."""

    line: CaseLine
    note: str
    chip: Chip | None = None
    told: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of what waits. ``after`` is the next page's cursor; ``told`` heads what is to be weighed.

    ``take`` is this list as a file. ``questions`` narrow it; one's own filters of it are kept under ``saved``.
    ``weighed`` heads what stands beside a line, where that is not ``told``.
    ``tabs`` are other lists of the same work: (label, address, whether it is this one).
    """

    title: str
    told: str
    empty: str
    hint: str
    waiting: Sequence[Waiting]
    after: str = ""
    tabs: Sequence[tuple[str, str, bool]] = ()
    take: Take | None = None
    questions: Sequence[Filter] = ()
    saved: str = ""
    weighed: str = ""


def show(request: StaffRequest, desk: Desk, more: Any = None) -> HttpResponse:
    """The whole page, or for htmx the chosen case alone.

    ``more`` is called with the chosen case and gives what this desk shows beyond the case.
    """
    wanted = request.GET.get("case", "")
    case = _chosen(request, desk, wanted)
    context: dict[str, Any] = {"desk": desk, "picked": case.line.number if case else "", "wanted": wanted}
    if case is not None:
        stay = f"{request.path}?{_query(request, case=case.line.number)}"
        context |= context_of(
            request, case, _following(request, desk, case.line.number), talking=False, stay=stay
        )
        context["told"] = next((one.told for one in desk.waiting if one.line.id == case.line.id), ())
        context |= more(case) if more else {}
    context["list_address"] = f"?{_query(request)}"
    if "HX-Request" in request.headers:
        return render(request, "oversight/pane.html", context)
    context["keys"] = letters()
    context["export"] = address_of(desk.take, request) if desk.take else ""
    context["rows"] = [
        {"row": row_of(one.line, request), "one": one, "href": f"?{_query(request, case=one.line.number)}"}
        for one in desk.waiting
    ]
    context["pager"] = _pager(request, desk)
    context["narrowed"] = any(one.value for one in desk.questions if one.kind != "hidden")
    return render(request, "oversight/desk.html", context)


def _pager(request: StaffRequest, desk: Desk) -> Pager:
    """How many are on this page; of the whole list where this is all of it."""
    after, shown = request.GET.get("after", ""), len(desk.waiting)
    return Pager(
        previous=f"?{_query(request, after='')}" if after else "",
        next=f"?{_query(request, after=desk.after)}" if desk.after else "",
        shown=shown,
        total="" if after or desk.after else str(shown),
    )


def reported(case: CaseView) -> tuple[TrackStep | None, list[Photo], list[Photo]]:
    """What the body last reported, with the caller's photos and its own: (step, before, after)."""
    last = next((entry for entry in reversed(case.entries) if entry.verb == "report"), None)
    return _report(last) if last else None, *showing.before_and_after(case)


def _report(entry: EntryView) -> TrackStep:
    texts = [(_(label), text) for _name, label, _public, text in entry.texts]
    solved = entry.said.get("solved")
    words = _("报已解决") if solved else _("报未解决")
    return TrackStep(entry.at, words, by=f"{entry.body_name} {entry.actor_name}".strip(), lines=texts)


def _chosen(request: StaffRequest, desk: Desk, wanted: str) -> CaseView | None:
    """The case of the address, or the first that waits; never another one than was asked for."""
    numbers = [one.line.number for one in desk.waiting]
    if wanted and wanted not in numbers:
        messages.warning(
            request, _("%(number)s 不在这里等您办了，请从列表里选一件。") % {"number": wanted[:20]}
        )
        return None
    number = wanted or (numbers[0] if numbers else "")
    try:
        return finding.seen(request, number) if number else None
    except NotFound:
        return None


def _following(request: StaffRequest, desk: Desk, number: str) -> str:
    """Where a step leads: this desk with the line after this one open."""
    numbers = [one.line.number for one in desk.waiting]
    at = numbers.index(number) + 1 if number in numbers else 0
    after = numbers[at] if at < len(numbers) else ""
    return f"{request.path}?{_query(request, case=after)}"


def _query(request: StaffRequest, **changes: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "case"} | changes
    return urlencode({name: value for name, value in kept.items() if value})
