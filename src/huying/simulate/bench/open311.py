"""Open311: how many reports a second, and how long a list of a thousand requests takes, each beside its floor."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from huying.catalogue.queries import live_list
from huying.catalogue.queries.questions import questions
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import served
from huying.simulate.bench.intake import CONNECTIONS, Plan, key_for
from huying.simulate.bench.load import callers, floor
from huying.simulate.bench.load.knocking import Heard, Knock, knock
from huying.simulate.days import Call

POST: Final = "/open311/v2/requests.xml"
LISTS: Final = (
    ("一千件，XML", "/open311/v2/requests.xml"),
    ("一千件，JSON", "/open311/v2/requests.json"),
    ("一千件，已办结，XML", "/open311/v2/requests.xml?status=closed"),
    ("一个事项，XML", "/open311/v2/requests.xml?service_code={item}"),
    ("服务清单，XML", "/open311/v2/services.xml"),
)
_FORM: Final = "application/x-www-form-urlencoded; charset=utf-8"
_MOST_PER_SECOND: Final = 2000
_WARMING, _ASKED = 5, 30
_TARGETS: Final = {"一千件，XML": 80.0, "一千件，JSON": 80.0}


def posting(plan: Plan) -> list[Figure]:
    """As many reports as eight connections can give, with the worker running."""
    with scratch.using(plan.database):
        key = key_for(plan.now)
        code = _without_questions(districts()[0].code)
        count = plan.seconds * _MOST_PER_SECOND // 2
        reports = _reports(callers.calls(404, plan.now, count), key, code)
        with served(plan.database, plan.log, worker=True) as running:
            warm = knock(running.port, _reports(callers.calls(505, plan.now, 200), key, code),
                         connections=CONNECTIONS, seconds=20, bodies=True)  # fmt: skip
            if not warm.good:
                raise RuntimeError(f"nothing was taken in: {warm.status[:3]} {warm.bodies[:1]!r}")
            heard = knock(running.port, reports, connections=CONNECTIONS, seconds=plan.seconds)
        rows = floor.birth_rows(_last_appeal())
        least = floor.measure(
            plan.database, floor.birth_script(rows), clients=CONNECTIONS, seconds=max(5, plan.seconds // 3)
        )
    bad = len(heard.status) - heard.good
    return [
        Figure("Open311：每秒收件", heard.good / max(heard.seconds, 0.001), "件/秒", 300, least.per_second,
               at_least=True, note=f"{heard.good} 件、{bad} 件失败{_why(heard)}，{CONNECTIONS} 个连接，后台同时运行"),
        *_waits(heard, least.ms),
    ]  # fmt: skip


def reading(plan: Plan) -> list[Figure]:
    """Lists as everybody asks for them, one after another."""
    found = []
    with scratch.using(plan.database), served(plan.database, plan.log, worker=False) as running:
        named = {"item": _frequent()}
        for name, path in LISTS:
            one = Knock(path.format(**named))
            knock(running.port, [one] * _WARMING, connections=1, seconds=60)
            heard = knock(running.port, [one] * _ASKED, connections=1, seconds=120, bodies=True)
            if set(heard.status) != {200}:
                raise RuntimeError(f"{path}: {set(heard.status)}")
            took = [1000 * each for each in heard.took]
            least, count = _least(plan.database, path.format(**named))
            size = len(heard.bodies[-1]) / 1024
            found.append(
                Figure(f"Open311：{name}", percentile(took, 0.5), "毫秒", _TARGETS.get(name), least,
                       note=f"p95 {percentile(took, 0.95):.1f}，{count} 次查询，{size:.0f} KB")
            )  # fmt: skip
    return found


def _without_questions(district: int) -> str:
    """A service at which nothing more must be answered."""
    asked = questions(district)
    return next(line.code for line in live_list(district).held.items.values() if line.code not in asked)


def _reports(calls: Sequence[Call], key: str, code: str) -> list[Knock]:
    # A report without any place is refused by the standard, and refusing costs next to nothing.
    return [
        Knock(POST, urlencode(dict(_said(call, key, code))).encode(), {"Content-Type": _FORM})
        for call in calls
        if call.place or call.lon is not None
    ]


def _said(call: Call, key: str, code: str) -> Iterator[tuple[str, str]]:
    yield from (
        ("api_key", key),
        ("service_code", code),
        ("description", call.text),
        ("address_string", call.place),
    )
    if call.lon is not None and call.lat is not None:
        yield from (("lat", str(call.lat)), ("long", str(call.lon)))
    if call.caller is not None:
        yield from (("last_name", call.caller.name), ("phone", call.caller.phone))


def _why(heard: Heard) -> str:
    """How often each refusal was met; status 0 is no answer at all."""
    found = Counter(status for status in heard.status if not 200 <= status < 300)
    return f"（{'、'.join(f'{status} {times} 次' for status, times in found.items())}）" if found else ""


def _waits(heard: Heard, least: float) -> list[Figure]:
    took = [1000 * each for each in heard.took]
    return [
        Figure("Open311：收件 p50", percentile(took, 0.5), "毫秒", floor=least),
        Figure("Open311：收件 p95", percentile(took, 0.95), "毫秒"),
    ]


def _least(database: str, path: str) -> tuple[float | None, int]:
    """What the statements of a list alone take, and how many there are."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    asked = [each for each in floor.recorded(lambda: client.get(path)) if each[0].lstrip()[:6] == "SELECT"]
    return (floor.measure(database, floor.questions(asked), seconds=1).ms if asked else None), len(asked)


def _frequent() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item FROM cases_case WHERE item <> '' GROUP BY item ORDER BY count(*) DESC LIMIT 1"
        )
        return str(cursor.fetchone()[0])


def _last_appeal() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM cases_appeal WHERE channel = 'open311'")
        return int(cursor.fetchone()[0])
