"""The only writers of reports."""

from huying.reports.actions.awaiting import remind_late
from huying.reports.actions.files import kept_file
from huying.reports.actions.settings import set_limits, set_time
from huying.reports.actions.signing import sign
from huying.reports.actions.wording import Worded, put_words
from huying.reports.actions.writing import write_anew, write_due

__all__ = [
    "Worded",
    "kept_file",
    "put_words",
    "remind_late",
    "set_limits",
    "set_time",
    "sign",
    "write_anew",
    "write_due",
]
