"""What stands over a case wherever it is shown, and the names its chain is read with."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huying.cases.queries.page import CaseView
from huying.catalogue.queries import live_edition, live_list
from huying.people.queries import unit_names
from huying.web.case import showing, words
from huying.web.case.maps.sketch import sketch
from huying.web.case.showing import Names
from huying.web.case.standard import standard_of


def summary(case: CaseView, now: datetime) -> dict[str, Any]:
    """What stands over the page and beside every form: state, clocks, what counts as done, place."""
    line = case.line
    running, stopped = showing.clocks(case, now)
    return {
        "line": line,
        "state": showing.state_chip(line.state),
        "urgency": showing.urgency_chip(line.urgency),
        "asked": [f"{_(what)} · {_(stands)}" for what, stands in case.asked],
        "kind": words.kind_words(line.kind),
        "channel": words.channel_words(line.channel),
        "running": running,
        "stopped": stopped,
        "standard": standard_of(line.district, line.item, case.condition),
        "sketch": sketch(line.district, line.area, line.lon, line.lat),
    }


def names_of(case: CaseView, now: datetime) -> Names:
    """Names of all items and bodies, for reading the chain aloud."""
    district = case.line.district
    held = live_list(district).held.items if live_edition(district) is not None else {}
    return Names(held, unit_names(district))
