"""Who an audience of the table is for one entry, from posts read once for a whole batch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from huying.cases.ledger import Link
from huying.cases.queries.told import ToldCaller, ToldCase
from huying.notices.rules.audiences import Audience, PostHeld, holding, nearest, of_bodies
from huying.notices.rules.rows import Row
from huying.people.queries.reaching import posts_in


def posts_held(district: int, now: datetime) -> list[PostHeld]:
    """Every valid post of the district."""
    return [
        PostHeld(one.account_id, one.role, one.area, one.body_id, one.language)
        for one in posts_in(district, now)
    ]


def staff_of(
    row: Row,
    entry: Link,
    case: ToldCase,
    posts: Sequence[PostHeld],
    asked: Mapping[tuple[int, datetime], int],
    demanded: Mapping[tuple[int, int], int],
) -> list[PostHeld]:
    """The posts a row of staff speaks to; whoever did the step is not told of it."""
    if row.audience is Audience.HOLDERS and row.permission is not None:
        found = holding(posts, row.permission, case.area)
        found = nearest(found) if row.nearest else found
    elif row.audience is Audience.DEMANDER and row.permission is not None:
        # Not any more when their post ended: another post need not see the case.
        issuer = demanded.get((entry.case_id, entry.seq))
        found = [post for post in holding(posts, row.permission, case.area) if post.account_id == issuer]
    else:
        found = of_bodies(posts, bodies_of(row, entry, case, asked), case.area)
    return [post for post in found if post.account_id != entry.account_id]


def callers_of(row: Row, entry: Link, callers: Iterable[ToldCaller]) -> list[ToldCaller]:
    """The callers a row of residents speaks to."""
    if row.audience is Audience.SAYER:
        return [caller for caller in callers if caller.appeal_id == entry.appeal_id]
    return list(callers)


def bodies_of(row: Row, entry: Link, case: ToldCase, asked: Mapping[tuple[int, datetime], int]) -> list[int]:
    """The bodies meant by an audience of bodies, as the entry tells them."""
    facts = entry.facts
    match row.audience:
        case Audience.SENT_BODIES:
            found = [facts.get("body"), *facts.get("assists", ()), *facts.get("called", ())]
        case Audience.LEFT_BODIES:
            found = _stopped(facts)
        case Audience.ASKING_BODY:
            found = [
                asked.get((entry.case_id, entry.at)) or (facts.get("dispute") or [None])[0] or entry.body_id
            ]
        case Audience.LEAD:
            found = [case.body_id or entry.body_id]
        case _:
            found = [entry.body_id]
    return list(dict.fromkeys(int(body) for body in found if body is not None))


def _stopped(facts: Mapping[str, Any]) -> list[Any]:
    return [body for _kind, body, *_ in facts.get("stopped", ())]
