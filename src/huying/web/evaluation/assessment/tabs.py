"""The parts of assessment, on each of its pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.access.permissions import Permission as P
from huying.web.guard import StaffRequest


def tabs(request: StaffRequest, here: str) -> list[tuple[str, str, bool]]:
    """(label, address, here) of the parts that the actor's posts open."""
    parts = [
        ("rankings", _("排名"), True),
        ("matters", _("一事一考核"), request.actor.may(P.CASE_READ)),
        ("exemptions", _("不计入考核"), True),
        ("ratings", _("街道评部门"), True),
        ("periods", _("考核期和封账"), True),
    ]
    return [(label, reverse(f"assessment:{name}"), name == here) for name, label, open_ in parts if open_]
