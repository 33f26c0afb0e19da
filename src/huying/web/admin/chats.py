"""对话渠道: accounts with vendors, their callbacks' addresses, switched on and off, tried."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.chat.actions import change_account, make_account, switch
from huying.chat.channels.trying import try_account
from huying.chat.queries import AccountRow, accounts_for
from huying.chat.rules.accounts import NewAccount, Secrets
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import HuyingError, NotFound
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_PLAIN: Final = ("name", "app_id", "agent", "template", "host")
_SECRET: Final = ("secret", "token", "aes_key", "webhook", "webhook_secret", "send_url")
_NAMES: Final = {
    "secret": gettext_lazy("密钥"), "token": "Token", "aes_key": "EncodingAESKey",
    "webhook": gettext_lazy("群机器人地址"), "webhook_secret": gettext_lazy("群机器人加签密钥"),
    "send_url": gettext_lazy("短信发送地址"),
}  # fmt: skip


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    # Filled in once and never shown again.
    drawn = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=500, help_text=help_text, widget=drawn)


class AccountForm(forms.Form):
    """An account; what each vendor needs of it is told by the domain."""

    vendor = forms.ChoiceField(label=gettext_lazy("哪一家"))
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("例如“龙田发布”公众号")
    )
    app_id = forms.CharField(
        label=gettext_lazy("应用编号"), required=False, max_length=64,
        help_text=gettext_lazy("公众号、小程序填 AppID；企业微信填企业 ID；钉钉填 AppKey；短信填网关给的名字"),
    )  # fmt: skip
    secret = _secret(_NAMES["secret"], gettext_lazy("AppSecret；短信填签名密钥"))
    token = _secret(_NAMES["token"], gettext_lazy("在厂商后台填回调地址时自己定的那个"))
    aes_key = _secret(_NAMES["aes_key"], gettext_lazy("填了就是安全模式，只收加密的消息；企业微信必填"))
    agent = forms.CharField(
        label="AgentId", required=False, max_length=64, help_text=gettext_lazy("企业微信、钉钉的应用编号")
    )
    template = forms.CharField(
        label=gettext_lazy("模板编号"), required=False, max_length=64,
        help_text=gettext_lazy("超过 48 小时没有来过消息时，公众号用模板消息、小程序用订阅消息发"),
    )  # fmt: skip
    webhook = _secret(_NAMES["webhook"], gettext_lazy("有居民请人工时提醒这个群，不发居民说的话"))
    webhook_secret = _secret(_NAMES["webhook_secret"], gettext_lazy("钉钉群机器人选了加签时填"))
    send_url = _secret(_NAMES["send_url"], gettext_lazy("答复短信发到这个接口"))
    host = forms.CharField(
        label=gettext_lazy("接口地址"), required=False, max_length=200,
        help_text=gettext_lazy("有中转时填；不填就是厂商的接口"),
    )  # fmt: skip

    def __init__(self, data: Any = None, initial: Any = None, *, fixed: bool = False) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        field = self.fields["vendor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, _(one.zh)) for one in Vendor]
        if fixed:
            del self.fields["vendor"]

    def account(self, vendor: Vendor | None = None) -> NewAccount:
        """What was filled in."""
        said = self.cleaned_data
        secrets = Secrets(**{name: said[name] for name in _SECRET})
        plain = {name: said[name] for name in _PLAIN}
        return NewAccount(vendor=vendor or Vendor(said["vendor"]), secrets=secrets, **plain)


@guarded(P.KEY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every account, and a form for another."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            number = make_account(request.actor, form.account(), request.now)
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("已建好，还没有启用。把回调地址填到厂商后台，再启用。"))
            return redirect("admin:chat", number)
    rows = [(one, _(one.vendor.zh)) for one in accounts_for(request.actor)]
    changes = beside(request, Subject.CHAT, limit=30)
    status = 400 if form.is_bound else 200
    return render(
        request, "admin/chats.html", {"rows": rows, "form": form, "changes": changes}, status=status
    )


@guarded(P.KEY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One account: its callback's address, what is set, and changing it; a secret left empty stays."""
    found = _found(request, number)
    initial = {name: getattr(found, name) for name in _PLAIN}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial, fixed=True)
    if request.method == "POST" and form.is_valid():
        try:
            change_account(request.actor, number, form.account(found.vendor), request.now)
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("admin:chat", number)
    site: str = settings.HUYING_ADDRESS
    context = {
        "row": found, "vendor": _(found.vendor.zh), "form": form, "has": [_NAMES[name] for name in found.has],
        "address": site.rstrip("/") + reverse("chat:callback", args=[found.key]),
        "changes": beside(request, Subject.CHAT, about=str(number)),
    }  # fmt: skip
    return render(request, "admin/chat.html", context, status=400 if form.is_bound else 200)


@guarded(P.KEY_EDIT)
@require_POST
def turn(request: StaffRequest, number: int) -> HttpResponse:
    """Switch it on or off."""
    on = request.POST.get("on") == "1"
    done = _("已启用。") if on else _("已停用。")
    return pressed(
        request, lambda: switch(request.actor, number, request.now, on=on), done, "admin:chat", number
    )


@guarded(P.KEY_EDIT)
@require_POST
def attempt(request: StaffRequest, number: int) -> HttpResponse:
    """Ask the vendor for a token, and say a word to the group where there is one; whoever presses is told what came."""
    return pressed(
        request,
        lambda: try_account(request.actor, number, request.now),
        _("厂商接口通了，密钥有效。"),
        "admin:chat",
        number,
    )


def _found(request: StaffRequest, number: int) -> AccountRow:
    found = next((one for one in accounts_for(request.actor) if one.id == number), None)
    if found is None:
        raise NotFound
    return found
