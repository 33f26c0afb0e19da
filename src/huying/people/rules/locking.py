"""When signing in is refused for a while (GB/T 22239-2019 8.1.4.1 b: handling of failed sign-ins)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from huying.people.rules.kinds import Outcome

TRIES: Final = 5
WINDOW: Final = timedelta(minutes=15)
_CLEAN: Final = frozenset({Outcome.OK, Outcome.UNLOCKED})
_WRONG: Final = frozenset({Outcome.WRONG_PASSWORD, Outcome.WRONG_CODE})


def locked_until(attempts: Iterable[tuple[datetime, str]], now: datetime) -> datetime | None:
    """Until when a login name stays locked, or None.

    ``attempts`` are (time, outcome) of one login name in any order. Five wrong ones within 15 minutes, with
    no success and no unlocking between them, lock it for 15 minutes after the fifth. Attempts made while locked
    neither shorten nor lengthen the lock.
    """
    until: datetime | None = None
    wrong: list[datetime] = []
    for at, outcome in sorted(attempts):
        if outcome in _CLEAN:
            wrong, until = [], None
        elif outcome in _WRONG:
            wrong = [earlier for earlier in wrong if at - earlier < WINDOW] + [at]
            if len(wrong) >= TRIES:
                until, wrong = at + WINDOW, []
    return until if until is not None and now < until else None
