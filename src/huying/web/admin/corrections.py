"""事项更正: what people taught the platform about items, and taking it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.cases.queries.seeing import numbers_for
from huying.catalogue.queries import item
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import worded
from huying.loop.allocate.actions import take_back, take_back_all
from huying.loop.allocate.queries import SHOWN, LessonInfo, lessons_for, standing_for
from huying.people.queries import account_names
from huying.web.admin.annals import beside
from huying.web.admin.doing import saved
from huying.web.guard import StaffRequest, guarded


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction with its names; ``number`` is "" for a case the actor may not see."""

    lesson: LessonInfo
    who: str
    guessed: str
    item: str
    number: str

    @property
    def key(self) -> str:
        """How a button names it."""
        return f"{self.lesson.case_id}:{self.lesson.seq}"


@guarded(P.CATALOGUE_EDIT)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The latest words of people on items; those of one account with ``account``."""
    if not request.actor.may_everywhere(P.CATALOGUE_EDIT):
        raise Denied
    return _page(request, _number(request.GET.get("account", "")))


def _page(request: StaffRequest, account: int | None, why: str = "", status: int = 200) -> HttpResponse:
    """The list, with the reason as it was typed where it was refused."""
    lessons = lessons_for(request.actor, account)
    names = account_names({one.account_id for one in lessons})
    numbers = numbers_for(request.actor, {one.case_id for one in lessons})
    context = {
        "rows": [
            Shown(
                one, names.get(one.account_id, str(one.account_id)), _name(request, one.guessed),
                _name(request, one.item), numbers.get(one.case_id, ""),
            )
            for one in lessons
        ],
        "account": account,
        "why": why,
        "name": names.get(account or 0, ""),
        "standing": standing_for(request.actor, account) if account is not None else 0,
        "newest": SHOWN if len(lessons) == SHOWN else 0,
        "changes": beside(request, Subject.DISPATCH, limit=30),
    }  # fmt: skip
    return render(request, "admin/corrections.html", context, status=status)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def undo(request: StaffRequest) -> HttpResponse:
    """Take back one correction (``one``: case:seq) or all of an account (``all``), with a reason (``why``)."""
    why = request.POST.get("why", "")
    case_id, _colon, seq = request.POST.get("one", "").partition(":")
    account = _number(request.POST.get("all", ""))

    def act() -> None:
        if account is not None:
            take_back_all(account, why, by=request.actor, now=request.now)
            return
        number, place = _number(case_id), _number(seq)
        if number is None or place is None:
            raise NotFound
        take_back(number, place, why, by=request.actor, now=request.now)

    try:
        return saved(request, act, _("已撤回，自动分类不再按它学。"), "admin:corrections")
    except Invalid as refused:
        messages.error(request, "；".join(worded(text, _) for text in refused.fields.values()))
        return _page(request, account, why, status=422)
    except NotFound:
        messages.error(request, _("没有这一条，或者已经撤回了。"))
        return _page(request, account, why, status=422)


def _name(request: StaffRequest, code: str) -> str:
    try:
        return item(request.actor.district, code).name if code else ""
    except NotFound:
        return code


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
