"""回访: whom to call, what was done for them, how often they were tried, and what plans want of whom."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.page import CaseView
from huying.loop.evaluate.queries import FollowUp, rule_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.evaluation.planned import (
    ALL,
    ANSWERS,
    LISTS,
    page_of,
    planned_note,
    planned_words,
    wanted_list,
)
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.waiting import Desk, Waiting, reported, show
from huying.web.taking import FOLLOW_UPS

_QUESTIONS: Final = ("q", "area", "kind", "body")
# What was answered at once went to no body.
_ANSWERED: Final = ("q", "area", "kind", "channel")


@guarded(P.CASE_FOLLOW_UP)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every checked case, or with ``?of=`` what plans ask by one way, or the direct answers they chose."""
    of = wanted_list(request.GET, request.actor.district)
    if of != ALL and "of" not in request.GET:
        # So that what is opened from the list stays within it.
        return redirect(f"{request.path}{query_with(request.GET, of=of)}")
    page = page_of(
        of, request.actor, request.now, request.GET.get("after", ""), wanted=filters.read(request.GET)
    )
    desk = Desk(
        _("回访"), _("单位反馈"), _("没有要回访的案件"), _hint(of, request.actor.district),
        [_waiting(one, request) for one in page.cases], page.after,
        tabs=[
            (_(label), query_with(request.GET, of=name, after="", case="", body=""), name == of)
            for name, label in LISTS.items()
        ],
        take=FOLLOW_UPS,
        questions=filters.shown(
            request.GET, request.actor.district, request.now, _ANSWERED if of == ANSWERS else _QUESTIONS
        ),
        saved="follow-ups",
        weighed=_("回访计划"),
    )  # fmt: skip
    return show(request, desk, _reported)


def _hint(of: str, district: int) -> str:
    if of == ANSWERS:
        return _("当场答复的诉求按比例抽出来回访，抽中的会出现在这里。")
    if of == ALL:
        days = rule_of(district).days
        return _("核查通过的案件会出现在这里；满 %(n)d 天联系不上的按规定结案。") % {"n": days}
    return _("回访计划抽中、轮到这种方式的案件会出现在这里。")


def _waiting(one: FollowUp, request: StaffRequest) -> Waiting:
    tried = max((appeal.attempts for appeal in one.appeals), default=0)
    said: Sequence[str] = [one.line.body_name, one.line.item_name]
    if one.planned:
        said = [planned_note(one.planned), *said]
    if tried:
        said = [_("已打 %(n)d 次没联系上") % {"n": tried}, *said]
    if len(one.appeals) > 1:
        said = [_("%(n)d 位诉求人") % {"n": len(one.appeals)}, *said]
    told = planned_words(one.planned, request.actor.district) if one.planned else ()
    return Waiting(one.line, " · ".join(part for part in said if part), told=told)


def _reported(case: CaseView) -> dict[str, Any]:
    step, before, after = reported(case)
    heard = any(appeal.active and appeal.caller and not appeal.caller.erased for appeal in case.appeals)
    return {"report": step, "before": before, "afterwards": after, "calling": case.may_unmask and heard}
