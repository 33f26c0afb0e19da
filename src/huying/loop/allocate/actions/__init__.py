"""The only writers of what allocation remembers."""

from huying.loop.allocate.actions.learning import (
    LearnedBody,
    LearnedItem,
    keep_memory,
    learn_bodies,
    learn_items,
)
from huying.loop.allocate.actions.ruling import (
    NewPrecedent,
    record_precedent,
    revoke_precedent,
    set_thresholds,
)
from huying.loop.allocate.actions.teaching import Teaching, keep_items, take_back, take_back_all, teach_items

__all__ = [
    "LearnedBody",
    "LearnedItem",
    "NewPrecedent",
    "Teaching",
    "keep_items",
    "keep_memory",
    "learn_bodies",
    "learn_items",
    "record_precedent",
    "revoke_precedent",
    "set_thresholds",
    "take_back",
    "take_back_all",
    "teach_items",
]
