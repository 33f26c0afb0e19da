"""The only readers of notices."""

from huying.notices.queries.bell import unread_count
from huying.notices.queries.deliveries import Delivery, counts_for, deliveries_for
from huying.notices.queries.mine import MyNotice, my_notice, my_notices
from huying.notices.queries.preferences import Choices, choices_of, opted_out
from huying.notices.queries.residents import ResidentChoices, resident_choices, resident_history

__all__ = [
    "Choices",
    "Delivery",
    "MyNotice",
    "ResidentChoices",
    "choices_of",
    "counts_for",
    "deliveries_for",
    "my_notice",
    "my_notices",
    "opted_out",
    "resident_choices",
    "resident_history",
    "unread_count",
]
