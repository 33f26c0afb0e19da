"""Uploading, saying what the columns mean, looking first, bringing in; each step can be left and come back to."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.longwork.channels import importing
from huying.longwork.queries import works_of
from huying.web.guard import StaffRequest, guarded
from huying.web.importing.forms import FileForm, MapForm
from huying.web.present.refused import refused
from huying.web.tray.showing import shown


@guarded(P.ORDERS_IMPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """A file to begin with, and what one brought in before."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            mark = importing.take_in(request.actor, given.name, given.chunks())
        except HuyingError as error:
            refused(form, error)
        else:
            return redirect(f"{reverse('imports:columns')}?{urlencode({'file': mark})}")
    works = [shown(one, request.now) for one in works_of(request.actor) if one.kind == importing.KIND]
    status = 200 if request.method == "GET" else 400
    return render(request, "importing/index.html", {"form": form, "works": works}, status=status)


@guarded(P.ORDERS_IMPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest) -> HttpResponse:
    """What the columns mean, guessed; sent on, the file is looked through without writing anything."""
    mark = request.GET.get("file", "")
    if not mark:
        return redirect("imports:index")
    name, given = importing.opened(request.actor, mark)
    looked = importing.look(name, given)
    form = MapForm(looked, given, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = importing.look_through(
            request.actor, name, given, form.told(), request.now, request.LANGUAGE_CODE
        )
        return redirect("work:one", number)
    status = 200 if request.method == "GET" else 400
    context: dict[str, Any] = {"form": form, "looked": looked, "given": given}
    return render(request, "importing/columns.html", context, status=status)


@guarded(P.ORDERS_IMPORT)
@require_POST
def begin(request: StaffRequest, number: int) -> HttpResponse:
    """Bring in what was looked through by this work of mine."""
    return redirect("work:one", importing.begin(request.actor, number, request.now, request.LANGUAGE_CODE))
