"""Exchange with other systems: orders a second each way, and what a backlog after an outage costs the desks."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from django.db import connection

from huying.access.actor import system
from huying.exchange.actions.peers import PeerForm, create_peer, put_map, switch, wake
from huying.exchange.rules.kinds import Connecting, Scope
from huying.kernel.clock import now as present
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import Running, served
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load import callers
from huying.simulate.bench.load.following import settled
from huying.simulate.bench.load.knocking import Knock, knock
from huying.simulate.bench.load.standing_in import StandIn, standing_in
from huying.simulate.bench.pages import signed_in
from huying.simulate.city import dialect

RATE: Final = 200
_WARM: Final = 200
MOST_RATIO: Final = 1.5
_PEER: Final = "bench-city"
_WITHIN: Final = 3600.0
_SETTLE_WITHIN: Final = 300.0
# Two desks that open a page each every half second: enough for a p95, too little to be a load of its own.
_DESKS: Final = (
    ("jiedao", "/dispatch/"),
    ("quji", "/case/?state=handling"),
    ("shiwu", "/handling/?tab=sent"),
)
_DESK_RATE, _DESK_SECONDS = 4.0, 15.0
# Of sixty pages the p95 sways by half, and by it everything is judged.
_QUIET: Final = 6
_WAITING: Final = (
    "SELECT (SELECT count(*) FROM exchange_incoming WHERE peer_id = %(peer)s AND next_at IS NOT NULL) + "
    "(SELECT count(*) FROM exchange_outgoing WHERE peer_id = %(peer)s AND state = 'waiting')"
)
_SENT: Final = "peer_id = %(peer)s AND state = 'sent'"
# As if each entry had been told while nobody was there: in the order of the ledger, so several of many a case.
_FILL: Final = """
INSERT INTO exchange_outgoing (district, peer_id, case_id, seq, number, kind, once, state, made_at, next_at, tries,
    error, settled_by)
SELECT e.district, %(peer)s, e.case_id, e.seq, '', 'state', 'bench:' || e.case_id || ':' || e.seq || ':' || n, 'waiting',
    %(now)s, %(now)s, 0, '', ''
