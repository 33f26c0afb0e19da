"""The posts with their gaps, and one post: its turns, rotations and people."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, Invalid
from huying.places.queries import area_name
from huying.teams.actions import (
    create_post,
    end_post,
    end_rotation,
    end_turn,
    ensure_member,
    put_turn,
    set_rotation,
)
from huying.teams.queries import (
    PostRow,
    gaps_of,
    members_near,
    on_duty_around,
    on_duty_within,
    post_for,
    posts_for,
)
from huying.teams.queries.handing import handovers_for, unsigned_for
from huying.teams.rules.kinds import DutyRole
from huying.web.admin.asked import word_of
from huying.web.admin.doing import pressed
from huying.web.admin.duty.forms import PersonForm, PostForm, RotationForm, TurnForm
from huying.web.components import Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import call_address
from huying.web.present.places import scope_in
from huying.web.present.refused import refused
from huying.web.taking import HANDOVERS, POSTS, address_of

#: So many days ahead gaps are looked for on the list of posts.
AHEAD: Final = 14
#: So far back handovers are listed.
SINCE: Final = timedelta(days=90)
# What else narrows the list of posts stays while it is searched.
_KEPT: Final = ("area", "gaps")


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Posts within ``?area=`` with who is on, gaps to come and ends nobody signed for; a POST makes one."""
    may_edit = request.actor.may(P.DUTY_EDIT)
    form = PostForm(request, request.POST if request.method == "POST" else None) if may_edit else None
    status = 200
    if request.method == "POST" and form is not None:
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = create_post(request.actor, said["area"], said["name"], request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("值班点已建好，接着定班次。"), "roster:post", made)
    context = {
        **listed(request.actor, request.GET, request.now),
        "form": form,
        "ahead": AHEAD,
        "export": address_of(POSTS, request),
        "searched": bool(word_of(request.GET)),
        "questions": [
            Filter("q", _("值班点、区域或在岗的人"), "search", value=word_of(request.GET)),
            *(Filter(name, "", "hidden", value=request.GET[name]) for name in _KEPT if name in request.GET),
        ],
    }
    return render(request, "admin/duty/index.html", context, status=status)


def listed(actor: Actor, query: QueryDict, now: datetime) -> dict[str, Any]:
    """The posts that an address asks for: ``rows``, how many there are in all and how many of them have gaps."""
    today, area, word = timezone.localdate(now), scope_in(actor, query), word_of(query)
    only_gaps = query.get("gaps") == "1"
    posts = posts_for(actor, area if "area" in query else "")
    gaps = gaps_of(actor, posts, today, AHEAD, now)
    unsigned = unsigned_for(actor, [post.id for post in posts], now)
    on: dict[int, list[str]] = {}
    # From above as well: the list shows the posts one may turn to.
    found = {
        one.shift_id: one for one in (*on_duty_around(actor, area, now), *on_duty_within(actor, area, now))
    }
    for person in found.values():
        on.setdefault(person.post_id, []).append(person.name)
    wheres = {post.id: area_name(actor.district, post.area) for post in posts}
    rows = [
        {
            "post": post,
            "where": wheres[post.id],
            "on": on.get(post.id, []),
            "gaps": gaps[post.id],
            "first": gaps[post.id][0].day if gaps[post.id] else None,
            "unsigned": unsigned[post.id],
        }
        for post in posts
        if (gaps[post.id] or not only_gaps)
        and any(word in text for text in (post.name, wheres[post.id], *on.get(post.id, [])))
    ]
    return {
        "rows": rows,
        "short": sum(bool(found) for found in gaps.values()),
        "all": len(posts),
        "only_gaps": only_gaps,
    }


@guarded(P.TEAM_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One post."""
    return _page(request, post_for(request.actor, number))


@guarded(P.TEAM_READ)
@never_cache
@require_GET
def handovers(request: StaffRequest, number: int) -> HttpResponse:
    """The handovers of the last ninety days."""
    post = post_for(request.actor, number)
    context = {
        "post": post,
        "rows": handovers_for(request.actor, number, request.now - SINCE),
        "export": address_of(HANDOVERS, request, {"post": str(number)}),
    }
    return render(request, "admin/duty/handovers.html", context)


@guarded(P.DUTY_EDIT)
@require_POST
def step(request: StaffRequest, number: int) -> HttpResponse:
    """Add or end a turn, a rotation or a person, or the post itself."""
    post = post_for(request.actor, number)
    by, now, what = request.actor, request.now, request.POST.get("do", "")
    match what:
        case "turn":
            turn = TurnForm(request.POST)
            return _tried(
                request,
                post,
                turn,
                lambda: put_turn(by, number, turn.plan(), now),
                _("班次已加上。"),
                turn=turn,
            )
        case "rotation":
            rotation = RotationForm(request, post, request.POST)
            return _tried(
                request,
                post,
                rotation,
                lambda: _rotate(request, rotation),
                _("轮值已排好。"),
                rotation=rotation,
            )
        case "person":
            person = PersonForm(request.POST, label_suffix="")
            return _tried(
                request, post, person, lambda: ensure_member(by, person.member(post.area), now), _("人员已加上。"),
                person=person,
            )  # fmt: skip
        case "end_turn":
            which = _number(request)
            return pressed(request, lambda: end_turn(by, which, now), _("班次已停。"), "roster:post", number)
        case "end_rotation":
            which = _number(request)
            return pressed(
                request, lambda: end_rotation(by, which, now), _("轮值已停。"), "roster:post", number
            )
        case "end_post":
            return pressed(request, lambda: end_post(by, number, now), _("值班点已撤。"), "roster:index")
        case _:
            return redirect("roster:post", number)


def _tried(
    request: StaffRequest, post: PostRow, form: Any, act: Callable[[], object], done: str, **forms: Any
) -> HttpResponse:
    status = 400
    if form.is_valid():
        try:
            act()
        except HuyingError as error:
            if error.status in {403, 404}:
                raise
            refused(form, error)
            status = error.status
        else:
            return pressed(request, lambda: None, done, "roster:post", post.id)
    return _page(request, post, status, **forms)


def _rotate(request: StaffRequest, form: RotationForm) -> None:
    said = form.cleaned_data
    role = DutyRole(said["role"])
    set_rotation(
        request.actor, said["turn"], role, said["names"], said["each"], said["first_day"], request.now
    )


def _number(request: StaffRequest) -> int:
    text = request.POST.get("which", "")
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Invalid
    return int(text)


def _page(request: StaffRequest, post: PostRow, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    may_call = actor.may(P.TEAM_CALL)
    people = [one for one in members_near(actor, post.area, request.now) if one.area == post.area]
    context = {
        "post": post,
        "where": area_name(actor.district, post.area),
        "people": [
            (one, call_address(one.id, post.name) if may_call and one.phone else "") for one in people
        ],
        "turn": forms.get("turn") or TurnForm(),
        "rotation": forms.get("rotation") or RotationForm(request, post),
        "person": forms.get("person") or PersonForm(label_suffix=""),
    }
    return render(request, "admin/duty/post.html", context, status=status)
