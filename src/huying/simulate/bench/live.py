"""Open command screens: how long a new case takes from its caller to each of them, and whether any is lost."""

import logging
import resource
from typing import Final

from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import served
from huying.simulate.bench.intake import Plan, key_for
from huying.simulate.bench.load import callers
from huying.simulate.bench.load.following import settled
from huying.simulate.bench.load.watching import RATE, SCREENS, watched
from huying.simulate.bench.pages import signed_in

_LOGIN: Final = "duban"
_SETTLE_WITHIN: Final = 60.0


def live(plan: Plan, password: str) -> list[Figure]:
    """A thousand screens of the whole district; cases come in at a fixed rate, the worker runs as always."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    _may_open(3 * SCREENS)
    with scratch.using(plan.database):
        key = key_for(plan.now)
        knocks = callers.knocks(404, plan.now, plan.seconds * RATE, key)
        with served(plan.database, plan.log, worker=True) as running:
            cookie = signed_in(running.port, _LOGIN, password)
            settled(_SETTLE_WITHIN)
            before = running.worked()
            told = watched(running.port, cookie, knocks)
            worked = running.worked() - before
    return [
        Figure("大屏：打开 1,000 块", told.opening, "秒", note=f"{told.closed} 块中途断开"),
        Figure("大屏：新案件到每块屏 p50", percentile(told.took, 0.5), "秒", note=f"每秒 {RATE} 件，共 {told.cases} 件"),
        Figure("大屏：新案件到每块屏 p99", percentile(told.took, 0.99), "秒", 1.0, note="从提交诉求算起"),
        Figure("大屏：最慢", max(told.took, default=0.0), "秒"),
        Figure("大屏：漏收和重收", told.missing + told.doubled, "次", 0,
               note=f"应收 {told.cases * SCREENS} 次；处理器 {worked:.1f} 秒（网页和后台）"),
    ]  # fmt: skip


def _may_open(files: int) -> None:
    """Let this process and those it starts hold so many connections, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
