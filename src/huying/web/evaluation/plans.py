"""回访计划结果: what each plan asked, who was heard, why not, the three rates, each number open to its cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.lifecycle import FollowUpReason
from huying.loop.evaluate.queries import AskedLine, Part, PlanResult, asked_cases_for, plan_results_for
from huying.web.case.lists.lines import query_with, row_of
from huying.web.evaluation import asking
from huying.web.evaluation.planned import enumerated, tried_words, why_chosen
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import ASKED, PLANS, address_of

_BASICALLY: Final = 0.9


@dataclass(frozen=True, slots=True)
class PlansAsked:
    """The period and area of an address, and of one plan what stands behind which number."""

    asked: asking.Asked
    since: datetime
    until: datetime
    part: Part
    reason: str

    def results(self, actor: Actor) -> Sequence[PlanResult]:
        return plan_results_for(actor, self.since, self.until, self.asked.area)

    def cases(
        self, actor: Actor, code: str, now: datetime, after: str = "", limit: int = 50
    ) -> tuple[Sequence[AskedLine], str]:
        return asked_cases_for(
            actor, code, self.part, self.since, self.until, now, reason=self.reason, area=self.asked.area,
            after=after, limit=limit,
        )  # fmt: skip


def plans_asked(query: QueryDict, actor: Actor, now: datetime) -> PlansAsked:
    """What an address asks; what is not understood falls back to this month and everything chosen."""
    asked = asking.read(query, now, actor)
    part, reason = query.get("what", ""), query.get("reason", "")
    first, last = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (asked.period.first, asked.period.last + timedelta(days=1))
    )
    known = {one.value for one in FollowUpReason} | {"unknown"}
    return PlansAsked(
        asked,
        first,
        last,
        Part(part) if part in set(Part) else Part.CHOSEN,
        reason if reason in known else "",
    )


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every plan that chose something in the period."""
    asked = plans_asked(request.GET, request.actor, request.now)
    context = {
        "asked": asked.asked,
        "spans": asking.spans(request.now),
        "rows": [_row(one, request) for one in asked.results(request.actor)],
        "may_set": request.actor.may(P.CATALOGUE_EDIT),
        "export": address_of(PLANS, request),
    }
    return render(request, "evaluation/plans.html", context)


@guarded(P.FIGURE_READ)
@require_GET
def one(request: StaffRequest, code: str) -> HttpResponse:
    """The cases behind one number of a plan."""
    asked = plans_asked(request.GET, request.actor, request.now)
    found, after = asked.cases(request.actor, code, request.now, request.GET.get("after", ""))
    name = next((each.name for each in asked.results(request.actor) if each.code == code), code)
    context = {
        "name": name,
        "what": reason_words(asked.reason) if asked.reason else _(asked.part.zh),
        "asked": asked.asked,
        "tabs": [
            (_(part.zh), query_with(request.GET, what=part.value, reason="", after=""), part is asked.part)
            for part in Part
        ],
        "rows": [
            {
                "row": row_of(each.line, request),
                "chosen_at": each.chosen_at,
                "done": each.done_at is not None,
                "why": why_chosen(each.planned),
                "way": _(each.planned.way.zh),
                "tried": tried_words(each.planned),
                "came": came_words(each),
            }
            for each in found
        ],
        "next": query_with(request.GET, after=after) if after else "",
        "back": f"{reverse('figures:plans')}?{_back(request)}",
        "export": address_of(ASKED, request, {"plan": code}),
    }
    return render(request, "evaluation/plan.html", context)


def rates(one: PlanResult) -> Mapping[str, str]:
    """响应率, 解决率 and 满意率 in percent of the valid follow-ups; "—" where there is none."""
    above = {
        "responded": float(one.responded),
        "solved": float(one.solved),
        "satisfied": one.satisfied + _BASICALLY * one.basically,
    }
    return {name: f"{100 * part / one.valid:.1f}%" if one.valid else "—" for name, part in above.items()}


def reason_words(reason: str) -> str:
    """Why nobody was heard."""
    return _(FollowUpReason(reason).zh) if reason in set(FollowUpReason) else _("没记原因")


def came_words(one: AskedLine) -> str:
    """What came of asking about one result."""
    told = []
    if one.valid:
        told.append(_("访到 %(n)d 位，%(solved)d 位说已解决") % {"n": one.valid, "solved": one.solved})
    told += [f"{reason_words(reason)} {count}" for reason, count in one.invalid.items()]
    return enumerated(told, "；") or _("还没问")


def _row(one: PlanResult, request: StaffRequest) -> dict[str, Any]:
    share = rates(one)

    def cell(label: str, words: str, part: Part, reason: str = "") -> dict[str, str]:
        return {"label": label, "words": words, "href": _address(request, one.code, part, reason)}

    return {
        "name": one.name,
        "current": one.current,
        "href": _address(request, one.code, Part.CHOSEN),
        "cells": [
            cell(_("抽中"), str(one.chosen), Part.CHOSEN),
            cell(_("还在回访"), str(one.open), Part.OPEN),
            cell(_("有效回访"), str(one.valid), Part.VALID),
            cell(_("无效回访"), str(one.invalid_count), Part.INVALID),
            cell(_("响应率"), share["responded"], Part.RESPONDED),
            cell(_("解决率"), share["solved"], Part.SOLVED),
            cell(_("满意率"), share["satisfied"], Part.SATISFIED),
        ],
        "why": [
            cell(reason_words(reason), str(count), Part.INVALID, reason)
            for reason, count in sorted(one.invalid.items(), key=lambda each: -each[1])
        ],
    }


def _address(request: StaffRequest, code: str, part: Part, reason: str = "") -> str:
    asked = {"what": part.value, "reason": reason}
    kept = {name: request.GET[name] for name in ("span", "since", "until", "area") if request.GET.get(name)}
    told = urlencode({name: value for name, value in (kept | asked).items() if value})
    return f"{reverse('figures:plan', args=[code])}?{told}"


def _back(request: StaffRequest) -> str:
    return urlencode(
        {name: request.GET[name] for name in ("span", "since", "until", "area") if request.GET.get(name)}
    )
