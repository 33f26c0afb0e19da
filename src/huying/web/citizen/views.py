"""Residents' pages (R101): say it, get a number, follow it, judge the result."""

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from huying.kernel.clock import now
from huying.kernel.digest import canonical
from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_receipt, shown
from huying.kernel.saying import worded
from huying.people.actions import guessed_right, may_guess
from huying.web.citizen import counter, mine
from huying.web.citizen import messages as told
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.forms import FindForm, ReportForm, new_report
from huying.web.citizen.holding import mine_or_none, must_hold
from huying.web.citizen.matters import Proof, Verdict
from huying.web.citizen.where import district_name, streets_and_communities
from huying.web.citizen.writing import neighbours, sending
from huying.web.guard import public

_HOME_SHOWS: Final = 3
# Each reads whole days of the ledger.
_MOST_PROOFS: Final = 60
STAR_KINDS: Final = (
    ("speed", gettext_lazy("速度")),
    ("effect", gettext_lazy("效果")),
    ("service", gettext_lazy("服务")),
    ("answer", gettext_lazy("答复")),
)
STARS: Final = (5, 4, 3, 2, 1)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two ways: say something, or follow what was said."""
    context = {
        "district_name": district_name(),
        "mine": counter.glimpses(mine.receipts(request)),
        "answered": counter.answered("", "", _HOME_SHOWS).matters,
        "arrives": told.arrive(),
    }
    return render(request, "citizen/home.html", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; sent twice with one key it stays one appeal, and both answers lead to the same receipt."""
    if request.method == "GET":
        return _form(request, new_report(request.GET.get("words", "")), 200)
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = sending.send(form, now())
        except Invalid as wrong:
            for name, text in wrong.fields.items() or [("", wrong.message)]:
                form.add_error(name if name in form.fields else None, worded(text, _))
        else:
            if sent.joined is not None:
                (messages.success if sent.joined else messages.warning)(request, sent.said)
            return _sent(request, sent.receipt)
    if not request.accepts("text/html"):
        return JsonResponse({"errors": form.errors}, status=400)
    sending.keep_photos(form)
    return _form(request, form, 400)


def _sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """To the receipt; a report that waited on the phone for a signal is answered with its number alone."""
    response: HttpResponse = redirect("citizen:receipt", receipt)
    if not request.accepts("text/html"):
        response = JsonResponse(
            {"receipt": receipt, "at": reverse("citizen:receipt", args=[receipt])}, status=201
        )
    mine.remember(request, response, receipt)
    return response


def _form(request: HttpRequest, form: ReportForm, status: int) -> HttpResponse:
    context = {"form": form, "streets": streets_and_communities(), "waiting": sending.waiting_photos(form)}
    return render(request, "citizen/report.html", context, status=status)


