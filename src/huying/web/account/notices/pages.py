"""One's notices: the bell, the list, opening one, all of them read."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.actor import Actor
from huying.notices.actions import mark_all_read, mark_read
from huying.notices.queries import MyNotice, my_notices, unread_count
from huying.texts.rules.occasions import STAFF, Occasion
from huying.web import frame
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter, Pager
from huying.web.guard import StaffRequest, signed_in
from huying.web.taking import NOTICES, address_of

_PAGE: Final = 50


@signed_in()
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Unread first of all; with ``show=all`` everything, of one occasion where it is asked for."""
    every, occasion = request.GET.get("show") == "all", _occasion(request.GET.get("about", ""))
    found = notices_asked(request.actor, request.GET, _number(request.GET.get("before", "")), _PAGE)
    more = query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else ""
    back = query_with(request.GET, before="") if request.GET.get("before") else ""
    context = {
        "rows": [(one, _(one.occasion.zh)) for one in found],
        "every": every,
        "about": occasion.value if occasion else "",
        "questions": _questions(every, occasion),
        "pager": Pager(previous=back, next=more, shown=len(found)),
        "export": address_of(NOTICES, request),
        "unread": unread_count(request.actor.account_id or 0),
    }
    return render(request, "account/notices/index.html", context)


def notices_asked(actor: Actor, query: QueryDict, before: int | None, limit: int) -> list[MyNotice]:
    """One's notices as an address asks for them, newest first, from a place on."""
    unread, occasion = query.get("show") != "all", _occasion(query.get("about", ""))
    return my_notices(actor, unread=unread, occasion=occasion, before=before, limit=limit)


@signed_in()
@never_cache
@require_GET
def bell(request: StaffRequest) -> HttpResponse:
    """The bell alone, for a page that stays open."""
    count = unread_count(request.actor.account_id or 0)
    return HttpResponse(frame.bell(count, get_language() or ""))


@signed_in()
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """Open what the notice is about, and take it as read; one about no case is shown itself."""
    found = mark_read(request.actor, number, request.now)
    if found.number:
        return redirect("case:page", found.number)
    return render(request, "account/notices/one.html", {"notice": found, "about": _(found.occasion.zh)})


@signed_in()
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Everything read, of one occasion where the list shows one."""
    count = mark_all_read(request.actor, request.now, _occasion(request.POST.get("about", "")))
    if count:
        messages.success(request, _("%(n)d 条消息已标为读过。") % {"n": count})
    return redirect(f"{reverse('account:notices')}{query_with(request.GET, before='')}")


def _questions(every: bool, occasion: Occasion | None) -> list[Filter]:
    shown = [Choice("all", _("全部消息"), every)]
    about = [Choice(one.value, _(one.zh), one is occasion) for one in STAFF if one is not Occasion.DIGEST]
    return [Filter("show", _("看哪些"), choices=shown), Filter("about", _("什么事"), choices=about)]


def _occasion(text: str) -> Occasion | None:
    return Occasion(text) if text in set(Occasion) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
