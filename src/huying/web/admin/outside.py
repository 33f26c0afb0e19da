"""对外接口: how outside software names the district, whom it may ask, and where the interfaces are (Open311)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.places.actions.jurisdictions import put_jurisdiction
from huying.places.queries.jurisdictions import outside
from huying.web.admin.annals import beside
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


class OutsideForm(forms.Form):
    """What discovery says of the district."""

    names = forms.CharField(
        label=gettext_lazy("域名"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("客户端可用它作 jurisdiction_id，每行一个；区划代码总是可用"),
    )  # fmt: skip
    contact = forms.CharField(
        label=gettext_lazy("联系方式"), max_length=300, required=False,
        help_text=gettext_lazy("接口出了问题找谁：部门、电话或邮箱"),
    )  # fmt: skip
    key_service = forms.CharField(
        label=gettext_lazy("怎样申请密钥"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("一句话或一个网址"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


@guarded(P.KEY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What stands, and writing it anew."""
    held = outside(request.actor.district)
    initial = (
        {"names": "\n".join(held.names), "contact": held.contact, "key_service": held.key_service}
        if held
        else {}
    )
    form = OutsideForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                names = said["names"].split()
                put_jurisdiction(request.actor, names, said["contact"], said["key_service"], request.now)
                messages.success(request, _("已保存。"))
                return redirect("admin:outside")
            except HuyingError as error:
                refused(form, error)
                status = error.status
    context = {
        "form": form,
        "district": request.actor.district,
        "changes": beside(request, Subject.OUTSIDE, limit=30),
    }
    return render(request, "admin/outside.html", context, status=status)
