"""What one seat took in today: each call with its receipt, and how it ended."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huying.access.actor import Actor, ActorKind
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Entry
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.terms import Term

MOST: Final = 200


class Ended(Term):
    """How a call was ended at the desk."""

    ANSWERED = "answered", "当场答复"
    FILED = "filed", "当场立案"
    JOINED = "joined", "并入已有案件"
    KEPT = "kept", "交分拨台"


@dataclass(frozen=True, slots=True)
class Taken:
    """One call; ``case`` is the one that was opened with it."""

    at: datetime
    receipt: str
    ended: Ended
    case: CaseLine


@dataclass(frozen=True, slots=True)
class Counts:
    """How many calls were taken in, and how many of them ended in which way."""

    taken: int
    ended: Mapping[Ended, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """The newest first, as many as one page shows. ``after`` is the case to go on after, 0 where nothing is left."""

    calls: Sequence[Taken]
    after: int


def counts_of(actor: Actor, since: datetime) -> Counts:
    """The actor's own calls since then, by how they ended: exactly those that ``taken_by`` lists."""
    every = _received(actor, since).values_list("case_id", flat=True)
    done = _done(actor, every, since)
    ends = Counter(_ended(done.get(case_id, ())) for case_id in every)
    return Counts(ends.total(), ends)


def taken_by(
    actor: Actor, since: datetime, now: datetime, ended: Ended | None = None, after: int = 0
) -> Shift:
    """``MOST`` at a time, all or those that ended in one way, going on after the case ``after``."""
    received = _received(actor, since).order_by("-at", "-case_id")
    begun = list(received.values_list("case_id", "appeal_id", "at"))
    done = _done(actor, [case_id for case_id, _appeal, _at in begun], since)
    meant = [one for one in begun if ended in {None, _ended(done.get(one[0], ()))}]
    first = next((place for place, one in enumerate(meant, 1) if one[0] == after), 0)
    shown = meant[first : first + MOST]
    lines = {line.id: line for line in lines_of(actor, [case_id for case_id, _appeal, _at in shown], now)}
    appeals = Appeal.objects.filter(district=actor.district, id__in=[appeal for _case, appeal, _at in shown])
    receipts = dict(appeals.values_list("id", "receipt"))
    calls = [
        Taken(at, receipts[appeal], _ended(done.get(case_id, ())), lines[case_id])
        for case_id, appeal, at in shown
        if case_id in lines and appeal in receipts
    ]
    return Shift(calls, shown[-1][0] if len(meant) > first + MOST else 0)


def _received(actor: Actor, since: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(
        district=actor.district, at__gte=since, account_id=actor.account_id, verb=Verb.RECEIVE
    )


def _done(actor: Actor, cases: Collection[int], since: datetime) -> dict[int, set[str]]:
    """What was done at the desk with each case beyond taking it in. A merge is the platform's, asked by the seat."""
    mine = Q(account_id=actor.account_id) | Q(verb=Verb.MERGE, actor_kind=ActorKind.SYSTEM)
    rows = Entry.objects.filter(mine, district=actor.district, case_id__in=cases, at__gte=since)
    found: dict[int, set[str]] = {}
    for case_id, verb in rows.values_list("case_id", "verb"):
        found.setdefault(case_id, set()).add(verb)
    return found


def _ended(verbs: set[str] | tuple[()]) -> Ended:
    # What the seat filed stays filed, though the platform puts it to another case later on.
    ends = ((Verb.ANSWER, Ended.ANSWERED), (Verb.FILE, Ended.FILED), (Verb.MERGE, Ended.JOINED))
    return next((ended for verb, ended in ends if verb.value in verbs), Ended.KEPT)
