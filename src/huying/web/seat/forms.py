"""What a seat writes down during a call."""

from math import isfinite
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huying.cases.rules.replies import reply_faults
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.loop.collect.rules import AppealForm
from huying.people.rules.phones import normal_phone

HOTLINE: Final = "hotline"
_TEXT: Final = {"rows": 6, "autocomplete": "off", "data-suggest": True}


class CallForm(forms.Form):
    """One call. ``spot`` is the place picked, ``lon,lat`` in CGCS2000 degrees; ``reply`` answers on the spot.

    ``article`` is the number of the article that the reply was taken from, ``join`` the number of an open case that
    this is one more caller of.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("来电号码"),
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off", "data-private": True}
        ),
    )
    name = forms.CharField(
        label=_("称呼"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": True}),
    )
    text = forms.CharField(
        label=_("反映什么事"),
        min_length=2,
        max_length=2000,
        widget=forms.Textarea(attrs=_TEXT),
        error_messages={
            "required": _("请写一下是什么事。"),
            "min_length": _("请写一下是什么事，至少 2 个字。"),
        },
    )
    place_text = forms.CharField(
        label=_("地点"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": True}),
    )
    kind = forms.ChoiceField(choices=[("", ""), *AppealKind.choices()], required=False)
    item = forms.CharField(max_length=32, required=False)
    spot = forms.CharField(max_length=60, required=False)
    article = forms.CharField(max_length=18, required=False)
    join = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)
    reply = forms.CharField(
        label=_("当场答复"),
        max_length=4000,
        required=False,
        help_text=_("诉求人会看到。写明核实情况和答复内容，不写手机号。"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        try:
            return normal_phone(typed) if typed else ""
        except Invalid as wrong:
            raise forms.ValidationError(worded(wrong.message, gettext)) from wrong

    def clean_article(self) -> int | None:
        chosen = self.cleaned_data["article"]
        if chosen and not (chosen.isascii() and chosen.isdigit()):
            raise forms.ValidationError(_("没有这条知识，请另选一条。"))
        return int(chosen) if chosen else None

    def clean_spot(self) -> tuple[float, float] | None:
        return point(self.cleaned_data["spot"])

    def need_reply(self) -> bool:
        """Whether a reply was written that may be published; says at the field what is wrong with it."""
        reply = self.cleaned_data.get("reply", "")
        # What a body must report to have done is not asked of a question answered at once.
        faults = (
            reply_faults(reply, solved=True, parts=()) if reply else [gettext("当场答复要写明答复内容。")]
        )
        for fault in faults:
            self.add_error("reply", worded(fault, gettext))
        return not faults

    def refuse(self, error: HuyingError) -> None:
        """Put a refusal at the fields it speaks of, else over the form."""
        known = {name: text for name, text in error.fields.items() if name in self.fields}
        for name, text in known.items():
            self.add_error(name, worded(text, gettext))
        if not known:
            self.add_error(None, worded(error.message, gettext))

    def appeal(self) -> AppealForm:
        """The call as every door gives it in."""
        said: dict[str, Any] = self.cleaned_data
        lon, lat = said["spot"] or (None, None)
        return AppealForm(
            text=said["text"], channel=HOTLINE, kind=said["kind"], place_text=said["place_text"], lon=lon, lat=lat,
            datum="cgcs2000", name=said["name"], phone=said["phone"], key=str(said["key"]), source=HOTLINE,
        )  # fmt: skip


def new_call(number: str = "") -> CallForm:
    """An empty form for a caller's number; its key makes saving twice one appeal."""
    return CallForm(initial={"key": uuid4(), "phone": number}, label_suffix="")


def point(text: str) -> tuple[float, float] | None:
    """The position of a picked place; None for what is none."""
    lon, _comma, lat = text.partition(",")
    try:
        place = float(lon), float(lat)
    except ValueError:
        return None
    return place if all(map(isfinite, place)) else None
