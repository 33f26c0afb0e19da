"""The seat's desk: write down, look up, suggest, read the receipt aloud."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.callers import given_for, history_for
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.numbers import parse_receipt, shown, spoken
from huying.kernel.saying import worded
from huying.knowledge.queries import offered_article
from huying.people.actions import look_up_caller
from huying.places.queries import district
from huying.web.case.lists.lines import row_of
from huying.web.case.steps.advising import Advised, advised, weighing
from huying.web.guard import StaffRequest, guarded
from huying.web.seat.forms import CallForm, new_call
from huying.web.seat.keys import keys_at_the_desk, keys_at_the_receipt
from huying.web.seat.line import line_shown, number_on
from huying.web.seat.shift import so_far
from huying.web.seat.suggesting import Said, Suggestions, suggestions
from huying.web.seat.taking import take

_LONGEST: Final = 60
_CALL: Final = timedelta(hours=1)


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The form of a call. Without scripts its buttons look up and suggest; with them that happens by itself."""
    if request.method == "GET":
        return _desk(request, new_call(number_on(line_shown(request))))
    form = CallForm(_written(request), label_suffix="")
    match request.POST.get("do", "keep"):
        case "look":
            return _looking(request)
        case "answer":
            return _answered(request, form)
        case _:
            return _kept(request, form, answer=False) if form.is_valid() else _desk(request, form, status=400)


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_POST
def caller(request: StaffRequest) -> HttpResponse:
    """Who is ringing and what they said before; the search is written down. Sent, so that no address holds a number."""
    return render(request, "seat/caller.html", _caller(request, request.POST.get("phone", "")))


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_POST
def suggest(request: StaffRequest) -> HttpResponse:
    """What the words typed so far speak of."""
    return render(request, "seat/suggestions.html", {"found": _suggested(request)})


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_POST
def reply_check(request: StaffRequest) -> HttpResponse:
    """Advice on the answer being written. Nothing is kept."""
    found = advised(request.POST.get("text", ""), request.POST.get("reply", ""))
    return render(request, "case/reply_advice.html", {"advised": found})


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_GET
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """The number in large type and as it is read aloud."""
    given = given_for(request.actor, parse_receipt(number), request.now)
    context = {
        "given": given,
        "row": row_of(given.case, request),
        "shown": shown(given.receipt),
        "breaths": spoken(given.receipt).split("，"),
        "draft": _draft(request),
        "line": line_shown(request),
        "keys": keys_at_the_receipt(),
    }
    return render(request, "seat/receipt.html", context)


def _written(request: StaffRequest) -> Any:
    """What was sent; where only an article was chosen to answer with, with its answer as the reply."""
    sent: Any = request.POST
    chosen = sent.get("article", "")
    if sent.get("do") != "answer" or sent.get("reply", "").strip() or not chosen.isdecimal():
        return sent
    try:
        answer = offered_article(request.actor.district, int(chosen[:18]), request.now).answer
    except NotFound:
        return sent
    sent = sent.copy()
    sent["reply"] = answer
    return sent


def _answered(request: StaffRequest, form: CallForm) -> HttpResponse:
    if not (form.is_valid() and form.need_reply()):
        return _desk(request, form, status=400)
    said = form.cleaned_data
    if "unadvised" in request.POST and (found := weighing(said["text"], said["reply"])):
        # Only where no script could say it while the answer was written, and only once: a call does not wait.
        return _desk(request, form, advised=found)
    return _kept(request, form, answer=True)


def _kept(request: StaffRequest, form: CallForm, *, answer: bool) -> HttpResponse:
    try:
        kept = take(request.actor, form, request.now, answer=answer)
    except HuyingError as refused:
        form.refuse(refused)
        return _desk(request, form, status=refused.status)
    return redirect("desk:receipt", kept.receipt)


def _looking(request: StaffRequest) -> HttpResponse:
    """The same form with what was found beside it, for browsers without scripts."""
    data: Any = request.POST.copy()
    return _desk(
        request,
        CallForm(initial={**data.dict(), "key": data.get("key") or uuid4()}, label_suffix=""),
        asked=True,
    )


def _desk(
    request: StaffRequest,
    form: CallForm,
    *,
    status: int = 200,
    asked: bool = False,
    advised: Sequence[Advised] = (),
) -> HttpResponse:
    line = line_shown(request)
    context = {
        "form": form,
        "found": _suggested(request),
        "draft": _draft(request),
        "advised": advised,
        "line": line,
        "today": so_far(request),
        "place_name": district(request.actor.district).name,
        "keys": keys_at_the_desk(line is not None),
        **(_caller(request, request.POST.get("phone", "")) if asked else {}),
    }
    return render(request, "seat/index.html", context, status=status)


def _suggested(request: StaffRequest) -> Suggestions:
    sent = request.POST
    said = Said(
        text=sent.get("text", ""),
        place_text=sent.get("place_text", ""),
        kind=sent.get("kind", ""),
        item=sent.get("item", ""),
        spot=sent.get("spot", ""),
        guessed=sent.get("guessed", ""),
        article=sent.get("article"),
        reply=sent.get("reply", "").replace("\r\n", "\n"),
        find=sent.get("find", "").strip()[:_LONGEST],
        caller_id=_looked_up(request),
    )
    return suggestions(request.actor, said, request.now)


def _caller(request: StaffRequest, phone: str) -> dict[str, Any]:
    if not phone.strip():
        return {"asked": False}
    try:
        found = look_up_caller(request.actor, phone, request.now)
    except Invalid as wrong:
        return {"asked": True, "wrong": worded(wrong.message, _)}
    lines = history_for(request.actor, found.id, request.now) if found else []
    sealed = _seal(request).sign_object({"caller": found.id, "phone": phone}) if found else ""
    rows = [row_of(line, request) for line in lines]
    return {"asked": True, "caller": found, "rows": rows, "looked_up": sealed}


def _looked_up(request: StaffRequest) -> int:
    """Who this seat looked up for this call, which was written down then; 0 where the number is another by now."""
    try:
        kept = _seal(request).unsign_object(request.POST.get("looked_up", ""), max_age=_CALL)
    except BadSignature:
        return 0
    return int(kept["caller"]) if kept["phone"] == request.POST.get("phone", "") else 0


def _seal(request: StaffRequest) -> TimestampSigner:
    return TimestampSigner(salt=f"seat-caller:{request.actor.account_id}")


def _draft(request: StaffRequest) -> str:
    """The browser's name for an unfinished call; two people at one machine do not meet in it."""
    return f"seat:{request.actor.account_id}"
