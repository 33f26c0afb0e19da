"""The one place where the present is read.

Rules and actions never ask for the time: they take ``now`` as an argument. Only the edges (a request, a
sweep, a command) call :func:`now`, so that a test or a replay can live at any moment it likes.
"""

from datetime import UTC, datetime

from huying.kernel.errors import Invalid
from huying.kernel.saying import said


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def aware(at: datetime) -> datetime:
    """``at`` itself if it names its time zone.

    Raises:
        Invalid: the moment is naive, so that nobody can tell which instant is meant.
    """
    if at.utcoffset() is None:
        raise Invalid(said("时间没有注明时区：%(at)s", at=at.isoformat()))
    return at