FROM generate_series(1, %(rounds)s) n CROSS JOIN cases_entry e
WHERE e.district = %(district)s AND e.after = ANY(%(states)s)
ORDER BY n, e.position, e.case_id, e.seq LIMIT %(most)s
"""


@dataclass
class _Desks:
    """Milliseconds that the desks waited, and how often they were not answered."""

    took: list[float] = field(default_factory=list)
    bad: int = 0

    @property
    def p95(self) -> float:
        return percentile(self.took, 0.95)


def each_way(plan: Plan, orders: int) -> list[Figure]:
    """How fast orders that wait at the stand-in are taken in, letters that wait here handed over, and both at once."""
    with scratch.using(plan.database), standing_in() as city:
        peer = _set_up(city, plan)
        with served(plan.database, plan.log, worker=True) as running:
            settled(_SETTLE_WITHIN)
            # A platform that has run for a while has read its lists and models.
            city.send(_orders(_WARM, 1, plan))
            _until(lambda: _linked(peer) >= _WARM)
            _drained(peer)
            before, began = running.worked(), present()
            city.send(_orders(orders, _WARM + 1, plan))
            _until(lambda: _linked(peer) >= orders + _WARM)
            _drained(peer)
            worked = running.worked() - before
            lost = orders + _WARM - sum(1 for number in city.holds()["told"] if number.startswith("BENCH"))
            told_alone, alone = _handed_over(peer, city, orders, plan)
        given = {"peer": peer, "began": began}
        taken, in_seconds = _asked(
            "SELECT count(*), extract(epoch FROM max(settled_at) - min(received_at)) FROM exchange_incoming "
            "WHERE peer_id = %(peer)s AND state = 'taken' AND received_at >= %(began)s",
            given,
        )
        told, cases, out_seconds = _asked(
            "SELECT count(*), count(DISTINCT case_id), extract(epoch FROM max(sent_at) - %(began)s) "
            f"FROM exchange_outgoing WHERE {_SENT} AND made_at >= %(began)s AND once NOT LIKE 'bench:%%'",
            given,
        )
    return [
        Figure("交换：每秒收进", taken / max(float(in_seconds), 0.001), "件/秒", RATE, at_least=True,
               note=f"{taken} 件，同时在发；网页和后台每件 {1000 * worked / max(1, taken):.1f} 毫秒处理器时间"),
        Figure("交换：每秒报出", told_alone / max(alone, 0.001), "封/秒", RATE, at_least=True,
               note=f"{told_alone} 封信，都已待发"),
        Figure("交换：收进并报出", cases / max(float(out_seconds), 0.001), "件/秒", RATE, at_least=True,
               note=f"{cases} 件的 {told} 封信，从第一件到达算起，含派单、计时、统计、通知"),
        Figure("交换：丢失", lost, "件", 0),
    ]  # fmt: skip


def _handed_over(peer: int, city: StandIn, letters: int, plan: Plan) -> tuple[int, float]:
    """So many letters that wait already: how many were handed over, and in how many seconds."""
    city.away()
    _fill(peer, letters, plan)
    city.back()
    began = time.perf_counter()
    wake(system(districts()[0].code), _PEER, present())
    _until(lambda: not _count(_WAITING, peer))
    took = time.perf_counter() - began
    return _count(
        f"SELECT count(*) FROM exchange_outgoing WHERE {_SENT} AND once LIKE 'bench:%%'", peer
    ), took


def drained(plan: Plan, backlog: int, password: str) -> list[Figure]:
    """Nobody was there for long: half of the backlog are letters of ours, half orders that wait at the stand-in."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with scratch.using(plan.database), standing_in() as city:
        peer = _set_up(city, plan)
        with served(plan.database, plan.log, worker=True) as running:
            cookies = {login: signed_in(running.port, login, password) for login, _path in _DESKS}
            settled(_SETTLE_WITHIN)
            _opened(running, cookies, _Desks())
            quiet = _Desks()
            for _ in range(_QUIET):
                _opened(running, cookies, quiet)
            city.away()
            _fill(peer, backlog - backlog // 2, plan)
            city.back()
            before, began = running.worked(), time.perf_counter()
            city.send(_orders(backlog // 2, 1, plan))
            wake(system(districts()[0].code), _PEER, present())
            with _watched(running, cookies) as busy:
                _until(lambda: _linked(peer) >= backlog // 2)
                _drained(peer)
                seconds = time.perf_counter() - began
            worked = running.worked() - before
    ratio = busy.p95 / quiet.p95 if quiet.p95 else 0.0
    return [
        Figure("交换：积压排空", seconds, "秒",
               note=f"{backlog} 封，一半来一半去，每秒 {backlog / seconds:.0f} 封，处理器 {worked:.0f} 秒（含网页）"),
        Figure("交换：平时前台 p95", quiet.p95, "毫秒", note=f"{len(quiet.took)} 次，{quiet.bad} 次没有答复"),
        Figure("交换：排空时前台 p95", busy.p95, "毫秒", MOST_RATIO * quiet.p95,
               note=f"{len(busy.took)} 次，{busy.bad} 次没有答复，是平时的 {ratio:.2f} 倍"),
    ]  # fmt: skip


def _set_up(city: StandIn, plan: Plan) -> int:
    by = system(districts()[0].code)
    settings = dialect.settings(city.address, batch=200, size=500, seconds=30)
    form = PeerForm(
        code=_PEER, name="压力测试", connector=Connecting.REST_PULL, scope=Scope.ALL, settings=settings,
        secret=dialect.SECRET,
    )  # fmt: skip
    peer = create_peer(by, form, plan.now)
    map = dialect.the_map()
    # Callers are not asked for: each would be an entry of the audit, which is no part of an exchange that is usual.
    put_map(by, _PEER, {**map, "caller": False}, "压力测试", plan.now)
    switch(by, _PEER, True, "压力测试", plan.now)
    return peer


def _orders(count: int, first: int, plan: Plan) -> list[dict[str, object]]:
    """What callers of the demonstration say, so that matters are as different as they are."""
    chance, found = Random(first), []
    for number, call in enumerate(callers.calls(606, plan.now, count), first):
        # Without a place on the map, as from most cities: it is found here from the words.
        said = dialect.order(f"BENCH{number:07d}", chance, plan.now)
        found.append(said | {"title": "", "content": call.text, "address": call.place})
    return found


def _fill(peer: int, letters: int, plan: Plan) -> None:
    states = list(dialect.the_map()["out"]["codes"]["state"])
    given: dict[str, Any] = {
        "peer": peer, "district": districts()[0].code, "now": plan.now, "states": states, "most": letters,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_entry WHERE district = %(district)s AND after = ANY(%(states)s)",
            given,
        )
        given["rounds"] = 1 + letters // max(1, cursor.fetchone()[0])
        cursor.execute(_FILL, given)
        cursor.execute("ANALYZE exchange_outgoing")


def _linked(peer: int) -> int:
    return _count("SELECT count(*) FROM exchange_linked WHERE peer_id = %(peer)s", peer)


def _drained(peer: int) -> None:
    """Wait until nothing waits either way, also of what the ledger still has to tell."""
    settled(_SETTLE_WITHIN)
    _until(lambda: not _count(_WAITING, peer))


def _count(statement: str, peer: int) -> int:
    return int(_asked(statement, {"peer": peer})[0])


def _asked(statement: str, given: Mapping[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WITHIN
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError("the exchange did not come to an end within an hour")
        time.sleep(0.2)


def _opened(running: Running, cookies: dict[str, str], desks: _Desks) -> _Desks:
    """The desks' pages for a while, at a rate of their own whatever the answers."""
    knocks = [
        Knock(path, headers={"Cookie": cookies[login], "Accept-Encoding": "gzip"}) for login, path in _DESKS
    ]
    many = knocks * int(_DESK_RATE * _DESK_SECONDS / len(knocks) + 1)
    heard = knock(running.port, many, connections=4, seconds=_DESK_SECONDS, rate=_DESK_RATE)
    desks.took += [1000 * took for took in heard.took]
    desks.bad += sum(status != 200 for status in heard.status)
    return desks


@contextmanager
def _watched(running: Running, cookies: dict[str, str]) -> Iterator[_Desks]:
    """Desks at work beside the block, to its end and at least once around."""
    found, ending = _Desks(), threading.Event()

    def work() -> None:
        while True:
            _opened(running, cookies, found)
            if ending.is_set():
                return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        ending.set()
        thread.join()
