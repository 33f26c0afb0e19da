"""What is credited to a person in their post: a pure function of an entry, its facts and whose hands the case was in.

Limits are credited to whoever did the step, in time or late, on the day they did it; a result to whoever reported the
work done; a report that was filed or turned away to whoever registered it (有效上报); an upheld dispute and an order
that was sent wrongly to who dispatched.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.figures.rules.counting import Fact, limit_kept_by
from huying.figures.rules.measures import Measure as M
from huying.loop.supervise.rules.standing import Standing


class Hands(NamedTuple):
    """Through whose hands a case went last: accounts, 0 for nobody or the platform itself."""

    registrar: int = 0
    dispatcher: int = 0
    handler: int = 0


class Credit(NamedTuple):
    """One thing credited: what, when (aware), to whom, at which body (0 none), how much."""

    measure: M
    at: datetime
    account: int
    body: int
    amount: int = 1


_TO_DOER: Final = frozenset({
    M.RECEIVED, M.ANSWERED, M.DISPATCHED, M.REPORTED, M.DISPUTED, M.HANDED_UP, M.HANDED_DOWN, M.REMINDED, M.SUPERVISED,
})  # fmt: skip
_TO_REGISTRAR: Final = frozenset({M.FILED, M.REJECTED})
_TO_DISPATCHER: Final = frozenset({M.UPHELD, M.REASSIGNED, M.MISJUDGED})
_TO_HANDLER: Final = frozenset({
    M.PASSED, M.REWORK, M.REOPENED, M.CLOSED, M.CLOSE_MINUTES, M.VALID, M.RESPONDED, M.SOLVED, M.UNSOLVED, M.SATISFIED,
    M.BASICALLY, M.UNSATISFIED,
})  # fmt: skip
_WHOSE: Final[Mapping[M, str]] = {
    **dict.fromkeys(_TO_DOER, "doer"),
    **dict.fromkeys(_TO_REGISTRAR, "registrar"),
    **dict.fromkeys(_TO_DISPATCHER, "dispatcher"),
    **dict.fromkeys(_TO_HANDLER, "handler"),
}


def hands_after(before: Hands, link: Link) -> Hands:
    """Through whose hands the case went once this entry was told."""
    account = link.account_id or 0
    match link.verb:
        case Verb.RECEIVE:
            return before._replace(registrar=account)
        case Verb.DISPATCH | Verb.REASSIGN:
            return before._replace(dispatcher=account, handler=0)
        case Verb.REPORT if link.before != link.after:
            return before._replace(handler=account)
        case _:
            return before


def credits_of(link: Link, before: Standing, facts: Iterable[Fact], hands: Hands) -> Iterator[Credit]:
    """What this entry credits to whom; ``hands`` as they are after it, the dispatcher as before."""
    account = link.account_id or 0
    whose = {"doer": account, **hands._asdict()}
    for fact in facts:
        to = whose.get(_WHOSE.get(fact.measure, ""), 0)
        if to:
            yield Credit(fact.measure, fact.at, to, fact.place.body, fact.amount)
    if account:
        for measure, body in limit_kept_by(link, before):
            yield Credit(measure, link.at, account, body)
