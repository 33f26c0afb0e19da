"""What staff find in their pages on the first day: the last days of the history, and a word of welcome."""

from datetime import datetime
from typing import Final

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role
from huying.cases.actions import follow
from huying.notices.actions import announce
from huying.notices.actions.telling import tell_in_pages

_BATCH: Final = 1000


def tell_lately(district: int, now: datetime) -> None:
    """Tell staff in their pages of what is young enough; nothing of the history leaves the house afterwards."""
    while follow("notices", district, tell_in_pages, now, _BATCH):
        pass
    grants = (Grant(Role.ADMINISTRATOR, str(district)),)
    by = Actor(ActorKind.SYSTEM, district, "平台", grants=grants)
    announce(
        by,
        "演示区已就绪",
        "这里的人、事、单位都是编出来的，可以随便办。有事会在右上角的铃铛里提醒您。",
        "welcome",
        now,
    )
