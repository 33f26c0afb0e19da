"""Rows of this domain: accounts with vendors, who writes, what was said."""

from huying.chat.models.accounts import Account, StaffCode, Token
from huying.chat.models.stopping import SmsStop
from huying.chat.models.talking import Message, Person

__all__ = ["Account", "Message", "Person", "SmsStop", "StaffCode", "Token"]
