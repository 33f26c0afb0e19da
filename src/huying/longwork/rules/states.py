"""The states of a work."""

from datetime import timedelta
from typing import Final

from huying.kernel.terms import Term


class WorkState(Term):
    """Where a work stands. Nothing leads out of the last three."""

    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


UNFINISHED: Final = frozenset({WorkState.WAITING, WorkState.RUNNING})
# A process that has said nothing for so long is taken for dead, and what it did is begun again by another.
SILENCE: Final = timedelta(seconds=15)
# How often a work is begun: what kills its process each time is not tried for ever.
MOST_TRIES: Final = 3
# A finished work is told for so long; its file goes earlier (HUYING_WORK_DAYS).
KEPT: Final = timedelta(days=30)
# What one person may have waiting and running at a time.
MOST_UNFINISHED: Final = 10
