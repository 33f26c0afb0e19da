"""The tray of one's own long work: how far it is, what came of it; nobody else sees it."""

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.kernel.errors import Conflict
from huying.kernel.sheets import TYPES
from huying.longwork.actions import ask, cancel
from huying.longwork.queries import PAGE, file_of, work_of, works_of
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.exporting.words import asked_words
from huying.web.guard import StaffRequest, signed_in
from huying.web.tray.showing import EXPORT, shown


@signed_in()
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Mine, newest first. While something is under way the rows are asked for again every second."""
    found = works_of(request.actor, number_of(request.GET.get("before", "")))
    context = {
        "works": [shown(one, request.now) for one in found],
        "moving": any(not one.finished for one in found),
        "next": f"?before={found[-1].id}" if len(found) == PAGE else "",
        "here": request.get_full_path(),
    }
    return render(request, "tray/rows.html" if _part(request) else "tray/index.html", context)


@signed_in()
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One of mine."""
    told = shown(work_of(request.actor, number), request.now)
    return render(request, "tray/state.html" if _part(request) else "tray/one.html", {"one": told})


@signed_in()
@require_POST
def stop(request: StaffRequest, number: int) -> HttpResponse:
    """Take one back."""
    return pressed(
        request,
        lambda: cancel(request.actor, number, request.now),
        _("已取消，马上停下来。"),
        "work:one",
        number,
    )


@signed_in()
@require_POST
def again(request: StaffRequest, number: int) -> HttpResponse:
    """The same list once more, as it stands now."""
    before = work_of(request.actor, number)
    if before.kind != EXPORT or not before.finished:
        raise Conflict
    new = ask(
        request.actor, before.kind, before.name, before.params, request.now,
        language=request.LANGUAGE_CODE, about=before.about,
    )  # fmt: skip
    words = asked_words(QueryDict(before.params.get("query", "")), request.actor.district)
    said = f"{before.name}：{words}"
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, said)], request.now)
    return redirect("work:one", new)


@signed_in()
@never_cache
@require_GET
def file(request: StaffRequest, number: int) -> HttpResponseBase:
    """The file of one of mine; that it was fetched stands in the audit."""
    work, path = file_of(request.actor, number, request.now)
    opened = path.open("rb")
    said = _downloaded(work.name, work.file_name)
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, said)], request.now)
    kind = TYPES.get(path.suffix.removeprefix("."), "application/octet-stream")
    response = FileResponse(opened, as_attachment=True, filename=work.file_name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    return response


def _downloaded(name: str, file_name: str) -> str:
    return f"下载：{name} {file_name}"


def _part(request: StaffRequest) -> bool:
    return "HX-Request" in request.headers
