"""The rows of a split: each further problem by a title, its item found by words and confirmed by a person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from huying.catalogue.queries import live_edition
from huying.loop.allocate.queries import suggest_items
from huying.web.case.steps.offers import Offer, items_said
from huying.web.case.steps.widgets import MOST_WORDS, PartsInput

_SHOWN = 5


class PartsField(forms.Field):
    """Titles with items. Where no person chose one, the best stands first and the form comes back to be read."""

    widget = PartsInput

    def __init__(self, district: int) -> None:
        super().__init__()
        self.district = district
        if isinstance(self.widget, PartsInput) and live_edition(district) is not None:
            self.widget.search_address = reverse("case:part_items")

    def clean(self, value: Any) -> Any:
        rows: list[dict[str, str]] = value or []
        if not rows and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        found = self._offer(rows)
        unknown = [
            row["words"][:MOST_WORDS]
            for row, offers in zip(rows, found, strict=True)
            if row["words"] and not offers
        ]
        if unknown:
            message = _("没有找到“%(words)s”，请换个说法，或把它清空、按内容匹配。")
            raise forms.ValidationError(message % {"words": "”、“".join(unknown)})
        if not all(_is_chosen(row, offers) for row, offers in zip(rows, found, strict=True)):
            raise forms.ValidationError(_("已按每项内容匹配了事项，请核对后再提交一次。"))
        return [{"title": row["title"], "item": row["item"]} for row in rows] or None

    def _offer(self, rows: Sequence[dict[str, str]]) -> list[list[Offer]]:
        asked = [(row["title"], row["words"]) for row in rows]
        if not isinstance(self.widget, PartsInput) or not self.widget.search_address:
            return [[] for _row in rows]
        found = part_offers(self.district, asked)
        self.widget.offers = dict(zip(asked, found, strict=True))
        return found


def part_offers(district: int, asked: Sequence[tuple[str, str]]) -> list[list[Offer]]:
    """The items of rows of (title, words): those that answer the words, without words what the title speaks of."""
    titles = [title for title, words in asked if title and not words]
    guesses = dict(zip(titles, suggest_items(district, titles, _SHOWN) if titles else [], strict=True))
    return [
        items_said(district, words[:MOST_WORDS])
        if words
        else _of_title(district, title, guesses.get(title, ()))
        for title, words in asked
    ]


def _of_title(district: int, title: str, guesses: Sequence[Any]) -> list[Offer]:
    codes = {guess.code for guess in guesses}
    named = [offer for guess in guesses for offer in items_said(district, guess.code, 1)]
    return named + [one for one in items_said(district, title) if one.value not in codes]


def _is_chosen(row: dict[str, str], offers: Sequence[Offer]) -> bool:
    """Whether a person chose the item. Words typed after it was chosen count for more than it."""
    return bool(row["item"]) and (not row["words"] or row["item"] in {offer.value for offer in offers})
