"""One subscription: its settings, its secret when it is new, and its log."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.web.admin.annals import beside
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.webhooks.forms import SubscriptionForm, replay_from
from huying.web.webhooks.words import delivery_row, row_of
from huying.webhooks.actions import change, create, new_secret_for
from huying.webhooks.queries import deliveries_for, replays_for, subscription_for, waiting_counts
from huying.webhooks.rules.kinds import Sending

_PAGE = 50


@guarded(P.WEBHOOK_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Subscribe; the secret is shown once, on the page that follows."""
    form = SubscriptionForm(request, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                number, secret = create(request.actor, form.asked(), request.now)
                return shown(request, number, secret=secret)
            except HuyingError as error:
                refused(form, error)
                status = error.status
    return render(request, "webhooks/new.html", {"form": form}, status=status)


@guarded(P.WEBHOOK_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: StaffRequest, number: int) -> HttpResponse:
    """The subscription as it stands; POST changes it."""
    if request.method != "POST":
        return shown(request, number)
    form = SubscriptionForm(request, request.POST, subscription_for(request.actor, number))
    if not form.is_valid():
        return shown(request, number, form, status=400)
    try:
        change(request.actor, number, form.asked(), request.now)
    except HuyingError as error:
        refused(form, error)
        return shown(request, number, form, status=error.status)
    messages.success(request, _("已保存，从现在起生效。"))
    return redirect("webhook:one", number)


@guarded(P.WEBHOOK_EDIT)
@never_cache
@require_POST
def rotate(request: StaffRequest, number: int) -> HttpResponse:
    """Another secret, shown once."""
    return shown(request, number, secret=new_secret_for(request.actor, number, request.now))


def shown(
    request: StaffRequest,
    number: int,
    form: SubscriptionForm | None = None,
    *,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one subscription."""
    held = subscription_for(request.actor, number)
    asked = request.GET.get("state", "")
    found = deliveries_for(
        request.actor, number, state=Sending(asked) if asked in set(Sending) else None,
        before=number_of(request.GET.get("before", "")), limit=_PAGE,
    )  # fmt: skip
    context = {
        "held": held, "row": row_of(held, waiting_counts(held.district)), "secret": secret,
        "form": form or SubscriptionForm(request, None, held), "replay_form": replay_from(request),
        "rows": [delivery_row(one) for one in found], "replays": replays_for(request.actor, number),
        "questions": [filters.choice(request.GET, "state", _("状态"), filters.terms(list(Sending)))],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "changes": beside(request, Subject.WEBHOOK, about=str(number)),
    }  # fmt: skip
    return render(request, "webhooks/one.html", context, status=status)
