"""The only writers of notices."""

from huying.notices.actions.announcing import announce
from huying.notices.actions.choosing import choose, opt_in, opt_out, set_residents
from huying.notices.actions.reading import mark_all_read, mark_read
from huying.notices.actions.resending import resend

__all__ = [
    "announce",
    "choose",
    "mark_all_read",
    "mark_read",
    "opt_in",
    "opt_out",
    "resend",
    "set_residents",
]
