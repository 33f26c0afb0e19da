"""What follows from what: each reaction follows the ledger by its own cursor, in this order within a turn.

What waits for the outside world runs beside the turns, each in a thread of its own.
"""

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from huying.cases.actions import Handler
from huying.cases.actions.reactions.beats import forget_silent
from huying.cases.actions.roots import publish_due
from huying.cases.queries.busy import breathe
from huying.cases.tasks import index_words
from huying.catalogue.actions import start_due
from huying.chat.actions.clearing import forget_old
from huying.chat.tasks.fetching import fetch_due
from huying.chat.tasks.sending import send_due as send_chat
from huying.chat.tasks.telling import tell_groups
from huying.chat.tasks.thinking import think_waiting
from huying.deliberation.tasks import count_due
from huying.devices.tasks import Past, clear_misread, look_after, make_months
from huying.emergency.tasks import clear_positions, keep_ringing
from huying.erasure.actions import erase_overdue
from huying.erasure.actions.unheld import remove_unheld
from huying.exchange.actions.following import tell_peers
from huying.exchange.tasks.reconciling import reconcile_due
from huying.exchange.tasks.telling import tell_troubled
from huying.exchange.tasks.turning import LANES, clear_old_letters
from huying.figures.tasks import count
from huying.gridding.actions import KIND as GRID_PLAN
from huying.gridding.actions import draw_behind
from huying.jobs.beside import Turn, Unhurried
from huying.jobs.duties import everywhere
from huying.jobs.reactions import Reactions
from huying.jobs.seldom import Seldom
from huying.jobs.worker import Duty
from huying.kernel.clock import now as present
from huying.lab.channels import do_run
from huying.lab.queries import KIND as LAB
from huying.live.waking import wake
from huying.longwork.actions import Doer, Made, Task, prune
from huying.longwork.channels import importing
from huying.loop.allocate.actions import keep_items, keep_memory
from huying.loop.allocate.actions.deciding import decide_new
from huying.loop.allocate.tasks import remember
from huying.loop.evaluate.tasks import close_due, react
from huying.notices.actions.digesting import gather_due
from huying.notices.actions.telling import tell
from huying.notices.channels.doors import Codes
from huying.notices.rules.kinds import OUTSIDE, Way
from huying.notices.tasks.asking import tell_asking
from huying.notices.tasks.caring import clear_old_notices, tell_given_up
from huying.notices.tasks.ending import tell_ending_keys
from huying.notices.tasks.sending import send_due
from huying.notices.tasks.talking import tell_talk
from huying.opendata.actions import publish_due as publish_open_data
from huying.patrol.tasks import clear_files, clear_tracks
from huying.people.actions import clear_answers, clear_spending
from huying.prevent.hot_issues.tasks import group_anew, listen
from huying.prevent.recurring.tasks import count_known, find_anew
from huying.prevent.risk.tasks import hear_new
from huying.prevent.warnings.tasks import look_for_rises
from huying.reports.tasks import Writing
from huying.services.channels import circling
from huying.services.tasks import clear_old as clear_old_services
from huying.services.tasks import remind as remind_of_services
from huying.site.running.long_workers import LongWorkers
from huying.site.writer import as_owner
from huying.teams.tasks import keep_rosters
from huying.video.tasks import clear_pictures
from huying.visits.tasks import keep_plans, look_at_missed
from huying.volunteers.tasks import remind
from huying.web.citizen.writing.photos import clear_old
from huying.web.exporting import doing as exporting
from huying.web.ledger import taking as bundling
from huying.webhooks.actions import push
from huying.webhooks.actions.replaying import go_on
from huying.webhooks.tasks.caring import clear_log, tell_stopped
from huying.webhooks.tasks.sending import Sender

REACTIONS: Final[Mapping[str, Handler]] = {
    "allocate": decide_new,
    "learn": remember,
    "search": index_words,
    "figures": count,
    "evaluate": react,
    "notices": tell,
    "risk": hear_new,
    "hot issues": listen,
    "webhooks": push,
    "exchange": tell_peers,
}
# Followed in a thread of its own each: what takes longer than the others may wait for it.
APART: Final = frozenset({"hot issues"})
# Followed beside what decides, in one thread: either waits half of its time for the database.
TELLING: Final = frozenset({"search", "figures", "evaluate", "notices", "webhooks", "exchange"})
IN_TURN: Final[Mapping[str, Handler]] = {
    name: handle for name, handle in REACTIONS.items() if name not in APART | TELLING
}


def _followed(names: Collection[str], most: int, after: Callable[[float], None]) -> Turn:
    """These handlers in a thread of their own; ``after`` a round that found something, given its seconds."""
    following = Reactions({name: handle for name, handle in REACTIONS.items() if name in names}, present)
    again = Seldom({"again": (timedelta(minutes=10), following.retry)})

    def turn(now: datetime) -> int:
        again.look(now)
        began = time.perf_counter()
        taken = following.turn(most)
        if taken:
            after(time.perf_counter() - began)
        return taken

    return turn


def _show(_took: float) -> None:
    """What was counted is on the screens that wait for it."""
    wake()


def _rest(took: float) -> None:
    """Nobody waits for it, so everybody else goes first."""
    breathe(6 * took)


def _sender(way: Way) -> Turn:
    return lambda now: send_due(way, now)


def _thinker(now: datetime) -> int:
    return think_waiting(now, Codes())


def _old_chats(district: int, now: datetime) -> None:
    remove_unheld(district, forget_old(district, now))


_PAST_OF_DEVICES: Final = Past()

