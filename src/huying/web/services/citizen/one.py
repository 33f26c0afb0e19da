"""One facility for everybody: open or not, what it has, the way there, what can be asked for; and what is wrong."""

from pathlib import Path
from typing import Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, NotFound
from huying.places.queries import area_words, districts
from huying.services.actions import report_entry
from huying.services.queries import (
    FacilityInfo,
    exceptions_of,
    facility_of,
    kind_names,
    offered_by,
    photo_of,
    photos_of,
    standings,
)
from huying.services.rules.entries import MOST_WORDS
from huying.services.rules.hours import read_spans
from huying.services.rules.kinds import EntryFault
from huying.web.citizen.brakes import may_ask
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import public
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused
from huying.web.services.words import (
    amenity_words,
    day_words,
    open_chip,
    phone_link,
    route_links,
    spans_words,
    week_rows,
)

_MOST_REPORTS: Final = 20
_TOO_MANY: Final = 429
_COMMUNITY_DIGITS: Final = 12


class WrongForm(forms.Form):
    """What is wrong with an entry."""

    fault = forms.ChoiceField(label=gettext_lazy("哪里不对"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("怎么不对"), max_length=MOST_WORDS, required=False,
        widget=forms.Textarea({"rows": 2}), help_text=gettext_lazy("不要写姓名和电话。"),
    )  # fmt: skip

    def __init__(self, data: object = None) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]
        put_choices(self, "fault", [(one.value, _(one.zh)) for one in EntryFault])


@public
@never_cache
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one facility."""
    return _shown(request, *_found(number), WrongForm())


@public
@never_cache
@require_POST
def wrong(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody says what is wrong: a task of the entry's keeper."""
    district, row = _found(number)
    form = WrongForm(request.POST)
    if not form.is_valid():
        return _shown(request, district, row, form, 400)
    if not may_ask(request, "entry-wrong", _MOST_REPORTS):
        form.add_error(None, _("提交得太多了，请过一会儿再试。"))
        return _shown(request, district, row, form, _TOO_MANY)
    given = form.cleaned_data
    try:
        report_entry(district, row.id, EntryFault(given["fault"]), given["words"], now())
    except HuyingError as error:
        refused(form, error)
        return _shown(request, district, row, form, error.status)
    messages.success(request, _("收到了，谢谢您。维护的人会核对。"))
    return redirect("nearby:one", number)


@public
@require_safe
def photo(request: HttpRequest, number: int, photo: int) -> FileResponse:
    """A photo of a facility."""
    district, row = _found(number)
    path = Path(settings.MEDIA_ROOT) / photo_of(district, row.id, photo)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _found(number: int) -> tuple[int, FacilityInfo]:
    """The facility and its district. Raises NotFound."""
    if number < 2**63:
        for one in districts():
            try:
                return one.code, facility_of(one.code, number)
            except NotFound:
                continue
    raise NotFound


def _shown(
    request: HttpRequest, district: int, row: FacilityInfo, form: WrongForm, status: int = 200
) -> HttpResponse:
    at = now()
    today = timezone.localdate(at)
    own, web = route_links(row)
    point = MapPoint(row.lon, row.lat, row.name, tone=Tone.ACCENT)
    context = {
        "row": row,
        "kind": _(kind_names(district).get(row.kind, "")),
        # The grid is the office's word, nobody's address.
        "where": area_words(district, row.area[:_COMMUNITY_DIGITS]),
        "state": open_chip(standings(district, [row], at)[row.id], at),
        "week": week_rows(row.week),
        "exceptions": [
            (day_words(one.first), day_words(one.last) if one.last > one.first else "",
             spans_words(read_spans(one.spans)), one.why)
            for one in exceptions_of(district, row.id, today)
        ],
        "has": amenity_words(row),
        "photos": photos_of(district, row.id),
        "phone": phone_link(row),
        "own_map": own,
        "web_map": web,
        "services": offered_by(district, row.id),
        "map": MapView("nearby", row.name, {}, [point], (row.lon, row.lat), 15.5),
        "form": form,
    }  # fmt: skip
    return render(request, "nearby/one.html", context, status=status)
