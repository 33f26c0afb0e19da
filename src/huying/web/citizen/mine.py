"""Which receipts this browser has shown to be its holder's: a signed cookie, no account."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse

COOKIE: Final = "mine"
_SALT: Final = "huying.citizen.mine"
MOST: Final = 12
_DAYS: Final = 180


def receipts(request: HttpRequest) -> list[str]:
    """Newest first; empty when there is no cookie or it was tampered with."""
    found = request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_DAYS * 86400)
    return [receipt for receipt in str(found).split(".") if receipt]


def holds(request: HttpRequest, receipt: str) -> bool:
    return receipt in receipts(request)


def remember(request: HttpRequest, response: HttpResponse, receipt: str) -> None:
    """Put a receipt first; the oldest beyond twelve falls out."""
    remember_all(request, response, [receipt])


def remember_all(request: HttpRequest, response: HttpResponse, found: Sequence[str]) -> None:
    """Put receipts first, in their order; the oldest beyond twelve fall out."""
    kept = list(dict.fromkeys([*found, *receipts(request)]))[:MOST]
    response.set_signed_cookie(
        COOKIE,
        ".".join(kept),
        salt=_SALT,
        max_age=_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse) -> None:
    """This browser holds no receipt any more; the matters stay as they are."""
    response.delete_cookie(COOKIE, samesite="Lax")
