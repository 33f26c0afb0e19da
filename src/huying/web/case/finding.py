"""From the number in an address to the case as its reader may see it."""

from django.utils.translation import get_language

from huying.cases.queries.page import CaseView, case_for
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number
from huying.web.guard import StaffRequest


def reference(request: StaffRequest, number: str) -> tuple[int, int]:
    """(district, id) of a number within the reader's district; NotFound for everything else."""
    try:
        district, case_id = parse_case_number(number)
    except Invalid as wrong:
        raise NotFound from wrong
    if district != request.actor.district:
        raise NotFound
    return district, case_id


def seen(request: StaffRequest, number: str) -> CaseView:
    """The case with everything on its page. Raises NotFound."""
    district, case_id = reference(request, number)
    language = "en" if get_language() == "en" else "zh"
    return case_for(request.actor, district, case_id, request.now, language)
