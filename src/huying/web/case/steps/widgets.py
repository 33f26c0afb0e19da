"""Inputs for what is picked rather than typed. Everything works without scripts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from huying.web.case.steps.offers import Group, Offer


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

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        chosen = data.get(name) or ""
        self.said = data.get(f"{name}-words") or ""
        return (data.get(f"{name}-other") or "").strip() if chosen in {"", "other"} else chosen

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = str(value or "")
        known = {offer.value for offer in self.offers}
        return {
            "widget": {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "described": (attrs or {}).get("aria-describedby", ""),
                "offers": [(offer, offer.value == chosen) for offer in self.offers],
                "other": self.other,
                "other_label": self.other_label,
                "other_value": chosen if chosen not in known else "",
                "groups": self.groups,
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
        groups: list[tuple[str, list[tuple[str, str, bool]]]] = []
        ahead: list[tuple[str, str, bool]] = []
        for title, choices in self.choices:
            rows = [(str(key), str(label), str(key) in chosen) for key, label in choices]
            ahead += [row for row in rows if row[0] in self.suggested or row[2]]
            groups.append((str(title), [row for row in rows if row not in ahead]))
        return {"widget": {"name": name, "ahead": ahead, "groups": [pair for pair in groups if pair[1]]}}


class PartsInput(forms.Widget):
    """Rows of a title and an item each; empty rows are left out."""

    template_name = "case/widgets/parts.html"
    input_type = "parts"
    use_fieldset = True
    rows = 4

    def __init__(self) -> None:
        super().__init__()
        self.offers: Mapping[str, Sequence[Offer]] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        titles, items = data.getlist(f"{name}-title"), data.getlist(f"{name}-item")
        pairs = zip(titles, [*items, *[""] * len(titles)], strict=False)
        return [{"title": title.strip(), "item": code} for title, code in pairs if title.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-title" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given = list(value or [])
        blank = [{"title": "", "item": ""}] * max(1, self.rows - len(given))
        rows = [(row, self.offers.get(row["title"], ())) for row in [*given, *blank]]
        return {"widget": {"name": name, "rows": rows}}
