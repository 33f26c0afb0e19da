"""What belongs to the case's history is said there, by a step of the table: an internal note."""

import logging
from datetime import datetime

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.emergency.models import Emergency
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)


def note_case(card: Emergency, words: str, now: datetime) -> None:
    """Write it into the case as the platform's own note; one that was closed meanwhile takes none, the card keeps it."""
    by = system(card.district, "应急")
    try:
        advance(
            (card.district, card.case_id), Verb.NOTE, by=by, now=now, note=f"应急 {card.id}：{words}"[:2000]
        )
    except HuyingError as why:
        _log.info("case %s of %s takes no note: %s", card.case_id, card.district, why.message)
