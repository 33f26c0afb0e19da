"""The address that a vendor calls: whoever signs rightly is heard. Kept first, then thought about, answered at once."""

import logging
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from huying.chat.actions import Kept, keep, think
from huying.chat.actions.answering import given_back, hold_back
from huying.chat.channels.adapter import Adapter, Wrong
from huying.chat.channels.vendors import adapter_for
from huying.chat.queries import account_by_key
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.wire import MOST_BYTES
from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.guard import public

_log = logging.getLogger(__name__)
_SLOWER = "您发得太快了，有几条没有收到。请过一分钟再发。"


@csrf_exempt
@public
@never_cache
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, key: str) -> HttpResponse:
    """The vendor's question, or messages. What is not signed rightly gets 403 and leaves no trace."""
    account = account_by_key(key)
    if account is None:
        raise Http404
    adapter = adapter_for(account)
    try:
        asked = _asked(request)
        if request.method == "GET":
            return _response(adapter.verify(asked, now()))
        return _response(_heard(account, adapter, asked))
    except Wrong as wrong:
        return HttpResponse(worded(wrong.message, _), status=403, content_type="text/plain; charset=utf-8")
    except Invalid as wrong:
        return HttpResponse(worded(wrong.message, _), status=400, content_type="text/plain; charset=utf-8")


def _heard(account: Held, adapter: Adapter, asked: Request) -> Answer:
    at = now()
    messages: Sequence[Incoming] = adapter.read(asked, at)
    last: tuple[Incoming, Kept] | None = None
    for heard in messages:
        kept = keep(account, heard, at)
        last = (heard, kept)
        _thought(account, adapter, kept)
    if last is None:
        return adapter.answer(asked, None, "", at)
    return adapter.answer(asked, last[0], _words(account, adapter, last[1]), at)


def _thought(account: Held, adapter: Adapter, kept: Kept) -> None:
    """Think at once; what goes wrong here is tried again by the worker, for the message is kept."""
    if kept.message is None or not kept.is_new:
        return
    try:
        think(account.district, kept.person, now())
        if adapter.replies:
            hold_back(account.district, kept.person, now())
    except HuyingError:
        _log.exception("a message of account %s", account.id)


def _words(account: Held, adapter: Adapter, kept: Kept) -> str:
    if not adapter.replies:
        return ""
    return _SLOWER if kept.message is None else given_back(account.district, kept.message, now())


def _asked(request: HttpRequest) -> Request:
    """The request as adapters read it. Raises Invalid for a body that is too large, before it is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdigit() or int(declared) > MOST_BYTES:
        raise Invalid("请求太大。")
    try:
        body = request.read(MOST_BYTES + 1)
    except UnreadablePostError as broken:
        raise Invalid("请求没有读完。") from broken
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = {name: str(request.GET[name]) for name in request.GET}
    return Request(request.method or "", query, headers, body)


def _response(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, content_type=answer.media_type)
