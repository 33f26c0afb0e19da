"""Which items a campaign or a season is about: found by words, several of them, also whole groups and classes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.catalogue.queries import live_edition, live_list
from huying.prevent.warnings.queries.names import item_name
from huying.web.case.steps.offers import Offer, items_said
from huying.web.case.steps.widgets import MOST_WORDS
from huying.web.guard import StaffRequest, guarded

MOST_ITEMS: Final = 50
_CODE: Final = re.compile(r"\d{2}(\d{2}){0,2}")
_NOTES: Final = {2: _("大类"), 4: _("中类")}
_MOST_WIDE: Final = 4


class ItemsInput(forms.CheckboxSelectMultiple):
    """What is chosen with a mark each, below it words that find more. Everything works without scripts."""

    template_name = "campaigns/items.html"
    district = 0
    said = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        self.said = str(data.get(f"{name}-words") or "")
        given = data.getlist(name) if isinstance(data, QueryDict) else data.get(name) or ()
        return [str(code) for code in given]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = [str(code) for code in value or ()]
        return {
            "rows": rows(self.district, chosen, self.said), "name": name, "said": self.said, "most_words": MOST_WORDS,
            "id": (attrs or {}).get("id", f"id_{name}"), "address": reverse_lazy("campaign:items"),
            "described": (attrs or {}).get("aria-describedby", ""),
        }  # fmt: skip


class ItemsField(forms.Field):
    """Cleaned to codes: 07 a class, 0701 a group, 070101 an item; none is everything."""

    widget = ItemsInput

    def clean(self, value: Any) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(value or ()))
        if len(codes) > MOST_ITEMS:
            raise forms.ValidationError(_("最多选 50 个事项。"))
        if not all(code.isascii() and _CODE.fullmatch(code) for code in codes):
            raise forms.ValidationError(_("请从找到的事项里选。"))
        return codes


def put_district(form: forms.Form, district: int) -> None:
    """Let the form's items be found in the list of this district."""
    widget = form.fields["items"].widget
    if isinstance(widget, ItemsInput):
        widget.district = district


@guarded(P.CAMPAIGN_RUN)
@never_cache
@require_GET
def found(request: StaffRequest) -> HttpResponse:
    """What is chosen already and what answers the typed words, as boxes for a form that is open."""
    said = request.GET.get("items-words", "")
    chosen = [code for code in request.GET.getlist("items")[:MOST_ITEMS] if _CODE.fullmatch(code)]
    context = {"rows": rows(request.actor.district, chosen, said), "name": "items", "said": said}
    return render(request, "campaigns/items_found.html", context)


def rows(district: int, chosen: Sequence[str], said: str) -> list[tuple[Offer, bool]]:
    """(offer, whether it is chosen): the chosen first, then groups, classes and items that answer the words."""
    known = [Offer(code, item_name(district, code), _note(district, code)) for code in dict.fromkeys(chosen)]
    words = said.strip()[:MOST_WORDS]
    answers = [*_wide(district, words), *items_said(district, words)]
    return [(one, True) for one in known] + [(one, False) for one in answers if one.value not in chosen]


def names_of(district: int, codes: Iterable[str]) -> list[str]:
    """What these codes are called."""
    return [item_name(district, code) for code in codes]


def _note(district: int, code: str) -> str:
    if len(code) in _NOTES:
        return str(_NOTES[len(code)])
    return f"{item_name(district, code[:2])} · {item_name(district, code[:4])}" if len(code) == 6 else ""


def _wide(district: int, said: str) -> list[Offer]:
    """Classes and groups whose name holds the words, or whose code they are."""
    if not said or live_edition(district) is None:
        return []
    named: dict[str, str] = {}
    for code, line in live_list(district).held.items.items():
        named |= {code[:2]: line.class_name, code[:4]: line.group_name}
    hit = [code for code, name in sorted(named.items()) if said in name or said == code]
    return [Offer(code, named[code], str(_NOTES[len(code)])) for code in hit[:_MOST_WIDE]]
