"""When a person must hear of a system, and of what once only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.exchange.rules.pacing import OPEN_AFTER
from huying.kernel.terms import Term

_AWAY: Final = timedelta(hours=1)
_QUIET: Final = timedelta(days=1)
# A step may wait eighteen hours for its order before a person is asked; what waits longer is held up.
_LATE: Final = timedelta(days=1)


class Trouble(Term):
    """What is wrong with a system."""

    STUCK = "stuck", "有信等人处理"
    AWAY = "away", "一个多小时没有应答"
    UNTOLD = "untold", "一个多小时发不过去"
    LATE = "late", "有信一天多没有办完"
    SILENT = "silent", "一天多没有来信"


Failing = tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Faring:
    """How a system that is on fares. ``since``: when it was turned on; ``pushes``: it sends by itself, so that only its
    letters show that it lives. ``asking`` and ``telling``: how often in a row that failed, and since when."""

    stuck: int
    asking: Failing
    telling: Failing
    oldest: datetime | None
    heard_at: datetime | None
    since: datetime
    pushes: bool


def troubles(how: Faring, day: str, now: datetime) -> Iterator[tuple[Trouble, str]]:
    """What a person must hear, each with the name under which it is told once: by ``day`` where it may go on for days,
    by when it began where one outage is one matter."""
    if how.stuck:
        yield Trouble.STUCK, f"stuck:{day}"
    outages = [
        (trouble, since)
        for trouble, (failures, since) in ((Trouble.AWAY, how.asking), (Trouble.UNTOLD, how.telling))
        if failures >= OPEN_AFTER and since is not None and now - since >= _AWAY
    ]
    for trouble, since in outages:
        yield trouble, f"{trouble.value}:{int(since.timestamp())}"
    if not outages and how.oldest is not None and now - how.oldest >= _LATE:
        yield Trouble.LATE, f"late:{day}"
    heard = max(how.heard_at or how.since, how.since)
    if how.pushes and now - heard >= _QUIET:
        yield Trouble.SILENT, f"silent:{int(heard.timestamp())}"
