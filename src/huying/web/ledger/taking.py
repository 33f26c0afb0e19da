"""存证包: everything about one case as one signed file, for who audits it (R404)."""

import io
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.proofs.bundles import bundle_for, is_small
from huying.cases.queries.proofs.keys import signs_with
from huying.cases.rules.bundles import pack
from huying.kernel.clock import now as present
from huying.kernel.numbers import case_number
from huying.longwork.actions import Made, Task, ask
from huying.longwork.rules import folder
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded

KIND: Final = "bundle"
# A text of the catalogue: the name of the work, and what the audit says was taken.
NAME: Final = gettext_noop("案件存证包")


@guarded(P.LEDGER_EXPORT)
@never_cache
@require_GET
def bundle(request: StaffRequest, number: str) -> HttpResponseBase:
    """The case's bundle: at once, or as long work for a long history. That it was taken stands in the audit first."""
    district, case_id = finding.reference(request, number)
    small = is_small(request.actor, district, case_id)
    record_viewings(request.actor, [NewViewing(ViewingKind.EXPORT, NAME, case_id=case_id)], request.now)
    if not small:
        language = translation.get_language() or "zh-hans"
        params = {"district": district, "case": case_id}
        shown = case_number(district, case_id)
        return redirect(
            "work:one", ask(request.actor, KIND, NAME, params, request.now, language=language, about=shown)
        )
    file = io.BytesIO()
    contents, about = bundle_for(request.actor, district, case_id, request.now)
    pack(file, contents, about, signs_with())
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(district, case_id)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def write_bundle(task: Task) -> Made:
    """The same behind the pages. Raises NotFound where the case is not theirs to take any more."""
    district, case_id = task.params["district"], task.params["case"]
    task.progress.told(0, 1)
    contents, about = bundle_for(task.actor, district, case_id, present())
    with folder.begin(task.target) as file:
        pack(file, contents, about, signs_with())
    task.progress.told(1, 1)
    return Made(_file_name(district, case_id), {"rows": len(contents["entries.json"])})


def _file_name(district: int, case_id: int) -> str:
    return f"huying-{case_number(district, case_id)}.zip"
