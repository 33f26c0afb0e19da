"""The rows of a split: each further problem by a title, its item suggested from it and confirmed by a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huying.catalogue.queries import live_edition
from huying.loop.allocate.queries import suggest_items
from huying.web.case.steps.offers import Offer, items_said
from huying.web.case.steps.widgets import PartsInput

_SHOWN = 5


class PartsField(forms.Field):
    """Titles with items. Where an item is missing, suggestions are put in and the form comes back to be read."""

    widget = PartsInput

    def __init__(self, district: int) -> None:
        super().__init__()
        self.district = district

    def clean(self, value: Any) -> Any:
        rows: list[dict[str, str]] = value or []
        if not rows and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        self._offer(rows)
        if any(not row["item"] for row in rows):
            for row in rows:
                row["item"] = row["item"] or self._first(row["title"])
            raise forms.ValidationError(_("已按每项内容匹配了事项，请核对后再提交一次。"))
        return rows or None

    def _offer(self, rows: list[dict[str, str]]) -> None:
        if not isinstance(self.widget, PartsInput) or live_edition(self.district) is None:
            return
        titles = [row["title"] for row in rows]
        guesses = suggest_items(self.district, titles, _SHOWN) if titles else []
        ranked: dict[str, list[Offer]] = {}
        for title, found in zip(titles, guesses, strict=True):
            codes = {guess.code for guess in found}
            named = [offer for guess in found for offer in items_said(self.district, guess.code, 1)]
            ranked[title] = named + [
                one for one in items_said(self.district, title) if one.value not in codes
            ]
        self.widget.offers = ranked

    def _first(self, title: str) -> str:
        found = self.widget.offers.get(title, ()) if isinstance(self.widget, PartsInput) else ()
        return found[0].value if found else ""
