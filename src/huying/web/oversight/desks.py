"""争议裁定, 延期挂账, 核查: three sorts of work on one kind of desk."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.queries.desks.waiting import (
    PAGE,
    DelayKind,
    DelayLine,
    DisputeLine,
    delays_for,
    disputes_for,
)
from huying.cases.queries.lists.queue import queue_for
from huying.cases.queries.page import CaseView, EntryView
from huying.loop.allocate.queries.precedents import in_force
from huying.people.queries import unit_names
from huying.places.queries import area_name
from huying.web.case import showing
from huying.web.case.lists import filters
from huying.web.case.steps import offers
from huying.web.components import Chip, Tone, span_words
from huying.web.drawing import moment
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import STEPS, to_check, waiting_of
from huying.web.oversight.handed_in import demanded
from huying.web.oversight.waiting import Desk, Waiting, reported, show
from huying.web.reasons import reason
from huying.web.taking import CHECKS, DELAYS, DISPUTES

_GIVING = frozenset({Verb.DISPATCH, Verb.REASSIGN, Verb.ADD_BODY, Verb.RULE})
_QUESTIONS = ("q", "lamp", "area", "kind", "body")


@guarded(P.DISPUTE_RULE)
@never_cache
@require_GET
def disputes(request: StaffRequest) -> HttpResponse:
    """Whose is it: the objection, what the list and rulings before say, and the ruling."""
    rows = disputes_for(request.actor, request.now, _after(request), wanted=waiting_of(request.GET))
    desk = Desk(
        _("争议裁定"),
        _("双方怎么说"),
        _("没有待裁定的争议"),
        _("单位对派单有异议时会出现在这里；裁定前时限照走。"),
        [_dispute(row, request) for row in rows],
        str(rows[-1].id) if len(rows) == PAGE else "",
        take=DISPUTES,
        questions=filters.shown(request.GET, request.actor.district, request.now, _QUESTIONS),
        saved="disputes",
    )
    return show(
        request, desk, lambda case: _both_sides(case, rows, request) | {"ranked": _ranked(case, request)}
    )


@guarded(P.DELAY_RECOMMEND, P.DELAY_APPROVE)
@never_cache
@require_GET
def delays(request: StaffRequest) -> HttpResponse:
    """More time: first passed on by one, then decided by another."""
    rows = delays_for(request.actor, request.now, _after(request), wanted=waiting_of(request.GET))
    desk = Desk(
        _("延期挂账"),
        _("申请"),
        _("没有待批的申请"),
        _("单位申请延期或挂账时会出现在这里，先初审，再由另一人终审。"),
        [_delay(row) for row in rows],
        str(rows[-1].id) if len(rows) == PAGE else "",
        take=DELAYS,
        questions=[
            *filters.shown(request.GET, request.actor.district, request.now, _QUESTIONS),
            filters.choice(request.GET, "ask", _("申请"), filters.terms(list(DelayKind))),
            filters.choice(request.GET, "step", _("进度"), filters.terms(STEPS)),
        ],
        saved="delays",
    )
    return show(request, desk, lambda case: _given(case, rows))


@guarded(P.CASE_CHECK)
@never_cache
@require_GET
def checks(request: StaffRequest) -> HttpResponse:
    """Is it done as the list demands: report, photos before and after, and the standard side by side."""
    page = queue_for(request.actor, to_check(request.GET), request.now, request.GET.get("after", ""))
    waiting = [Waiting(line, f"{line.body_name} · {line.item_name}") for line in page.lines]
    desk = Desk(
        _("核查"), _("单位反馈"), _("没有待核查的案件"), _("单位反馈办结后会出现在这里，由经办人以外的人核查。"),
        waiting, page.after, take=CHECKS, saved="checks",
        questions=filters.shown(request.GET, request.actor.district, request.now, _QUESTIONS),
    )  # fmt: skip
    return show(request, desk, _checked)


def _both_sides(case: CaseView, rows: Sequence[DisputeLine], request: StaffRequest) -> dict[str, Any]:
    """The objection, and why the case was given to the body: nobody rules having heard one side."""
    row = next((one for one in rows if one.line.id == case.line.id), None)
    if row is None:
        return {}
    told = _objection(row)
    if given := _given_to(case, row.body_id):
        told.append((_("派单"), format_html("{} {}", showing.by_whom(given), moment(given.at))))
        reasons = [reason(str(each)) for each in given.said.get("reasons") or ()]
        told.append(
            (_("派单理由"), "；".join([*reasons, *(text for _name, _label, _public, text in given.texts)]))
        )
    return {"told": [*told, *_ruled_before(case, request)]}


def _ruled_before(case: CaseView, request: StaffRequest) -> list[tuple[str, Any]]:
    """The rulings that bind for this case, the one that dispatch follows first, and whether they contradict."""
    line = case.line
    found = [
        one
        for one in in_force(line.district, [line.item], request.now).get(line.item, ())
        if one.covers(line.item, line.area, case.condition)
    ]
    names = unit_names(line.district)
    told: list[tuple[str, Any]] = [
        (
            _("先例"),
            format_html(
                "{} · {} · {}",
                names.get(one.body_id, ""),
                area_name(line.district, one.area),
                one.case_number,
            ),
        )
        for one in found
    ]
    if len({one.body_id for one in found}) > 1:
        told.append((_("注意"), _("这些先例相互矛盾，派单照第一条。裁定后请撤销不再适用的。")))
    return told


def _given_to(case: CaseView, body_id: int) -> EntryView | None:
    """The step by which the body has the case: sent, added, or ruled to be its."""
    return next(
        (
            entry
            for entry in reversed(case.entries)
            if entry.verb in _GIVING
            and body_id in (entry.said.get("body"), *(entry.said.get("assists") or ()))
        ),
        None,
    )


def _ranked(case: CaseView, request: StaffRequest) -> list[offers.Offer]:
    """Whose the list, rulings and history say it is; bodies that nothing speaks for are left out."""
    return [one for one in offers.body_offers(case, request.now) if one.why or (one.share or 0) > 1]


def _checked(case: CaseView) -> dict[str, Any]:
    step, before, after = reported(case)
    return {
        "report": step,
        "before": before,
        "afterwards": after,
        "demanded": demanded(case),
        "checking": True,
    }


def _dispute(row: DisputeLine, request: StaffRequest) -> Waiting:
    waited = _("已等 %(span)s") % {"span": span_words(request.now - row.raised_at)}
    return Waiting(row.line, f"{row.body} · {waited}", told=_objection(row))


def _objection(row: DisputeLine) -> list[tuple[str, str]]:
    told = [(_("异议单位"), row.body), (_("理由"), row.grounds)]
    return [*told, (_("建议改派"), row.proposed)] if row.proposed else told


def _delay(row: DelayLine) -> Waiting:
    told = [(_("申请"), _(row.kind.zh)), (_("单位"), f"{row.body} {row.by}".strip()), (_("原因"), row.reason)]
    if row.until:
        told.append((_("挂账至"), f"{timezone.localtime(row.until):%Y-%m-%d}"))
    if row.first:
        told.append((_("初审"), row.first))
    tone = Tone.PAUSED if row.until else Tone.ACCENT
    chip = Chip(f"{_(row.kind.zh)} {_(row.state.zh)}", tone, row.state.value)
    return Waiting(row.line, row.body, chip, told)


def _given(case: CaseView, rows: Sequence[DelayLine]) -> dict[str, Any]:
    """What is asked, and until when the body has now and how much a yes adds: nobody decides without knowing."""
    row = next((one for one in rows if one.line.id == case.line.id), None)
    if row is None:
        return {}
    told = list(_delay(row).told)
    for clock in case.clocks:
        if clock.kind is ClockKind.HANDLE and clock.stopped_at is None and clock.body_name == row.body:
            told.append((_("现在的期限"), moment(clock.due_at)))
            if clock.longer is not None:
                more = _("从现在的期限起再加 %(limit)s") % {"limit": clock.limit}
                told.append((_("准予后"), format_html("{}（{}）", moment(clock.longer), more)))
    return {"told": told}


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
