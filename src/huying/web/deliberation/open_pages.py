"""议事公开: what residents read, and the ballot they cast; without an account, without scripts, on any phone."""

import json
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from huying.deliberation.actions.following import follow as keep_follower
from huying.deliberation.actions.voting import Cast, cast
from huying.deliberation.queries.proposals import (
    BALLOTS,
    ProposalView,
    every_ballot,
    open_proposal,
    open_proposals,
    step_photo,
)
from huying.deliberation.rules.ballots import FORMAT
from huying.deliberation.rules.kinds import Choice, Phase
from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.saying import worded
from huying.people.actions import looked_right, may_look
from huying.web.admin.asked import number_of
from huying.web.citizen.brakes import may_ask
from huying.web.components import Pager
from huying.web.deliberation import words
from huying.web.deliberation.forms import VoteForm
from huying.web.guard import public
from huying.web.present.choices import put_choices

_PAGE: Final = 20
_NEWS_TO_COME: Final = frozenset({Phase.VOTING, Phase.COUNTING, Phase.PASSED})
_TOO_MANY: Final = 429
_MOST_FOLLOWED: Final = 20
_HOUR: Final = 3600


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is being voted on and what was decided, newest first."""
    before = number_of(request.GET.get("before", ""))
    found = open_proposals(now(), before, _PAGE)
    older = f"?before={found[-1].id}" if len(found) == _PAGE else ""
    context = {
        "rows": [(line, words.phase_chip(line.phase)) for line in found],
        "pager": Pager("?" if before else "", older),
    }
    return render(request, "consult/index.html", context)


@public
@never_cache
@require_safe
def page(request: HttpRequest, proposal: int) -> HttpResponse:
    """The proposal, how it is decided, the ballot while the vote runs, then the count and the work."""
    view = open_proposal(proposal, now(), _beginning(request))
    return _page(request, view, _ballot(view, initial={"key": uuid4()}))


@public
@never_cache
@require_POST
def vote(request: HttpRequest, proposal: int) -> HttpResponse:
    """A household's ballot; the answer holds the voter's number, which is told this once."""
    moment = now()
    view = open_proposal(proposal, moment)
    form = _ballot(view, request.POST)
    if not form.is_valid():
        return _page(request, view, form, 400)
    address = request.META.get("REMOTE_ADDR", "")
    if not may_look(address):
        form.add_error("code", _("错的次数太多，请 15 分钟后再试。"))
        return _page(request, view, form, _TOO_MANY)
    told = form.cleaned_data
    try:
        done = cast(
            view.line.district, proposal, told["code"], Choice(told["choice"]), str(told["key"]), moment
        )
    except HuyingError as error:
        if not isinstance(error, Invalid):
            looked_right(address)
        for name, text in error.fields.items() or [(None, error.message)]:
            form.add_error(name if name in form.fields else None, worded(text, _))
        return _page(request, view, form, error.status)
    looked_right(address)
    return render(request, "consult/voted.html", {"view": view, "proposal": view.line, **_told(done)})


@public
@require_POST
def follow(request: HttpRequest, proposal: int) -> HttpResponse:
    """A number that wants to hear how it ends; sent apart from the ballot and kept apart from it."""
    moment = now()
    view = open_proposal(proposal, moment)
    phone, ballot = request.POST.get("phone", ""), _ballot(view, initial={"key": uuid4()})
    if not may_ask(request, "follow", _MOST_FOLLOWED):
        told = _("留得太多了，请过一会儿再试。")
        return _page(request, view, ballot, _TOO_MANY, phone=phone, wrong=told)
    try:
        keep_follower(view.line.district, proposal, phone, moment)
    except HuyingError as error:
        return _page(request, view, ballot, error.status, phone=phone, wrong=worded(error.message, _))
    messages.success(request, _("好的，计票和办成时发短信告诉您。"))
    return redirect("consult:page", proposal)


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
def ballots(request: HttpRequest, proposal: int) -> HttpResponse:
    """Every ballot that was counted, by digest: to be counted anew by anybody. Raises NotFound before the count."""
    view = open_proposal(proposal, now())
    if view.tally is None:
        raise NotFound
    told = {
        "format": FORMAT,
        "district": view.line.district,
        "proposal": proposal,
        "entitled": view.tally.entitled.households,
        "ballots": [{"choice": choice.value, "digest": digest} for choice, digest in every_ballot(proposal)],
    }
    response = HttpResponse(json.dumps(told, indent=1), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
def photo(request: HttpRequest, proposal: int, photo: int) -> FileResponse:
    """A photo of the work."""
    open_proposal(proposal, now())
    path = Path(settings.MEDIA_ROOT) / step_photo(proposal, photo)
    if not path.is_file():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400, immutable"
    return response


def _beginning(request: HttpRequest) -> str:
    """The first digits of a digest that somebody looks for."""
    typed = request.GET.get("digest", "").strip().lower()[:64]
    return typed if set(typed) <= set("0123456789abcdef") else ""


def _ballot(view: ProposalView, data: Any = None, **more: Any) -> VoteForm:
    form = VoteForm(data, **more)
    put_choices(form, "choice", [(one.value, _(one.zh)) for one in Choice])
    return form


def _page(
    request: HttpRequest,
    view: ProposalView,
    form: VoteForm,
    status: int = 200,
    *,
    phone: str = "",
    wrong: str = "",
) -> HttpResponse:
    context = {
        "view": view,
        "proposal": view.line,
        "chip": words.phase_chip(view.phase),
        "rule": words.rule_words(view.rule),
        "form": form if view.phase is Phase.VOTING or form.is_bound else None,
        "counted": words.count_rows(view.tally, view.rule) if view.tally else (),
        "turnout": words.turnout_row(view.tally, view.rule) if view.tally else None,
        "outcome": words.outcome_words(view),
        "may_follow": view.phase in _NEWS_TO_COME or bool(wrong),
        "phone": phone,
        "wrong": wrong,
        "ballots": [(_(choice.zh), digest) for choice, digest in view.ballots],
        "beginning": _beginning(request),
        "next": view.ballots[-1][1] if len(view.ballots) == BALLOTS else "",
        # Not what a caller said: that is theirs.
        "cases": [
            (
                line.title if line.id in view.given else line.item_name or _("交办事项"),
                line.body_name,
                _(line.state.zh),
            )
            for line in view.cases
        ],
    }
    return render(request, "consult/page.html", context, status=status)


def _told(done: Cast) -> dict[str, Any]:
    number = "-".join(done.number[at : at + 4] for at in range(0, len(done.number), 4))
    return {"choice": _(done.choice.zh), "number": number, "digest": done.digest, "changed": done.changed}
