"""How many false warnings a month the district bears: set, in versions, beside what the last warnings were worth."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.prevent.warnings.actions.deciding import set_promise
from huying.prevent.warnings.policy import must_set
from huying.prevent.warnings.queries.lists import standing_of, worth_of
from huying.prevent.warnings.queries.promise import promise_of, promise_versions
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.warnings.forms import PromiseForm


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The promise as it holds, its versions, and the form."""
    must_set(request.actor)
    district = request.actor.district
    if request.method == "GET":
        return _page(request, PromiseForm(initial={"promise": int(promise_of(district))}))
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        set_promise(request.actor, form.cleaned_data["promise"], request.now)
    except HuyingError as error:
        refused(form, error)
        return _page(request, form, error.status)
    messages.success(request, _("已保存，下一次查看起生效。"))
    return redirect("warning:promise")


def _page(request: StaffRequest, form: PromiseForm, status: int = 200) -> HttpResponse:
    district = request.actor.district
    worth = worth_of(district)
    context = {
        "form": form, "versions": promise_versions(district), "promise": promise_of(district), "worth": worth,
        "advice": _(worth.advice.zh), "standing": standing_of(district),
    }  # fmt: skip
    return render(request, "warnings/promise.html", context, status=status)
