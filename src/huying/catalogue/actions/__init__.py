"""The only writers of the responsibility list; each runs in one transaction and may be called twice."""

from huying.catalogue.actions.drafts import (
    discard_draft,
    load_starter,
    new_draft,
    new_empty_draft,
    roll_back,
)
from huying.catalogue.actions.editing import (
    add_condition,
    put_condition,
    put_item,
    put_items,
    put_kind_limits,
    remove_condition,
    remove_item,
)
from huying.catalogue.actions.going_live import call_off, go_live, start_due
from huying.catalogue.actions.sheets import ImportReport, import_excel

__all__ = [
    "ImportReport",
    "add_condition",
    "call_off",
    "discard_draft",
    "go_live",
    "import_excel",
    "load_starter",
    "new_draft",
    "new_empty_draft",
    "put_condition",
    "put_item",
    "put_items",
    "put_kind_limits",
    "remove_condition",
    "remove_item",
    "roll_back",
    "start_due",
]
