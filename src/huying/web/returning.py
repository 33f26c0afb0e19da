"""Where a form leads back to: a page of ours that it names itself."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_back(request: HttpRequest, otherwise: str) -> str:
    """The path that a form (or, without one, the address) names as ``next``, else ``otherwise``."""
    given = request.POST if request.method == "POST" else request.GET
    return ours(request, given.get("next", "")) or otherwise


def ours(request: HttpRequest, wanted: str) -> str:
    """The path, if it is one of ours; else "".

    Only a path from the root counts: anything else could lead to another site, or be taken for a page's name.
    """
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe and wanted.startswith("/") else ""
