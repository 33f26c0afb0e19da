"""The reaction by which figures follow the ledger."""

from collections.abc import Sequence
from datetime import datetime

from huying.cases.ledger import Link
from huying.figures.actions.counting import count_entries


def count(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Bring gauges, days, months and the rows behind them up to these entries."""
    count_entries(district, entries)
