"""常用筛选: keeping and dropping the questions one asks of a list."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.people import actions
from huying.web.guard import StaffRequest, signed_in
from huying.web.navigation import home_for
from huying.web.returning import asked_back

# Where one stands in a list is no part of what one asks of it.
REFUSED = "filter_refused"
_MOST = 20_000
_NOT_ASKED = ("after", "before", "case", "at", "page")


@require_POST
@signed_in()
def save(request: StaffRequest) -> HttpResponse:
    """Keep the question of the list that the form stands on."""
    asked = QueryDict(request.POST.get("query", "").lstrip("?"), mutable=True)
    for name in _NOT_ASKED:
        asked.pop(name, None)
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        kept.setlist(name, [value for value in values if value])
    try:
        actions.save_filter(
            request.actor.account_id or 0,
            request.POST.get("list", "")[:40],
            request.POST.get("name", ""),
            kept.urlencode(),
            request.now,
        )
    except Invalid as refused:
        messages.error(request, worded(refused.message, _))
        # Where it is asked for again it stands there still.
        request.session[REFUSED] = request.POST.get("name", "")[:_MOST]
    else:
        messages.success(request, _("已存为常用筛选。"))
    return redirect(asked_back(request, home_for(request.actor) or "/"))


@require_POST
@signed_in()
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """Forget one of one's own."""
    actions.drop_filter(request.actor.account_id or 0, number)
    return redirect(asked_back(request, "/"))
