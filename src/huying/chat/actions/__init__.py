"""The only writers of chat."""

from huying.chat.actions.accounts import change_account, make_account, switch
from huying.chat.actions.answering import settle_person, speak
from huying.chat.actions.binding import new_staff_code, unbind_staff
from huying.chat.actions.doors import Doors
from huying.chat.actions.keeping import Kept, keep
from huying.chat.actions.thinking import think

__all__ = [
    "Doors",
    "Kept",
    "change_account",
    "keep",
    "make_account",
    "new_staff_code",
    "settle_person",
    "speak",
    "switch",
    "think",
    "unbind_staff",
]
