"""Who a browser is known to be: a caller who showed that a number is theirs; a signed cookie, no account."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from huying.volunteers.queries import Own, own_for

COOKIE: Final = "volunteer"
_SALT: Final = "huying.volunteer"
_DAYS: Final = 180


def who(request: HttpRequest) -> Own | None:
    """The volunteer of this browser; None for nobody, for a cookie that was tampered with, and for who left."""
    found = request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_DAYS * 86400)
    district, _sign, caller = str(found).partition(".")
    return own_for(int(district), int(caller)) if district.isdecimal() and caller.isdecimal() else None


def remember(request: HttpRequest, response: HttpResponse, district: int, caller_id: int) -> None:
    """This browser is theirs from now on."""
    response.set_signed_cookie(
        COOKIE, f"{district}.{caller_id}", salt=_SALT, max_age=_DAYS * 86400, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    """This browser is nobody's any more."""
    response.delete_cookie(COOKIE, samesite="Lax")
