"""按先例修订: what rulings propose for the list's next edition, and putting it into a draft (R206)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.catalogue import actions, queries
from huying.catalogue.queries import content_for
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.lines import led_by
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.loop.allocate.queries.proposed import Proposed, proposed_for
from huying.people.queries import unit_names
from huying.web.admin.settings.situations import duty_words
from huying.web.guard import StaffRequest, guarded


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every change that the rulings in force propose; those ticked go into a draft."""
    found = proposed_for(request.actor, request.now)
    if request.method == "POST":
        try:
            number, count = _adopt(request, found)
        except HuyingError as refused:
            messages.error(request, worded(refused.message, _))
        else:
            if count:
                messages.success(request, _("已写入草稿 %(n)d 条，生效前请核对。") % {"n": count})
                return redirect("catalogue:edition", number)
            messages.warning(request, _("请先勾选要写入的。"))
        return redirect("catalogue:proposals")
    names = unit_names(request.actor.district)
    drafts = [one for one in queries.editions_for(request.actor) if one.state is EditionState.DRAFT]
    context = {
        "rows": [_row(one, names) for one in found],
        "drafts": drafts,
        "may_read": request.actor.may(P.CASE_READ),
    }
    return render(request, "catalogue/proposals.html", context)


def key_of(one: Proposed) -> str:
    """Under what a proposal is ticked."""
    return f"{one.item.code}:{one.proposal.condition or ''}"


def _row(one: Proposed, names: dict[int, str]) -> dict[str, Any]:
    return {
        "one": one,
        "key": key_of(one),
        "body": names.get(one.proposal.body_id, str(one.proposal.body_id)),
        "now": duty_words(one.lead_now),
        "duties": [(duty, duty_words(duty)) for duty in one.duties],
        "for_it": [each for each in one.rulings if each.id in one.proposal.for_it],
        "against": [each for each in one.rulings if each.id in one.proposal.against],
    }


def _adopt(request: StaffRequest, found: Sequence[Proposed]) -> tuple[int, int]:
    """Write what is ticked into the draft chosen, or a new one: its number and how many were written."""
    ticked = set(request.POST.getlist("pick"))
    wanted = [(one, request.POST.get(f"duty-{key_of(one)}", "")) for one in found if key_of(one) in ticked]
    sound = [(one, duty) for one, duty in wanted if duty in one.duties]
    if not sound:
        return 0, 0
    edition = _draft(request)
    content = {line.code: line for line in content_for(request.actor, edition.number).items}
    written = [(one, duty) for one, duty in sound if one.item.code in content]
    for one, duty in written:
        # Of one item several conditions may be ticked.
        content[one.item.code] = led_by(content[one.item.code], one.proposal.condition, duty)
    named = dict.fromkeys(one.item.code for one, _duty in written)
    actions.put_items(request.actor, edition.id, [content[code] for code in named], request.now)
    return edition.number, len(written)


def _draft(request: StaffRequest) -> queries.EditionInfo:
    number = request.POST.get("draft", "")
    if number.isascii() and number.isdigit() and len(number) < 9:
        return queries.edition_for(request.actor, int(number))
    live = next(one for one in queries.editions_for(request.actor) if one.state is EditionState.LIVE)
    name = _("按先例修订 %(day)s") % {"day": timezone.localdate(request.now).isoformat()}
    made = actions.new_draft(request.actor, live.id, name, request.now)
    return next(one for one in queries.editions_for(request.actor) if one.id == made)
