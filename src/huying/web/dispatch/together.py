"""Many at once, where it is safe: accept what is sure, and bring the same matter together."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import Move, advance_many
from huying.cases.lifecycle import State, Verb
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.case.steps.views import back_of
from huying.web.dispatch.judging import Judgement, judge_anew
from huying.web.dispatch.presence import everywhere, holders
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back

_MOST = 50


@guarded(P.CASE_DISPATCH)
@require_POST
def accept(request: StaffRequest) -> HttpResponse:
    """File and dispatch the ticked cases whose suggestion is sure; the others are left to a person, and named."""
    numbers = request.POST.getlist("case")[:_MOST]
    ids = [finding.reference(request, number)[1] for number in numbers]
    lines = lines_of(request.actor, ids, request.now)
    judged = judge_anew(request.actor.district, lines, request.now)
    held = holders(everywhere(request, ids))
    done, left = 0, []
    for line in lines:
        one = judged.get(line.id)
        if one is None or not one.sure or line.id in held or not _taken(request, line, one):
            left.append(line.number)
        else:
            done += 1
    if done:
        messages.success(request, _("按建议派出 %(n)d 件。") % {"n": done})
    if left:
        told = {"n": len(left), "which": "、".join(left[:5])}
        messages.warning(request, _("%(n)d 件把握不够或有人正在看，没有派，请逐件定：%(which)s") % told)
    return redirect(_desk(request))


def _taken(request: StaffRequest, line: CaseLine, one: Judgement) -> bool:
    """Each case by itself: one that somebody else decided meanwhile does not stop the others."""
    case, body = (line.district, line.id), one.body
    if body is None:
        return False
    moves = []
    if line.state is State.RECEIVED:
        facts = {"item": one.item} | ({"condition": str(one.condition)} if one.condition is not None else {})
        moves.append(Move(case=case, verb=Verb.FILE, by=request.actor, facts=facts, expected=line.version))
    facts_of = {"body": int(body.value), "source": body.source, "reasons": list(body.why)}
    seen = None if moves else line.version
    moves.append(Move(case=case, verb=Verb.DISPATCH, by=request.actor, facts=facts_of, expected=seen))
    try:
        advance_many(moves, request.now)
    except HuyingError:
        return False
    return True


@guarded(P.CASE_MERGE)
@require_POST
def merge(request: StaffRequest, number: str) -> HttpResponse:
    """Bring the ticked cases into this one, all or none; their callers keep their receipts."""
    district, into = finding.reference(request, number)
    others = [finding.reference(request, other)[1] for other in request.POST.getlist("other")[:_MOST]]
    key = request.POST.get("key", "") or str(uuid4())
    moves = [
        Move(
            case=(district, other), verb=Verb.MERGE, by=request.actor, facts={"into": into},
            key=f"merge:{request.actor.account_id}:{key[:36]}:{other}",
        )
        for other in others
    ]  # fmt: skip
    back = back_of(request, number)
    if not moves:
        messages.warning(request, _("先勾选要并进来的案件。"))
        return redirect(back)
    try:
        advance_many(moves, request.now)
    except HuyingError as refused:
        messages.error(request, worded(refused.message, _))
    else:
        messages.success(request, _("已并入 %(n)d 件，诉求人各自的回执号照旧能查。") % {"n": len(moves)})
    return redirect(back)


def _desk(request: StaffRequest) -> str:
    return asked_back(request, reverse("dispatch:index"))
