"""Where a notice leads: to the case for staff, to the track for a caller, to the notice itself else."""

from django.conf import settings
from django.urls import reverse

from huying.kernel.numbers import case_number
from huying.notices.queries.wording import Happened


def page_link(told: Happened) -> str:
    """The path of the page a notice leads to."""
    if told.path:
        return told.path
    if told.receipt:
        return reverse("citizen:track", args=[told.receipt])
    if told.case_id is not None:
        return reverse("case:page", args=[case_number(told.district, told.case_id)])
    return reverse("account:notices")


def address_of(path: str) -> str:
    """The path as an address that opens from anywhere."""
    site: str = settings.HUYING_ADDRESS
    return site.rstrip("/") + path
