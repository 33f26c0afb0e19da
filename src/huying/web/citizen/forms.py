"""The two forms a resident fills in. Errors say what to do; what was typed stays."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_receipt
from huying.kernel.saying import worded
from huying.people.rules.phones import normal_phone

MOST_PHOTOS: Final = 6
MOST_PHOTO_BYTES: Final = 12 * 2**20


def _kept() -> forms.HiddenInput:
    """A hidden field that a draft in the browser keeps with the words."""
    return forms.HiddenInput(attrs={"data-keep": True})


class PhotosInput(forms.FileInput):
    """A file input that takes several pictures and opens the camera on a phone."""

    allow_multiple_selected = True


class PhotoField(forms.FileField):
    """One picture of at most 12 MB."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        clean: UploadedFile[Any] = super().clean(data, initial)
        if not (clean.content_type or "").startswith("image/"):
            raise forms.ValidationError(_("只能传照片。“%(name)s”不是照片。"), params={"name": clean.name})
        if (clean.size or 0) > MOST_PHOTO_BYTES:
            raise forms.ValidationError(
                _("“%(name)s”太大了，请换一张 12 MB 以内的。"), params={"name": clean.name}
            )
        return clean


class PhotosField(PhotoField):
    """Up to six pictures; cleaned to a list of uploaded files.

    ``demanded`` ones may be left out, but the form says that they are asked for.
    """

    widget = PhotosInput
    demanded = False

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = (
            [one for one in data or () if one] if isinstance(data, list | tuple) else [data] if data else []
        )
        if len(given) > MOST_PHOTOS:
            raise forms.ValidationError(_("最多 6 张照片，请少选几张。"))
        return [super(PhotosField, self).clean(one) for one in given]


class ReportForm(forms.Form):
    """我要反映: one screen, one required field."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=_kept())
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=_kept())
    accuracy = forms.FloatField(required=False, min_value=0, widget=_kept())
    join = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("什么事"),
        max_length=2000,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": _("请写一下是什么事，一句话也行。"),
            "min_length": _("太短了，再多写几个字，我们才知道怎么办。"),
            "max_length": _("太长了，请控制在 2000 字以内。"),
        },
    )
    place = forms.CharField(
        label=_("在哪里"),
        max_length=300,
        required=False,
        help_text=_("路名、小区、楼栋，写清楚办得快"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    area = forms.CharField(label=_("哪个街道、社区"), max_length=12, required=False)
    photos = PhotosField(
        label=_("照片"),
        required=False,
        help_text=_("最多 6 张"),
        widget=PhotosInput(attrs={"accept": "image/*", "data-photos": MOST_PHOTOS, "multiple": True}),
    )
    phone = forms.CharField(
        label=_("您的电话"),
        max_length=30,
        required=False,
        help_text=_("不留就是匿名。号码加密保存，查看要登记理由。"),
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "data-private": True}
        ),
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        return _or_wrong(normal_phone, typed) if typed else ""


class FindForm(forms.Form):
    """查进度: the receipt, and the end of the phone where one was given."""

    receipt = forms.CharField(
        label=_("回执号"),
        max_length=40,
        help_text=_("12 位数字"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请输入回执号。")},
    )
    tail = forms.CharField(
        label=_("您电话的后四位"),
        max_length=4,
        required=False,
        help_text=_("反映时留过电话的要填"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": True}),
    )

    def clean_receipt(self) -> str:
        return _or_wrong(parse_receipt, self.cleaned_data["receipt"])


class PhoneForm(forms.Form):
    """我的反映, first: the number under which somebody reported."""

    phone = forms.CharField(
        label=_("您反映时留的电话"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "data-private": True}
        ),
        error_messages={"required": _("请输入电话号码。")},
    )

    def clean_phone(self) -> str:
        return _or_wrong(normal_phone, self.cleaned_data["phone"].strip())


class CodeForm(PhoneForm):
    """我的反映, then: the code that was sent there."""

    phone = forms.CharField(max_length=30, widget=forms.HiddenInput)
    challenge = forms.CharField(max_length=400, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        help_text=_("短信里的 6 位数字"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-private": True}
        ),
        error_messages={"required": _("请输入短信里的验证码。")},
    )


def new_report(words: str = "") -> ReportForm:
    """A form with a fresh key; the key, not the moment of pressing, makes an appeal one. ``words`` were said before."""
    return ReportForm(initial={"key": uuid4(), "text": words.replace("\x00", "")[:2000]})


def _or_wrong(read: Any, typed: str) -> str:
    try:
        return str(read(typed))
    except Invalid as wrong:
        raise forms.ValidationError(worded(wrong.message, gettext)) from wrong