# A month's report of a large district takes seconds: beside the turns it holds up no case.
BESIDE: Final[Mapping[str, Turn]] = {
    # The next ring of an alarm waits for no batch of the ledger, and of many alarms one not for the other's messages.
    "rings 1": keep_ringing,
    "rings 2": keep_ringing,
    **{f"send {way.value}": _sender(way) for way in OUTSIDE},
    # A receiver at a time for each: so many slow ones hold up no other.
    **{f"webhooks {number}": Unhurried(Sender().send_due) for number in range(1, 5)},
    "webhook replays": Unhurried(go_on),
    "chat thinking": _thinker,
    "chat sending": send_chat,
    "chat pictures": Unhurried(fetch_due),
    "chat groups": Unhurried(tell_groups),
    **{name: Unhurried(lane.look) for name, lane in LANES.items()},
    "telling": _followed(TELLING, 2, _show),
    **{name: Unhurried(_followed({name}, 1, _rest)) for name in sorted(APART)},
    "reports": Unhurried(Writing().look),
    "past of devices": Unhurried(Seldom({
        "homes": (timedelta(minutes=1), everywhere(_PAST_OF_DEVICES.learn)),
        "water": (timedelta(minutes=5), everywhere(_PAST_OF_DEVICES.water)),
    }).look),
    "visit plans": Unhurried(Seldom({"kept": (timedelta(hours=1), everywhere(keep_plans))}).look),
    "exchange days": Unhurried(Seldom({"compared": (timedelta(minutes=10), everywhere(reconcile_due))}).look),
    "prevention": Unhurried(Seldom({
        "rises": (timedelta(hours=1), everywhere(look_for_rises)),
        "hot issues": (timedelta(minutes=10), everywhere(group_anew)),
        "recurring": (timedelta(minutes=10), everywhere(find_anew)),
        "known recurrences": (timedelta(hours=1), everywhere(count_known)),
    }).look),
}  # fmt: skip


def _digests(now: datetime) -> None:
    gather_due(now)


def _waiting_photos(now: datetime) -> None:
    clear_old(now)


def _months_of_readings(now: datetime) -> None:
    # New tables are their owner's to make, whichever role the worker has taken.
    with as_owner():
        make_months(now)


def _editions(now: datetime) -> None:
    start_due(now)


def _old_files(now: datetime) -> None:
    prune(now)


def _write_rows(task: Task) -> Made:
    # The interface and what describes it take a second to load: only for whoever writes one of its lists.
    from huying.api.v1.longwork.writing import write_rows

    return write_rows(task)


LONG_WORK: Final[Mapping[str, Doer]] = {
    "rows": _write_rows,
    exporting.KIND: exporting.write_list,
    importing.KIND: importing.bring_in,
    bundling.KIND: bundling.write_bundle,
    LAB: do_run,
    circling.KIND: circling.draw,
    GRID_PLAN: draw_behind,
}

PERIODIC: Final[Mapping[str, tuple[timedelta, Duty]]] = {
    "editions": (timedelta(minutes=1), _editions),
    "day roots": (timedelta(hours=1), everywhere(publish_due)),
    "memory": (timedelta(minutes=1), everywhere(keep_memory)),
    "machines": (timedelta(minutes=10), everywhere(keep_items)),
    "follow_ups": (timedelta(minutes=5), everywhere(close_due)),
    "votes": (timedelta(minutes=1), count_due),
    "rosters": (timedelta(hours=1), everywhere(keep_rosters)),
    "asked in chats": (timedelta(seconds=5), everywhere(tell_asking)),
    "talk": (timedelta(seconds=2), everywhere(tell_talk)),
    "open data": (timedelta(minutes=10), everywhere(publish_open_data)),
    "digests": (timedelta(minutes=1), _digests),
    "carriers": (timedelta(minutes=5), everywhere(tell_given_up)),
    "stopped webhooks": (timedelta(minutes=1), everywhere(tell_stopped)),
    "ending keys": (timedelta(hours=1), everywhere(tell_ending_keys)),
    "troubled exchange": (timedelta(minutes=5), everywhere(tell_troubled)),
    "old webhooks": (timedelta(hours=1), everywhere(clear_log)),
    "old chats": (timedelta(hours=1), everywhere(_old_chats)),
    "old notices": (timedelta(hours=1), everywhere(clear_old_notices)),
    "devices": (timedelta(minutes=1), everywhere(look_after)),
    "months of readings": (timedelta(hours=24), _months_of_readings),
    "misread messages": (timedelta(hours=1), everywhere(clear_misread)),
    "video pictures": (timedelta(hours=1), everywhere(clear_pictures)),
    "service reminders": (timedelta(minutes=5), everywhere(remind_of_services)),
    "old services": (timedelta(hours=1), everywhere(clear_old_services)),
    "musters": (timedelta(minutes=10), everywhere(remind)),
    "missed visits": (timedelta(minutes=1), everywhere(look_at_missed)),
    "retention of residents": (timedelta(hours=24), everywhere(erase_overdue)),
    "positions": (timedelta(minutes=10), everywhere(clear_positions)),
    "patrol tracks": (timedelta(hours=1), everywhere(clear_tracks)),
    "patrol files": (timedelta(hours=1), clear_files),
    "waiting photos": (timedelta(hours=1), _waiting_photos),
    "long work": (timedelta(seconds=1), LongWorkers().look),
    "old files": (timedelta(hours=1), _old_files),
    "old letters": (timedelta(hours=1), clear_old_letters),
    "kept answers": (timedelta(hours=1), everywhere(clear_answers)),
    "spending": (timedelta(hours=1), everywhere(clear_spending)),
    "silent workers": (timedelta(hours=24), forget_silent),
}
