"""回访: whom to call, what was done for them, and how often they were tried."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.page import CaseView
from huying.loop.evaluate.queries import FollowUp, due_follow_ups_for, rule_of, samples_for
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
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
    """Checked cases, or with ``?of=answers`` the direct answers chosen by lot."""
    after, sampled = request.GET.get("after", ""), request.GET.get("of") == "answers"
    find = samples_for if sampled else due_follow_ups_for
    page = find(request.actor, request.now, after, wanted=filters.read(request.GET))
    days = rule_of(request.actor.district).days
    hint = _("核查通过的案件会出现在这里；满 %(n)d 天联系不上的按规定结案。") % {"n": days}
    if sampled:
        hint = _("当场答复的诉求按比例抽出来回访，抽中的会出现在这里。")
    desk = Desk(
        _("回访"), _("单位反馈"), _("没有要回访的案件"), hint, [_waiting(one) for one in page.cases], page.after,
        tabs=[
            (_("待回访"), query_with(request.GET, of="", after="", case="", body=""), not sampled),
            (_("当场答复抽查"), query_with(request.GET, of="answers", after="", case="", body=""), sampled),
        ],
        take=FOLLOW_UPS,
        questions=filters.shown(
            request.GET, request.actor.district, request.now, _ANSWERED if sampled else _QUESTIONS
        ),
        saved="follow-ups",
    )  # fmt: skip
    return show(request, desk, _reported)


def _waiting(one: FollowUp) -> Waiting:
    tried = max((appeal.attempts for appeal in one.appeals), default=0)
    said: Sequence[str] = [one.line.body_name, one.line.item_name]
    if tried:
        said = [_("已打 %(n)d 次没联系上") % {"n": tried}, *said]
    if len(one.appeals) > 1:
        said = [_("%(n)d 位诉求人") % {"n": len(one.appeals)}, *said]
    return Waiting(one.line, " · ".join(part for part in said if part))


def _reported(case: CaseView) -> dict[str, Any]:
    step, before, after = reported(case)
    heard = any(appeal.active and appeal.caller and not appeal.caller.erased for appeal in case.appeals)
    return {"report": step, "before": before, "afterwards": after, "calling": case.may_unmask and heard}
