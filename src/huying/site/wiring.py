"""What follows from what: each reaction follows the ledger by its own cursor, in this order within a turn."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from huying.cases.actions import Handler
from huying.cases.actions.roots import publish_yesterday
from huying.cases.tasks import index_words
from huying.catalogue.actions import start_due
from huying.figures.tasks import count
from huying.jobs.duties import everywhere
from huying.jobs.worker import Duty
from huying.loop.allocate.actions import keep_memory
from huying.loop.allocate.actions.deciding import decide_new
from huying.loop.allocate.tasks import remember
from huying.loop.evaluate.tasks import close_due, react
from huying.web.citizen.writing.photos import clear_old

REACTIONS: Final[Mapping[str, Handler]] = {
    "allocate": decide_new,
    "learn": remember,
    "search": index_words,
    "figures": count,
    "evaluate": react,
}


def _waiting_photos(now: datetime) -> None:
    clear_old(now)


def _editions(now: datetime) -> None:
    start_due(now)


PERIODIC: Final[Mapping[str, tuple[timedelta, Duty]]] = {
    "editions": (timedelta(minutes=1), _editions),
    "day roots": (timedelta(hours=1), everywhere(publish_yesterday)),
    "memory": (timedelta(minutes=1), everywhere(keep_memory)),
    "follow_ups": (timedelta(minutes=5), everywhere(close_due)),
    "waiting photos": (timedelta(hours=1), _waiting_photos),
}
