"""通知设置: by which ways each occasion is told, when it is quiet, whether once a day."""

from datetime import time
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.chat.queries import staff_bound
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.notices.actions import choose
from huying.notices.actions.choosing import NewChoices
from huying.notices.queries import Choices, choices_of
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import Quiet
from huying.people.queries import account_info
from huying.texts.rules.occasions import STAFF, URGENT, Occasion
from huying.web.guard import StaffRequest, signed_in

CHOSEN: Final = tuple(one for one in STAFF if one is not Occasion.DIGEST)


class ChoicesForm(forms.Form):
    """What is the same for every occasion; which ways each takes stands in a table of boxes beside it."""

    mail = forms.EmailField(label=gettext_lazy("邮箱"), required=False, max_length=200)
    wechat = forms.CharField(
        label=gettext_lazy("微信账号"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("企业微信的成员账号，或公众号的 openid。"),
    )
    quiet_since = forms.TimeField(
        label=gettext_lazy("免打扰从"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("免打扰到"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("这段时间的邮件、短信、微信过后再发。两个时间一样就是不用免打扰。"),
    )
    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("汇总"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("选了钟点，每天到点合成一条发给您。红牌、督办和紧急工单不等，马上发。"),
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        field = self.fields["digest_hour"]
        assert isinstance(field, forms.TypedChoiceField)
        hours = [(str(hour), _("每天 %(hour)d 点汇总") % {"hour": hour}) for hour in range(24)]
        field.choices = [("", _("来一条发一条")), *hours]


@signed_in()
@never_cache
@require_http_methods(["GET", "POST"])
def choosing(request: StaffRequest) -> HttpResponse:
    """The form, and keeping it."""
    account = request.actor.account_id or 0
    held = choices_of([account]).get(account, Choices())
    if request.method == "GET":
        return _page(request, ChoicesForm(initial=_initial(held)), _held_ways(held))
    form, ways = ChoicesForm(request.POST), _given_ways(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        quiet = Quiet(_minute(said["quiet_since"]), _minute(said["quiet_until"]))
        chosen = NewChoices(ways, quiet, said["digest_hour"], said["mail"], said["wechat"].strip())
        try:
            choose(request.actor, chosen, request.now)
        except HuyingError as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, worded(text, _))
        else:
            messages.success(request, _("通知设置已保存。"))
            return redirect("account:notice_choices")
    return _page(request, form, ways, status=400)


def _page(
    request: StaffRequest, form: ChoicesForm, ways: dict[Occasion, list[Way]], status: int = 200
) -> HttpResponse:
    rows = [
        (
            one,
            _(one.zh),
            [(way, _(way.zh), way in ways[one], one in URGENT and way is Way.PAGE) for way in Way],
        )
        for one in CHOSEN
    ]
    account = account_info(request.actor, request.actor.account_id or 0)
    context = {
        "form": form,
        "rows": rows,
        "ways": [_(way.zh) for way in Way],
        "phone": account.phone,
        "bound": staff_bound(request.actor.district, request.actor.account_id or 0),
    }
    return render(request, "account/notices/choices.html", context, status=status)


def _initial(held: Choices) -> dict[str, Any]:
    return {
        "mail": held.mail, "wechat": held.wechat, "quiet_since": held.quiet.since,
        "quiet_until": held.quiet.until,
        "digest_hour": "" if held.digest_hour is None else str(held.digest_hour),
    }  # fmt: skip


def _held_ways(held: Choices) -> dict[Occasion, list[Way]]:
    return {one: [way for way in Way if way in held.ways_of(one)] for one in CHOSEN}


def _given_ways(said: QueryDict) -> dict[Occasion, list[Way]]:
    return {one: [Way(way) for way in said.getlist(one.value) if way in set(Way)] for one in CHOSEN}


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)
