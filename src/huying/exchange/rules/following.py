"""Which entries of the ledger another system is told of, and as what."""

from huying.cases.ledger import Link
from huying.cases.lifecycle import Outcome, Verb
from huying.exchange.rules.kinds import OutKind

_BIRTHS = frozenset({Verb.RECEIVE, Verb.SPLIT_OFF})
_REPLIES = frozenset({Verb.ANSWER, Verb.REJECT})
_VERDICTS = frozenset({Verb.RATE, Verb.FOLLOW_UP})


def kinds_of(entry: Link, *, own: bool) -> tuple[OutKind, ...]:
    """The letters an entry makes; ``own``: the order is theirs, else it is reported to them.

    A reply is told once the check has passed it, internal notes never.
    """
    verb = Verb(entry.verb)
    if verb in _BIRTHS:
        return (OutKind.RECEIPT,) if own else (OutKind.ORDER,)
    found: list[OutKind] = []
    if verb in _REPLIES or (verb is Verb.CHECK and entry.outcome == Outcome.PASSED):
        found.append(OutKind.REPLY)
    if verb is Verb.NOTE and "progress" in entry.facts:
        found.append(OutKind.PROGRESS)
    if verb in _VERDICTS:
        found.append(OutKind.EVALUATION)
    if entry.before != entry.after and entry.after:
        found.append(OutKind.STATE)
    return tuple(found)
