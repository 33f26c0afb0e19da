"""A matter that a caller asks about: how it stands in words to be read to them, and hurrying its body."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import advance
from huying.cases.lifecycle import CLOSED_STATES, Verb
from huying.cases.queries.desks.callers import given_for
from huying.cases.queries.track import Track, TrackCase, track
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.numbers import parse_case_number, parse_receipt, shown
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.citizen import telling, words
from huying.web.components import Chip, Lamp, TrackStep
from huying.web.guard import StaffRequest, guarded

_STEPS: Final = 4
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Told:
    """One case of the matter: ``headline`` is what to read aloud; one more caller may be put to it while it is open."""

    number: str
    title: str
    state: Chip
    headline: str
    lamp: Lamp | None
    reply: str
    steps: Sequence[TrackStep]
    version: int
    is_open: bool
    may_remind: bool


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_POST
def tell(request: StaffRequest) -> HttpResponse:
    """How the matter of a receipt or of a case's number stands. Sent, so that no address holds a receipt."""
    return _answer(request, request.POST.get("of", ""))


@guarded(P.CASE_REMIND)
@never_cache
@require_POST
def remind(request: StaffRequest) -> HttpResponse:
    """Hurry the body of a case in the caller's name; then the matter again, with what came of it."""
    number, said = request.POST.get("case", "")[:_LONGEST], request.POST.get("remind_words", "").strip()
    line = finding.seen(request, number).line
    # Pressed twice on what was shown once, it is one reminder; a key stands for one case alone.
    shown_at = request.POST.get("version", "")[:12] or str(line.version)
    key = f"seat-remind:{request.actor.account_id}:{line.id}:{shown_at}"
    facts: dict[str, Any] = {"words": said} if said else {}
    of = request.POST.get("of") or number
    try:
        advance((line.district, line.id), Verb.REMIND, by=request.actor, now=request.now, key=key, **facts)
    except HuyingError as refused:
        wrong = next(iter(refused.fields.values()), refused.message)
        return _answer(request, of, wrong=worded(wrong, _), remind_words=said)
    return _answer(request, of, done=_("已催办，承办单位马上会收到。"))


def _answer(request: StaffRequest, of: str, **more: Any) -> HttpResponse:
    asked = of.strip()[:_LONGEST]
    context: dict[str, Any] = {"of": asked, **more}
    try:
        context |= _matter(request, asked) if asked else {}
    except HuyingError as refused:
        context["missing"] = worded(refused.message, _)
    return render(request, "seat/matter.html", context)


def _matter(request: StaffRequest, asked: str) -> dict[str, Any]:
    """By a receipt all the cases that answer it, by a case's number that one. Raises NotFound, Invalid."""
    if _names_a_case(asked):
        case = finding.seen(request, asked)
        receipts = [appeal.receipt for appeal in case.appeals]
        if not receipts:
            raise NotFound
        return {"parts": _told(request, track(receipts[0], request.now), case.line.number)}
    receipt = parse_receipt(asked)
    given_for(request.actor, receipt, request.now)
    found = track(receipt, request.now)
    return {
        "parts": _told(request, found),
        "receipt": shown(receipt),
        "tail": telling.phone_tail(found),
        "said": found.text,
        "received_at": found.received_at,
    }


def _names_a_case(asked: str) -> bool:
    try:
        parse_case_number(asked)
    except HuyingError:
        return False
    return True


def _told(request: StaffRequest, found: Track, only: str = "") -> list[Told]:
    """A case that was merged away is told by the one it joined."""
    kept = [one for one in found.cases if one.number == only or (not only and one.state != "merged")]
    return [_one(request, one) for one in kept or found.cases[:1]]


def _one(request: StaffRequest, case: TrackCase) -> Told:
    buttons = finding.seen(request, case.number).buttons
    return Told(
        number=case.number,
        title=case.title,
        state=telling.state_chip(case.state),
        headline=words.headline(case),
        lamp=words.lamp(case, request.now),
        reply=case.reply,
        steps=words.steps(case)[:_STEPS],
        version=case.version,
        is_open=case.state not in CLOSED_STATES,
        may_remind=any(button.verb is Verb.REMIND for button in buttons),
    )
