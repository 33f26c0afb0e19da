"""What an address asks of the signals; the page and its file read the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.http import QueryDict

from huying.access.actor import Actor
from huying.prevent.risk.queries import SignalInfo, signals_for

DAYS: Final = 30


def heard_for(actor: Actor, now: datetime) -> list[SignalInfo]:
    """The signals of the last thirty days on cases the reader may see."""
    return signals_for(actor, now, now - timedelta(days=DAYS))


def narrowed_by(found: Sequence[SignalInfo], query: QueryDict) -> list[SignalInfo]:
    """Those of one kind (``?kind=``), of one case (``?number=``); what is not given does not narrow."""
    kind, number = query.get("kind", ""), query.get("number", "")
    return [one for one in found if kind in {"", one.kind.value} and number in {"", one.line.number}]
