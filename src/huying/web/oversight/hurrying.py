"""催办 and 督办 many at once: each case by itself, so that one refusal stops none of the others."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back

_MOST = 100
_LONGEST = 1000
_STEPS = {"remind": (Verb.REMIND, "words"), "supervise": (Verb.SUPERVISE, "supervision")}


@guarded(P.CASE_REMIND, P.CASE_SUPERVISE)
@require_POST
def hurry(request: StaffRequest) -> HttpResponse:
    """Remind the bodies of the ticked cases, or issue a supervision order on each."""
    verb, fact = _STEPS.get(request.POST.get("do", ""), _STEPS["remind"])
    words = request.POST.get("words", "").strip()
    if len(words) > _LONGEST:
        told = _("最多 %(most)s 字，现在 %(now)s 字。") % {"most": _LONGEST, "now": len(words)}
        raise Invalid(fields={"words": told})
    numbers = list(dict.fromkeys(request.POST.getlist("case")))[:_MOST]
    if not numbers:
        messages.warning(request, _("还没有勾选案件。"))
    elif verb is Verb.SUPERVISE and not words:
        messages.error(request, _("督办要写明要求，一件也没有发。勾选的案件请再选一次。"))
    else:
        _tell(request, verb, [(number, _refused(request, number, verb, fact, words)) for number in numbers])
    return redirect(asked_back(request, reverse("oversight:index")))


def _refused(request: StaffRequest, number: str, verb: Verb, fact: str, words: str) -> str:
    """Why a case was left as it was; "" where the step was taken."""
    key = f"hurry:{request.actor.account_id}:{request.POST.get('key', '')}"[:80]
    try:
        case = finding.reference(request, number)
        facts: dict[str, Any] = {fact: words} if words else {}
        advance(case, verb, by=request.actor, now=request.now, key=key, **facts)
    except HuyingError as refused:
        return worded(refused.message, _)
    return ""


def _tell(request: StaffRequest, verb: Verb, results: list[tuple[str, str]]) -> None:
    left = [(number, why) for number, why in results if why]
    done = len(results) - len(left)
    if done:
        messages.success(request, _("已%(verb)s %(n)d 件。") % {"verb": _(verb.zh), "n": done})
    if left:
        which = "；".join(f"{number} {why}" for number, why in left[:5])
        messages.warning(request, _("%(n)d 件没有办成：%(which)s") % {"n": len(left), "which": which})
