"""Beside the platform's own suggestion: what a model server says, where a district has one. Nothing follows from it."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.described import described
from huying.cases.queries.page import CaseView
from huying.kernel.errors import NotFound, Unavailable
from huying.loop.allocate.channels.model_server import ModelServer, model_server
from huying.loop.allocate.queries import suggest_items
from huying.loop.allocate.rules.opinions import Opinion, question, understood
from huying.web.case import finding
from huying.web.dispatch.judging import item_name
from huying.web.guard import StaffRequest, guarded

_OFFERED: Final = 8


def opinion_address(case: CaseView, *, filing: bool) -> str:
    """Where the opinion on a case is asked for; "" without a server, and where the item stands already."""
    wanted = filing and not case.line.item and model_server() is not None
    return reverse("dispatch:opinion", args=[case.line.number]) if wanted else ""


@guarded(P.CASE_DISPATCH)
@never_cache
@require_GET
def index(request: StaffRequest, number: str) -> HttpResponse:
    """One of the likeliest items as the server chose it, asked for after the page has been read."""
    case, server = finding.seen(request, number), model_server()
    if server is None:
        raise NotFound
    text = described(request.actor.district, [case.line.id])[case.line.id].text
    try:
        found = _opinion(server, request.actor.district, text)
        away = ""
    except Unavailable as error:
        found, away = None, str(error)
    name = item_name(request.actor.district, found.code) if found else ""
    return render(request, "dispatch/opinion.html", {"opinion": found, "name": name, "away": away})


def _opinion(server: ModelServer, district: int, text: str) -> Opinion | None:
    guesses = suggest_items(district, [text], _OFFERED, words=False)[0]
    items = {guess.code: item_name(district, guess.code) for guess in guesses}
    return understood(server.answer(question(text, items)), items) if items else None
