"""All advice on one reply."""

from collections.abc import Mapping
from typing import Final

from huying.cases.rules.advising.objections import WEIGHTY, Objection
from huying.cases.rules.advising.relevance import about
from huying.cases.rules.advising.wording import worded

_MOST_READ: Final = 6000
#: Nobody mends more at once.
MOST: Final = 8


def advise(appeal: str, reply: str, shares: Mapping[str, float], *, solved: bool = True) -> list[Objection]:
    """Objections to a reply, the weighty ones first; none to a reply not yet begun.

    ``shares``: which share of texts holds a token, as far as known; solved: whether the reply says the matter is.
    """
    if not reply.strip():
        return []
    found = [*about(appeal, reply, shares), *worded(reply[:_MOST_READ], solved=solved)]
    return sorted(found, key=lambda one: one.kind not in WEIGHTY)[:MOST]
