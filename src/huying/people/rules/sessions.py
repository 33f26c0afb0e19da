"""When a session is over: after idleness, and after a working day whatever happens in it."""

from collections.abc import Mapping
from typing import Any, Final

SEEN: Final = "seen"
SINCE: Final = "since"
FACTOR: Final = "factor"
LONGEST_SECONDS: Final = 12 * 3600


def is_over(session: Mapping[str, Any], at: float, idle: float) -> bool:
    """Whether a session that holds when it was last seen and began (seconds since 1970) has ended by ``at``.

    ``idle``: seconds without being seen after which it ends.
    """
    return bool(at - session.get(SEEN, at) >= idle or at - session.get(SINCE, at) >= LONGEST_SECONDS)
