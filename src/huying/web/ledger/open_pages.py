"""每日总摘要: what everybody may read, keep and follow, without signing in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from huying.cases.queries.proofs.keys import public_keys
from huying.cases.queries.proofs.published import PublishedDay, published_days, roots_file
from huying.kernel.digest import canonical
from huying.kernel.errors import NotFound
from huying.places.queries import DistrictRow, districts
from huying.web.components import Pager
from huying.web.guard import public

_PAGE: Final = 30
_FED: Final = 60
_MINUTE: Final = 60
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The days, newest first; the keys by which bundles are signed; checking with files of one's own."""
    known = districts()
    chosen = _asked(request, known)
    days = published_days(chosen.code)[::-1] if chosen else []
    at = request.GET.get("at", "")
    page = _page(days, int(at) if at.isdecimal() and len(at) < 9 else None)
    older = page[-1].place - 1 if page and page[-1].place > 1 else 0
    here = f"?district={chosen.code}" if chosen else "?"
    context = {
        "chosen": chosen,
        "districts": known,
        "days": page,
        "total": len(days),
        "head": days[0] if days else None,
        "keys": public_keys(),
        "pager": Pager(here if at else "", f"{here}&at={older}" if older else ""),
    }
    return render(request, "ledger/index.html", context)


@public
@require_safe
@cache_control(public=True, max_age=_MINUTE)
def feed(request: HttpRequest) -> HttpResponse:
    """The latest days as an Atom feed (RFC 4287): whoever reads it keeps them without doing anything."""
    chosen = _asked(request, districts())
    if chosen is None:
        raise NotFound
    home = request.build_absolute_uri(f"{reverse('ledger:index')}?district={chosen.code}")
    told = Atom1Feed(
        _("%(district)s办理链每日总摘要") % {"district": chosen.name}, home, "", language="zh-hans",
        feed_url=request.build_absolute_uri(),
    )  # fmt: skip
    for day in published_days(chosen.code)[::-1][:_FED]:
        said = f"{day.day} {day.entries} {day.algorithm} root={day.root} link={day.link}"
        told.add_item(
            _("%(day)s：%(n)d 条") % {"day": day.day, "n": day.entries}, f"{home}&at={day.place}", said,
            unique_id=f"urn:huying:roots:{chosen.code}:{day.place}", pubdate=day.published_at,
            updateddate=day.published_at,
        )  # fmt: skip
    if not told.items:
        # A feed without entries must still say when it was last changed, and not another time each time.
        told.latest_post_date = lambda: _NEVER  # type: ignore[method-assign]
    return HttpResponse(told.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=_MINUTE)
def roots(request: HttpRequest, district: int) -> HttpResponse:
    """Every published day of a district as a file (``docs/ledger.md``). Raises NotFound for a district that is none."""
    if not any(one.code == district for one in districts()):
        raise NotFound
    response = HttpResponse(
        canonical(roots_file(district, published_days(district))), content_type="application/json"
    )
    response["Content-Disposition"] = f'inline; filename="roots-{district}.json"'
    # Anybody's page or script may check with it.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _asked(request: HttpRequest, known: Sequence[DistrictRow]) -> DistrictRow | None:
    asked = request.GET.get("district", "")
    if asked:
        found = next((one for one in known if str(one.code) == asked), None)
        if found is None:
            raise NotFound
        return found
    return known[0] if known else None


def _page(days: Sequence[PublishedDay], at: int | None) -> Sequence[PublishedDay]:
    """Days from place ``at`` down; the newest without it."""
    shown = days if at is None else [day for day in days if day.place <= at]
    return shown[:_PAGE]
