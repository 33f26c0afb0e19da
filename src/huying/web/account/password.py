"""Changing one's password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.people import actions
from huying.web.account.forms import PasswordForm
from huying.web.account.sign_in import address_of
from huying.web.guard import signed_in


@never_cache
@sensitive_post_parameters("old", "new", "again")
@signed_in(even_barred=True)
def password(request: Any) -> HttpResponse:
    """Asks for the old and the new password; other sessions of the account end."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        key = request.session.session_key
        try:
            actions.change_password(request.user, old, new, address_of(request), request.now, session_key=key)
        except HuyingError as error:
            status = error.status
            for field, text in error.fields.items() or [(None, worded(error.message, _))]:
                form.add_error(field, text)
        else:
            update_session_auth_hash(request, request.user)
            actions.session_moved(key, request.session.session_key)
            messages.success(request, _("密码已修改，其他地方的登录已全部退出。"))
            return redirect("account:profile")
    demanded = request.standing.needs_password
    return render(request, "account/password.html", {"form": form, "demanded": demanded}, status=status)
