"""The only readers of emergencies, responders and plans; they answer with plain values."""

from huying.emergency.queries.alarmed import AlarmedBy, alarmed_by
from huying.emergency.queries.cards import (
    CardFilter,
    CardLine,
    cards_for,
    open_card_of,
    open_cards_within,
)
from huying.emergency.queries.plans import VersionRow, plan_for, plans_of, skills_of, versions_of
from huying.emergency.queries.responders import (
    AlertedFor,
    ResponderFilter,
    ResponderRow,
    counts_for,
    login_of,
    responder_for,
    responder_with_phone,
    responders_for,
)
from huying.emergency.queries.whole import (
    AlertRow,
    Called,
    CardWhole,
    MarkRow,
    called_by,
    calls_of,
    card_for,
    file_for,
)

__all__ = [
    "AlarmedBy",
    "AlertRow",
    "AlertedFor",
    "Called",
    "CardFilter",
    "CardLine",
    "CardWhole",
    "MarkRow",
    "ResponderFilter",
    "ResponderRow",
    "VersionRow",
    "alarmed_by",
    "called_by",
    "calls_of",
    "card_for",
    "cards_for",
    "counts_for",
    "file_for",
    "login_of",
    "open_card_of",
    "open_cards_within",
    "plan_for",
    "plans_of",
    "responder_for",
    "responder_with_phone",
    "responders_for",
    "skills_of",
    "versions_of",
]
