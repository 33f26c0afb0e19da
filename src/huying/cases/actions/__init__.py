"""The only writers of the heart."""

from huying.cases.actions.advance import advance, advance_many
from huying.cases.actions.history import History, Past, known_keys, record
from huying.cases.actions.photos import store_photo, store_photos
from huying.cases.actions.reactions.beats import beat
from huying.cases.actions.reactions.following import (
    Handler,
    Stumbled,
    Thinking,
    follow,
    retry_stumbles,
    skip_to_end,
)
from huying.cases.actions.reactions.reading import Window
from huying.cases.actions.receive import NewAppeal, Receipt, known_receipts, receive
from huying.cases.actions.sweep import fire_due
from huying.cases.policy.moves import CaseRef, Move
from huying.cases.rules.photos import StoredPhoto

__all__ = [
    "CaseRef",
    "Handler",
    "History",
    "Move",
    "NewAppeal",
    "Past",
    "Receipt",
    "StoredPhoto",
    "Stumbled",
    "Thinking",
    "Window",
    "advance",
    "advance_many",
    "beat",
    "fire_due",
    "follow",
    "known_keys",
    "known_receipts",
    "receive",
    "record",
    "retry_stumbles",
    "skip_to_end",
    "store_photo",
    "store_photos",
]
