"""The only readers of chat."""

from huying.chat.queries.accounts import AccountRow, account_by_key, accounts_for, held_account, held_accounts
from huying.chat.queries.reaching import Reach, callers_reached, staff_bound, staff_reached
from huying.chat.queries.waiting import Said, Thread, thread_for, waiting_for

__all__ = [
    "AccountRow",
    "Reach",
    "Said",
    "Thread",
    "account_by_key",
    "accounts_for",
    "callers_reached",
    "held_account",
    "held_accounts",
    "staff_bound",
    "staff_reached",
    "thread_for",
    "waiting_for",
]
