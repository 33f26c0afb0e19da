"""The only writers of what allocation remembers."""

from huying.loop.allocate.actions.learning import (
    LearnedBody,
    LearnedItem,
    forget_texts,
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

__all__ = [
    "LearnedBody",
    "LearnedItem",
    "NewPrecedent",
    "forget_texts",
    "keep_memory",
    "learn_bodies",
    "learn_items",
    "record_precedent",
    "revoke_precedent",
    "set_thresholds",
]
