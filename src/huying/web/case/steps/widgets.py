"""Inputs for what is picked rather than typed. Everything works without scripts."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from huying.web.case.steps.boxes import boxes, grouped_options, named
from huying.web.case.steps.offers import Group, Offer

# More words than these find nothing more.
MOST_WORDS: Final = 60


class OfferInput(forms.RadioSelect):
    """Offers as radio buttons with their reasons, and a way to name another one.

    ``other`` is "select" (from ``groups``), "text", "search" (words that find more offers) or "".
    """

    template_name = "case/widgets/offers.html"
    option_inherits_attrs = False

    def __init__(
        self, offers: Sequence[Offer], *, other: str = "", other_label: str = "", groups: Sequence[Group] = ()
    ) -> None:
        super().__init__()
        self.offers, self.other, self.other_label, self.groups = offers, other, other_label, groups
        self.search_address = ""
        self.said = ""
        self.named = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        chosen = data.get(name) or ""
        self.said = data.get(f"{name}-words") or ""
        self.named = (data.get(f"{name}-other") or "").strip()
        return self.named if chosen in {"", "other"} else chosen

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = str(value or "")
        other = chosen not in {offer.value for offer in self.offers}
        return {
            "widget": {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "described": (attrs or {}).get("aria-describedby", ""),
                "offers": [(offer, offer.value == chosen) for offer in self.offers],
                "other": self.other,
                "other_label": self.other_label,
                "other_chosen": other and bool(chosen),
                # What was typed beside a choice stays to be read again.
                "other_value": chosen if other and chosen else self.named,
                "options": grouped_options(named(self.groups), chosen if other and chosen else self.named),
                "search_address": self.search_address,
                "said": self.said,
            }
        }


class BodiesInput(forms.CheckboxSelectMultiple):
    """Every body with a box; those suggested stand before the fold."""

    template_name = "case/widgets/bodies.html"
    input_type = "checkbox-list"

    def __init__(self, suggested: Sequence[str] = ()) -> None:
        super().__init__()
        self.suggested = frozenset(suggested)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = {str(each) for each in value or ()}
        first = self.suggested | chosen
        groups = named(self.choices)
        ahead = [
            (value, label, value in chosen)
            for _title, rows in groups
            for value, label in rows
            if value in first
        ]
        others = boxes(name, groups, frozenset(first))
        return {"widget": {"name": name, "ahead": ahead, "others": others}}


class PartsInput(forms.Widget):
    """Rows of a title and an item each; empty rows are left out.

    With ``search_address`` items are found by words and picked from a list; without, there is no list of items and
    a code is typed. ``offers`` are the items of each (title, words).
    """

    template_name = "case/widgets/parts.html"
    input_type = "parts"
    use_fieldset = True
    rows = 4

    def __init__(self) -> None:
        super().__init__()
        self.search_address = ""
        self.offers: Mapping[tuple[str, str], Sequence[Offer]] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        titles = data.getlist(f"{name}-title")
        items, words = ([*data.getlist(f"{name}-{kind}"), *[""] * len(titles)] for kind in ("item", "words"))
        return [
            {"title": title.strip(), "item": code, "words": said.strip()}
            for title, code, said in zip(titles, items, words, strict=False)
            if title.strip()
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-title" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given = list(value or [])
        blank = [{"title": "", "item": "", "words": ""}] * max(1, self.rows - len(given))
        rows = [(row, self._offered(row)) for row in [*given, *blank]]
        return {
            "widget": {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "rows": rows,
                "search_address": self.search_address,
            }
        }

    def _offered(self, row: Mapping[str, str]) -> Sequence[Offer]:
        """The offers of a row, before them the code that was sent where it is none of them and no words replace it."""
        found, code = self.offers.get((row["title"], row["words"]), ()), row["item"]
        if not code or row["words"] or code in {offer.value for offer in found}:
            return found
        return [Offer(code, code, _("清单中没有"), []), *found]
