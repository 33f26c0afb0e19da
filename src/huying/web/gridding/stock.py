"""What stands on the ground: how much is known, files brought in, a kind taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.geo.datums import Datum
from huying.gridding.actions import clear_sites, import_sites
from huying.gridding.queries import stock_of
from huying.gridding.rules.kinds import SiteKind
from huying.kernel.errors import HuyingError, Invalid
from huying.web.gridding.forms import StockForm, kind_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.AREA_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What is known; a POST brings a file in."""
    form = StockForm(request.POST, request.FILES) if request.method == "POST" else StockForm()
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data["file"]
            try:
                count, problems = import_sites(
                    request.actor, given.name, given.read(), Datum(form.cleaned_data["datum"]), request.now
                )
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
            else:
                messages.success(request, _("已导入 %(n)d 条。") % {"n": count})
                if not problems:
                    return redirect("gridding:stock")
                status = 200
    context = {
        "form": form,
        "stock": stock_of(request.actor),
        "problems": problems,
        "kinds": [(one.value, _(one.zh)) for one in SiteKind],
    }
    return render(request, "gridding/stock.html", context, status=status)


@guarded(P.AREA_EDIT)
@require_POST
def clear(request: StaffRequest) -> HttpResponse:
    """Take away all of a kind."""
    kind = kind_of(request.POST.get("kind", ""))
    if kind is None:
        raise Invalid
    count = clear_sites(request.actor, kind, request.now)
    messages.success(request, _("已清空 %(n)d 条。") % {"n": count})
    return redirect("gridding:stock")
