"""Reading: the list, one article with everything it ever said, what runs out."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.catalogue.queries import item
from huying.kernel.errors import NotFound
from huying.knowledge.policy import may_write, may_write_all
from huying.knowledge.queries import (
    article_for,
    articles_for,
    ending_for,
    open_gaps,
    uses_by_channel,
    uses_of,
    versions_for,
)
from huying.knowledge.rules import Standing, UseChannel
from huying.web.components import Choice, Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.knowledge.asked import article_filter
from huying.web.knowledge.showing import chip_of, owner, owners, rows
from huying.web.taking import ARTICLES, ENDING, address_of


@guarded(P.KNOWLEDGE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every article, newest first; what is not understood of the address narrows nothing."""
    actor, asked = request.actor, request.GET
    known = owners(actor.district, request.now)
    wanted = article_filter(actor.district, asked, request.now)
    whose = str(wanted.body_id or "")
    page = articles_for(actor, wanted, request.now, asked.get("after", ""))
    uses = uses_of(actor.district, [one.id for one in page.articles], request.now)
    kept = {name: asked[name] for name in ("q", "standing", "body") if asked.get(name)}
    context = {
        "rows": rows(actor, page.articles, uses),
        "questions": [
            Filter("q", _("搜索"), "search", value=wanted.words),
            Filter(
                "standing",
                _("状态"),
                choices=[Choice(s.value, _(s.zh), s == wanted.standing) for s in Standing],
            ),
            Filter("body", _("责任单位"), choices=[Choice(v, name, v == whose) for v, name in known]),
        ],
        "pager": Pager(next=f"?{urlencode({**kept, 'after': page.after})}" if page.after else ""),
        "asked": bool(kept),
        "export": address_of(ARTICLES, request),
        "may_start": may_write_all(actor),
        **tabs(request),
    }
    return render(request, "knowledge/index.html", context)


@guarded(P.KNOWLEDGE_READ)
@require_GET
def ending(request: StaffRequest) -> HttpResponse:
    """What runs out or is over, of the bodies one writes for."""
    found = ending_for(request.actor, request.now)
    uses = uses_of(request.actor.district, [one.id for one in found], request.now)
    context = {
        "rows": rows(request.actor, found, uses),
        "export": address_of(ENDING, request),
        **tabs(request),
    }
    return render(request, "knowledge/ending.html", context)


@guarded(P.KNOWLEDGE_READ)
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One article: what it says, whose it is, how often it helped, every version."""
    actor = request.actor
    article = article_for(actor, number, request.now)
    channels = [
        (_(UseChannel(name).zh), n) for name, n in uses_by_channel(actor.district, number, request.now)
    ]
    context = {
        "article": article,
        "standing": chip_of(article.standing),
        "owner": owner(actor.district, article.body_id),
        "item": item_name(actor.district, article.item),
        "channels": channels,
        "versions": versions_for(actor, number, request.now),
        "may_write": actor.may(P.KNOWLEDGE_EDIT) and may_write(actor, article.body_id),
    }
    return render(request, "knowledge/article.html", context)


def item_name(district: int, code: str) -> str:
    """The name of an item of the live list; the code itself where it has left the list."""
    try:
        return item(district, code).name if code else ""
    except NotFound:
        return code


def tabs(request: StaffRequest) -> dict[str, object]:
    """What stands over every list of the knowledge base."""
    return {
        "may_write": request.actor.may(P.KNOWLEDGE_EDIT),
        "gap_count": open_gaps(request.actor.district),
        "here": request.resolver_match.url_name if request.resolver_match else "",
    }
