"""A list asked for as a file: at once where it is small, else as long work of which a page tells how far it is."""

import io
from itertools import islice
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.kernel.errors import NotFound
from huying.kernel.sheets import TYPES, written
from huying.longwork.actions import ask
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.exporting.doing import KIND, file_name
from huying.web.exporting.listed import asked_of
from huying.web.exporting.lists import LISTS
from huying.web.exporting.words import asked_words
from huying.web.guard import StaffRequest, signed_in

AT_ONCE: Final = 2_000


@signed_in()
@never_cache
@require_GET
def export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """The list of this kind. Who took it and how they asked stands in the audit before the first row leaves.

    Raises Denied for whose posts do not allow it, NotFound for a kind that is none.
    """
    listed = LISTS.get(kind)
    if listed is None:
        raise NotFound
    asked = asked_of(listed, request.actor, request.GET, request.now)
    form = "csv" if request.GET.get("format") == "csv" else "xlsx"
    first = list(islice(listed.rows(asked), AT_ONCE + 1))
    told = f"{listed.take.name}：{asked_words(asked.query, request.actor.district)}"
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, told)], request.now)
    if len(first) > AT_ONCE:
        params = {"list": kind, "query": asked.query.urlencode(), "form": form}
        language = translation.get_language() or "zh-hans"
        number = ask(
            asked.actor, KIND, listed.take.name, params, request.now, language=language, about=form.upper()
        )
        return redirect("work:one", number)
    file = io.BytesIO()
    with written(file, form, _(listed.take.name), listed.heads(asked)) as rows:
        for cells in first:
            rows.write(cells)
    response = HttpResponse(file.getvalue(), content_type=TYPES[form])
    name = file_name(kind, timezone.localdate(request.now), form)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
