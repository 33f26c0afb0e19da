"""Who erases what: each package takes away what it keeps, by one function. Whoever keeps words adds a line here."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from huying.cases.actions import erasing as cases
from huying.cases.rules.erasing import Going, Gone
from huying.chat.actions import erasing as chat
from huying.deliberation.actions import erasing as deliberation
from huying.emergency.actions import erasing as emergency
from huying.exchange.actions import erasing as exchange
from huying.figures.actions import erasing as figures
from huying.knowledge.actions import erasing as knowledge
from huying.longwork.actions import erasing as longwork
from huying.loop.allocate.actions import erasing as allocate
from huying.loop.dispose.actions import erasing as dispose
from huying.notices.actions import erasing as notices
from huying.patrol.actions import erasing as patrol
from huying.prevent.campaigns.actions import erasing as campaigns
from huying.prevent.hot_issues.actions import erasing as hot_issues
from huying.services.actions import erasing as services
from huying.volunteers.actions import erasing as volunteers

Part = Callable[[Going], Counter[Gone]]
Held = Callable[[int, Collection[str]], set[str]]


def _gaps(going: Going) -> Counter[Gone]:
    return Counter({Gone.GAP: knowledge.erase(going.district, going.texts)})


def _files(going: Going) -> Counter[Gone]:
    return Counter({Gone.FILE: longwork.erase(going.district, going.now)})


# After the heart, whose titles and words the others are named by anew.
PARTS: Final[Sequence[Part]] = (
    dispose.erase,
    allocate.erase,
    notices.erase,
    chat.erase,
    hot_issues.erase,
    campaigns.erase,
    figures.erase,
    emergency.erase,
    patrol.erase,
    deliberation.erase,
    volunteers.erase,
    exchange.erase,
    services.erase,
    _gaps,
    _files,
)
# A file in the store is named by what it holds: the same picture may belong to somebody else too.
HELD: Final[Sequence[Held]] = (
    cases.held,
    dispose.held,
    emergency.held,
    patrol.held,
    chat.held,
    deliberation.held,
    campaigns.held,
    services.held,
)
