"""常见问题: what residents are answered without having to ask; what is not found here is missing, and is noted."""

from typing import Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huying.kernel import clock
from huying.kernel.addresses import household
from huying.kernel.errors import HuyingError, Unavailable
from huying.kernel.saying import worded
from huying.knowledge.actions import note_gap, use_article
from huying.knowledge.queries import fitting, most_used, offered_article
from huying.knowledge.rules import GapKind, UseChannel
from huying.places.queries import districts
from huying.web.citizen.brakes import may_ask
from huying.web.guard import public
from huying.web.knowledge.showing import owner

_FOUND: Final = 10
_MOST_ASKED: Final = 12
_WORDS_MOST: Final = 200
# Whoever searches for more in ten minutes is no person with a question.
_NOTED_OF_ONE: Final = 10
_PRESSED_OF_ONE: Final = 20


@public
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is asked most, or what answers the words of the address; a search without a find is kept as a gap."""
    words, now = request.GET.get("q", "").replace("\x00", "").strip()[:_WORDS_MOST], clock.now()
    district = _district()
    if words:
        found = [one.article for one in fitting(district, words, now, _FOUND)]
    else:
        found = most_used(district, now, _MOST_ASKED)
    if words and not found and may_ask(request, "gap", _NOTED_OF_ONE):
        note_gap(district, GapKind.NOT_FOUND, words, _key(request, words), now)
    return render(request, "knowledge/questions.html", {"words": words, "found": found})


@public
@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One answer, and two ways on: it helped, or it has to be reported. ``q`` are the words one came with."""
    district = _district()
    article = offered_article(district, number, clock.now())
    context = {
        "article": article,
        "owner": owner(district, article.body_id),
        "words": request.GET.get("q", "").replace("\x00", "").strip()[:_WORDS_MOST],
        "key": uuid4(),
    }
    return render(request, "knowledge/question.html", context)


@public
@require_POST
def helped(request: HttpRequest, number: int) -> HttpResponse:
    """It helped: counted once for each page that was opened."""
    try:
        key = UUID(request.POST.get("key", ""))
        if may_ask(request, "helped", _PRESSED_OF_ONE):
            use_article(_district(), number, UseChannel.WEB, f"web:{key}", clock.now())
    except ValueError:
        messages.error(request, _("页面没有传完整，请刷新后再提交。"))
        return redirect("questions:index")
    except HuyingError as refused:
        messages.error(request, worded(refused.message, _))
        return redirect("questions:index")
    messages.success(request, _("谢谢，能帮上您就好。"))
    return redirect("questions:index")


def _district() -> int:
    known = districts()
    if not known:
        raise Unavailable(_("本平台还没有开通，请打 12345。"))
    return known[0].code


def _key(request: HttpRequest, words: str) -> str:
    """The same visitor's same words on the same day, without saying who it is."""
    whose = household(request.META.get("REMOTE_ADDR", ""))
    said = f"{localdate()}|{whose}|{''.join(words.split())}"
    return f"web:{salted_hmac('huying.knowledge.gap', said, algorithm='sha256').hexdigest()[:40]}"