@public
@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Received: number, who has it, by when."""
    found = mine_or_none(request, number)
    if found is None:
        return _ask_first(number)
    near = neighbours.to_join(found.receipt, now())
    return render(request, "citizen/receipt.html", {"matter": found, "neighbours": near})


@public
@require_POST
def join(request: HttpRequest, number: str) -> HttpResponse:
    """The same matter as one close by, said after sending (R110)."""
    must_hold(request, number)
    sent = sending.joined(parse_receipt(number), request.POST.get("case", ""), now())
    (messages.success if sent.joined else messages.warning)(request, sent.said)
    return redirect("citizen:receipt", number)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """By receipt, and the end of the phone where one was given; wrong pairs are answered alike."""
    form = FindForm(request.POST) if request.method == "POST" else _asked(request)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["receipt"]
        address = request.META.get("REMOTE_ADDR", "")
        if not may_guess(number, address):
            form.add_error(None, _("错的次数太多，请 15 分钟后再试，或打 12345 查询。"))
        elif counter.opens(number, form.cleaned_data["tail"], now()):
            guessed_right(number, address)
            response = redirect("citizen:track", number)
            mine.remember(request, response, number)
            return response
        else:
            form.add_error(None, _("没有查到。请核对回执号；留过电话的，还要填电话后四位。"))
    known = counter.glimpses(mine.receipts(request))
    status = 400 if form.is_bound else 200
    asked = not form.is_bound and form.initial.get("receipt")
    context = {"form": form, "mine": known, "asked": asked, "arrives": told.arrive()}
    return render(request, "citizen/find.html", context, status=status)


def _asked(request: HttpRequest) -> FindForm:
    """The form as a link with a number opens it; what can be no number is told at once."""
    number = request.GET.get("receipt", "")
    try:
        form = FindForm(initial={"receipt": shown(parse_receipt(number)) if number else ""})
    except Invalid:
        return FindForm({"receipt": number})
    if number:
        form.fields["tail"].widget.attrs["autofocus"] = True
    return form


@public
@never_cache
@require_safe
def track(request: HttpRequest, number: str) -> HttpResponse:
    """The way of a matter, newest first; as JSON only its version, by which an open page learns of news."""
    if request.accepts("text/html"):
        return _track(request, number, [])
    found = mine_or_none(request, number)
    if found is None:
        raise Http404
    return JsonResponse({"version": found.version})


def _track(request: HttpRequest, number: str, proof: list[Proof]) -> HttpResponse:
    found = mine_or_none(request, number)
    if found is None:
        return _ask_first(number)
    context = {
        "matter": found, "proof": proof, "star_kinds": STAR_KINDS, "star_values": STARS,
        "messages_wanted": told.wanted(found.receipt) if found.guarded else None, "messages_arrive": told.arrive(),
    }  # fmt: skip
    return render(request, "citizen/track.html", context)


@public
@require_POST
def rate(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """One tap: solved or not. Stars and words where they were given."""
    must_hold(request, number)
    stars = {k: int(v) for k, _label in STAR_KINDS if (v := request.POST.get(k, "")) in set("12345")}
    verdict = Verdict(request.POST.get("solved") == "yes", stars, request.POST.get("words", ""))
    counter.rate(number, case, verdict, now())
    thanks = _("谢谢您的评价。") if verdict.solved else _("已退回重办，办理单位会再联系您。")
    messages.success(request, thanks)
    return redirect("citizen:track", number)


@public
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The caller no longer asks for it."""
    must_hold(request, number)
    counter.withdraw(number, request.POST.get("reason", ""), now())
    messages.success(request, _("已撤回。以后有事随时再反映。"))
    return redirect("citizen:track", number)


@public
@require_POST
def prove(request: HttpRequest, number: str) -> HttpResponse:
    """Check the chain of every case of this appeal now (R404)."""
    must_hold(request, number)
    return _track(request, number, counter.prove(number, now()))


@public
@require_GET
def photo(request: HttpRequest, number: str, photo: int) -> FileResponse:
    """A photo of this receipt, for its holder alone."""
    must_hold(request, number)
    path = Path(settings.MEDIA_ROOT) / counter.photo_path(number, photo, now())
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@public
@require_GET
def chain(request: HttpRequest, number: str) -> HttpResponse:
    """The digests of every entry as a file: seal = H(previous seal + content digest), to be recomputed anywhere."""
    must_hold(request, number)
    response = JsonResponse({"receipt": number, "entries": counter.chain(number, now())})
    response["Content-Disposition"] = f'attachment; filename="{number}.json"'
    return response


@public
@require_GET
def proof_file(request: HttpRequest, number: str) -> HttpResponse:
    """The proof of every case of this receipt, to be held against the published roots (``docs/ledger.md``)."""
    must_hold(request, number)
    if not may_ask(request, "proof", _MOST_PROOFS):
        return HttpResponse(
            _("核对得太多了，请过一会儿再试。"), status=429, content_type="text/plain; charset=utf-8"
        )
    response = HttpResponse(canonical(counter.proof_file(number, now())), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="proof-{number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _ask_first(number: str) -> HttpResponse:
    return redirect(f"{reverse('citizen:find')}?{urlencode({'receipt': number})}")
