"""Setting up the second factor."""

from typing import Any, Final

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huying.kernel.errors import Conflict, HuyingError
from huying.kernel.saying import worded
from huying.people import actions
from huying.people.queries import has_second_factor
from huying.web.account.forms import EnrolForm
from huying.web.account.middleware import FACTOR
from huying.web.guard import signed_in

ISSUER: Final = "呼应"


@never_cache
@signed_in(even_barred=True)
def second_factor(request: Any) -> HttpResponse:
    """Shows the QR code, asks for one right code, then shows the recovery codes this once."""
    if request.standing.needs_password:
        return redirect("account:password")
    if has_second_factor(request.user.pk):
        # Only a session opened with the code may go on: another one was opened before it was set up.
        if request.session.get(FACTOR):
            raise Conflict(_("已经设置了动态码。换手机请联系管理员重置。"))
        messages.warning(request, _("动态码已在别处设置好，请重新登录。"))
        actions.session_ended(request.session.session_key, request.now)
        return redirect("account:sign_in")
    form = EnrolForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_second_factor(request.user, form.cleaned_data["code"], request.now)
        except HuyingError as error:
            form.add_error("code", worded(error.message, _))
            status = error.status
        else:
            request.session[FACTOR] = True
            return render(request, "account/recovery_codes.html", {"codes": codes})
    secret, uri = actions.start_second_factor(request.user, getattr(settings, "HUYING_NAME", ISSUER))
    demanded = request.standing.needs_enrolment
    parts = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    context = {"form": form, "secret_parts": parts, "picture": _picture(uri), "demanded": demanded}
    return render(request, "account/second_factor.html", context, status=status)


def _picture(uri: str) -> str:
    drawing = segno.make(uri, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="qr"
    )
    return mark_safe(drawing)  # made here from numbers only; the text is drawn, not written
