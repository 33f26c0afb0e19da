"""Writing: a new article, perhaps from a question that had none; a further version; withdrawn and put back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.knowledge.actions import (
    load_starter_articles,
    put_article,
    settle_gaps,
    withdraw_article,
    write_article,
)
from huying.knowledge.policy import must_write
from huying.knowledge.queries import article_for, gap_for
from huying.knowledge.rules.gaps import Group
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.knowledge.forms import ArticleForm, as_initial, today
from huying.web.knowledge.showing import owner
from huying.web.present.refused import refused


@guarded(P.KNOWLEDGE_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """An empty form, or one begun from a gap; kept once, however often it is sent."""
    if request.method == "GET":
        return _page(request, ArticleForm(request, initial=_begun(request)))
    form = ArticleForm(request, request.POST)
    if request.POST.get("do") == "preview" or not form.is_valid():
        return _shown(request, form)
    try:
        with transaction.atomic():
            number = write_article(
                request.actor, form.draft(), request.now, origin=str(form.cleaned_data["key"])
            )
            _settle(request, form.cleaned_data["gap"], number)
    except HuyingError as error:
        refused(form, error)
        return _page(request, form, status=error.status)
    messages.success(request, _("知识已保存，坐席和居民现在就能搜到。"))
    return redirect("knowledge:article", number)


@guarded(P.KNOWLEDGE_EDIT)
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, number: int) -> HttpResponse:
    """The article's text; what somebody else saved meanwhile stands beside what was typed."""
    article = article_for(request.actor, number, request.now)
    must_write(request.actor, article.body_id)
    if request.method == "GET":
        return _page(
            request, ArticleForm(request, initial={"key": uuid4(), **as_initial(article)}), article=article
        )
    form = ArticleForm(request, request.POST)
    if request.POST.get("do") == "preview" or not form.is_valid():
        return _shown(request, form, article=article)
    try:
        seen = form.cleaned_data["seen"] or 0
        put_article(request.actor, number, form.draft(), seen, request.now)
    except HuyingError as error:
        refused(form, error)
        now_says = article if error.code == "stale_version" else None
        return _page(request, form, article=article, now_says=now_says, status=error.status)
    messages.success(request, _("已保存为新的一版，原来的版本都留着。"))
    return redirect("knowledge:article", number)


@guarded(P.KNOWLEDGE_EDIT)
@require_POST
def turn(request: StaffRequest, number: int) -> HttpResponse:
    """Withdrawn, or put back."""
    away = request.POST.get("do") != "restore"
    note = request.POST.get("note", "").replace("\x00", "")[:200]
    return pressed(
        request,
        lambda: withdraw_article(request.actor, number, request.now, withdrawn=away, note=note),
        _("已停用，不再给出。") if away else _("已恢复。"),
        "knowledge:article",
        number,
    )


@guarded(P.KNOWLEDGE_EDIT)
@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """The starter set for a district that has nothing yet; what is there already stays as it is."""
    return pressed(
        request,
        lambda: load_starter_articles(request.actor, request.now),
        _("起步知识已装入，请各责任单位核对后修改。"),
        "knowledge:index",
    )


def _begun(request: StaffRequest) -> dict[str, Any]:
    asked = request.GET.get("gap", "")
    begun: dict[str, Any] = {"key": uuid4(), "valid_from": today(request)}
    group = _group(request, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else None
    if group is not None:
        begun |= {"gap": asked, "question": group.words[:120], "answer": group.reply}
    return begun


def _group(request: StaffRequest, gap: int) -> Group | None:
    try:
        return gap_for(request.actor, gap)
    except NotFound:
        return None


def _settle(request: StaffRequest, gap: int | None, number: int) -> None:
    group = _group(request, gap) if gap else None
    if group is not None:
        settle_gaps(request.actor, [one.id for one in group.members], request.now, number)


def _shown(request: StaffRequest, form: ArticleForm, **more: Any) -> HttpResponse:
    """The form again: with how it will look where it is sound, else with what is wrong."""
    if form.is_valid():
        more["preview"] = form.draft()
        more["preview_owner"] = owner(request.actor.district, more["preview"].body_id)
    return _page(request, form, status=200 if form.is_valid() else 400, **more)


def _page(request: StaffRequest, form: ArticleForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "knowledge/form.html", {"form": form, **more}, status=status)
