"""How campaigns and their tasks stand."""

from typing import Final

from huying.kernel.terms import Term


class CampaignState(Term):
    """Whether a campaign runs."""

    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"


class Origin(Term):
    """What it was made of."""

    HAND = "hand", "自行发起"
    SEASON = "season", "季节日历"
    WARNING = "warning", "由预警转来"


class Finding(Term):
    """What a grid found."""

    NOTHING = "nothing", "没有发现问题"
    FOUND = "found", "发现问题"


class TaskState(Term):
    """How a grid's task stands on a day; derived from what was done and when it is due."""

    OPEN = "open", "待办"
    LATE = "late", "逾期未办"
    DONE = "done", "已办"


MOST_NAME: Final = 60
MOST_TEXT: Final = 1000
MOST_DAYS: Final = 370
MOST_GRIDS: Final = 3000
# Of one task.
MOST_PHOTOS: Final = 6
