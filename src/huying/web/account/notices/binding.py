"""绑定企业微信、钉钉: a code shown once, typed to the bot; taken out again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.chat.actions import new_staff_code, unbind_staff
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, signed_in


@signed_in()
@never_cache
@require_POST
def code(request: StaffRequest) -> HttpResponse:
    """A fresh code, shown on this page alone."""
    return render(request, "account/notices/code.html", {"code": new_staff_code(request.actor, request.now)})


@signed_in()
@require_POST
def unbind(request: StaffRequest) -> HttpResponse:
    """Bound nowhere any more."""
    return pressed(
        request, lambda: unbind_staff(request.actor, request.now), _("已解除绑定。"), "account:notice_choices"
    )
