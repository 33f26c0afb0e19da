"""Templates of replies in the form of a step: which are offered, and one with the case filled in (R307)."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Verb
from huying.cases.queries.page import CaseView
from huying.notices.queries.replying import filled_reply
from huying.texts.queries import reply_templates
from huying.texts.rules.kinds import ReplyFor
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded

_FITS: Final[Mapping[Verb, tuple[ReplyFor, ...]]] = {
    Verb.REPORT: (ReplyFor.SOLVED, ReplyFor.UNSOLVED, ReplyFor.ALWAYS),
    Verb.ANSWER: (ReplyFor.SOLVED, ReplyFor.ALWAYS),
    Verb.REJECT: (ReplyFor.REJECTED,),
}


def offered(case: CaseView, verb: Verb) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (name, title), those for the case's item first within each; empty where no reply is written."""
    found = reply_templates(case.line.district, case.line.item)
    groups = [
        (_(fits.zh), [(name, wording.title) for name, wording in found if wording.fits is fits])
        for fits in _FITS.get(verb, ())
    ]
    return [(title, rows) for title, rows in groups if rows]


@guarded(P.CASE_READ)
@never_cache
@require_GET
def template(request: StaffRequest, number: str, name: str) -> HttpResponse:
    """A template's text, to be put into the reply that is being written."""
    case = finding.seen(request, number)
    return HttpResponse(filled_reply(case.line, name), content_type="text/plain; charset=utf-8")
