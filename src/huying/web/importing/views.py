"""Uploading, saying what the columns mean, looking first, bringing in; each step can be left and come back to."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.longwork.actions import ask
from huying.longwork.policy import home, place
from huying.longwork.queries import work_of, works_of
from huying.longwork.rules import folder
from huying.loop.collect.channels.orders import guessing
from huying.web.guard import StaffRequest, guarded
from huying.web.importing.doing import KIND
from huying.web.importing.forms import FileForm, MapForm
from huying.web.present.refused import refused
from huying.web.tray.showing import shown

_CHECK: Final = gettext_noop("导入前检查")
_IMPORT: Final = gettext_noop("导入工单")
_SALT: Final = "huying.imports"
# A file that nobody went on with is removed after a day.
_SECONDS: Final = 86_400


@guarded(P.ORDERS_IMPORT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """A file to begin with, and what one brought in before."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            name = folder.new_name(Path(given.name).suffix.lower())
            folder.keep(folder.ready(home()) / name, given.chunks())
            _look(name, given.name)
        except HuyingError as error:
            place(name).unlink(missing_ok=True)
            refused(form, error)
        else:
            return redirect(
                f"{reverse('imports:columns')}?{urlencode({'file': _signed(request, name, given.name)})}"
            )
    works = [shown(one, request.now) for one in works_of(request.actor) if one.kind == KIND]
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
    name, given = _opened(request, mark)
    looked = _look(name, given)
    form = MapForm(looked, given, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        params = {"file": name, "given": given, "map": form.told(), "dry": True}
        return redirect("work:one", _ask(request, _CHECK, params))
    status = 200 if request.method == "GET" else 400
    context: dict[str, Any] = {"form": form, "looked": looked, "given": given}
    return render(request, "importing/columns.html", context, status=status)


@guarded(P.ORDERS_IMPORT)
@require_POST
def begin(request: StaffRequest, number: int) -> HttpResponse:
    """Bring in what was looked through by this work of mine."""
    looked = work_of(request.actor, number)
    if looked.kind != KIND or not looked.params["dry"] or not looked.finished:
        raise NotFound
    if not place(looked.params["file"]).is_file():
        raise Invalid("上传的文件已经删除，请重新上传。")
    params = {**looked.params, "dry": False}
    return redirect("work:one", _ask(request, _IMPORT, params, given=looked.params["file"]))


def _ask(request: StaffRequest, name: str, params: dict[str, Any], given: str = "") -> int:
    if not request.actor.may_everywhere(P.ORDERS_IMPORT):
        raise Denied
    return ask(
        request.actor, KIND, name, params, request.now,
        language=request.LANGUAGE_CODE, about=params["given"], given=given,
    )  # fmt: skip


def _look(name: str, given: str) -> guessing.Looked:
    path = place(name)
    if not path.is_file():
        raise NotFound("上传的文件已经删除，请重新上传。")
    return guessing.look(path, given)


def _signed(request: StaffRequest, name: str, given: str) -> str:
    return signing.dumps([name, given[:100], request.actor.account_id], salt=_SALT, compress=True)


def _opened(request: StaffRequest, mark: str) -> tuple[str, str]:
    """The file of a mark that was given to the same person. Raises NotFound."""
    try:
        name, given, account = signing.loads(mark, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as error:
        raise NotFound("上传的文件已经删除，请重新上传。") from error
    if account != request.actor.account_id:
        raise NotFound
    return name, given
