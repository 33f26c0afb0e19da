"""Drafts of replies beside a case: shown where the step is taken, put into its form, put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Verb
from huying.cases.queries.page import CaseView
from huying.loop.dispose.actions import drop_draft
from huying.loop.dispose.queries import DraftLine, drafts_beside
from huying.web.case import finding
from huying.web.case.steps.views import back_of
from huying.web.guard import StaffRequest, guarded


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft as it is drawn, with the way to the form that takes it."""

    id: int
    step: str
    reply: str
    made_at: datetime
    made_by: str
    by_assistant: bool
    href: str


def shown_drafts(request: StaffRequest, case: CaseView, back: str = "") -> Sequence[ShownDraft]:
    """The reader's drafts on a case that is shown, newest first."""
    return [_shown(case, one, back) for one in drafts_beside(request.actor, case)]


def _shown(case: CaseView, one: DraftLine, back: str) -> ShownDraft:
    verb = Verb(one.verb)
    order = next((button.order_id for button in case.buttons if button.verb is verb), None)
    asked = (
        {"draft": str(one.id)} | ({"order": str(order)} if order else {}) | ({"next": back} if back else {})
    )
    address = f"{reverse('case:step', args=[case.line.number, verb.value])}?{urlencode(asked)}"
    return ShownDraft(one.id, _(verb.zh), one.reply, one.made_at, one.made_by, one.by_assistant, address)


@guarded(P.CASE_READ)
@require_POST
def drop(request: StaffRequest, number: str, draft: int) -> HttpResponse:
    """Put a draft away."""
    district, _case = finding.reference(request, number)
    drop_draft(request.actor, district, draft, request.now)
    messages.success(request, _("草稿已放弃。"))
    return redirect(back_of(request, number))
