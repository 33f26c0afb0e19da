"""How long the same matter takes to be found while a call is typed, and how well it is found."""

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor, system
from huying.cases.queries.lists.resembling import Wanted, resembling
from huying.geo.measure import around
from huying.kernel.clock import now
from huying.loop.allocate.queries.alike import RECENT, Said, same_matter
from huying.loop.allocate.rules.sameness.likeness import LIKELY, likeness
from huying.places.queries import districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.sameness.pairs import pairs

CALLS: Final = 60
_WARMING: Final = 10
_PREFIXES: Final = (6, 12, 24, 48, 300)
#: Of another seed than the one on which the numbers of the score were fitted.
_TESTED, _TESTED_CALLS, _TESTED_DAYS = 23, 900, 3
_HOSTILE: Final = {
    "五万字": "路口井盖没了请尽快处理小区垃圾没人收" * 2778,
    "五万个不同的字": "".join(chr(0x4E00 + n % 20_000) for n in range(50_000)),
    "一个字": "路",
    "表情": "😀😡" * 40,
    "全是常见的话": "你好我想反映一下请你们尽快处理谢谢",
    "外语": "there is a broken manhole cover near the school gate " * 5,
}


def typing(plan: Plan) -> list[Figure]:
    """Calls of the scratch database typed again, letter by letter; then words meant to make it slow."""
    with scratch.using(plan.database):
        actor = system(districts()[0].code)
        calls = _calls(actor.district)
        for said in list(_typed(calls))[:_WARMING]:
            _milliseconds(actor, said)
        worked = time.process_time()
        took = [_milliseconds(actor, said) for said in _typed(calls)]
        worked = 1000 * (time.process_time() - worked) / max(1, len(took))
        counts = [_read(actor, said) for said in _typed(calls[:20])]
        hostile = {
            name: max(_milliseconds(actor, Said(text, lon=calls[0].lon, lat=calls[0].lat)) for _ in range(3))
            for name, text in _HOSTILE.items()
        }
    worst = max(hostile, key=lambda name: hostile[name])
    note = f"{len(took)} 次，p50 {percentile(took, 0.5):.1f}，最长 {max(took):.1f}，本进程用处理器平均 {worked:.1f}"
    note += f"；比对的案件 p95 {percentile(counts, 0.95):.0f}、最多 {max(counts):.0f} 件"
    return [
        Figure("同一件事：边打边找（p95）", percentile(took, 0.95), "毫秒", 100, note=note),
        Figure(
            "同一件事：怎么打都不慢（最长）", hostile[worst], "毫秒", 100,
            note="，".join(f"{name} {ms:.0f}" for name, ms in hostile.items()),
        ),
        *quality(),
    ]  # fmt: skip


def quality() -> list[Figure]:
    """Precision and recall of what is offered, on the simulator's neighbours who ring about the same."""
    rows = [
        (likeness(pair.typed, pair.before).score, pair.same, _placed(pair.typed) and _placed(pair.before))
        for found in pairs(_TESTED, _TESTED_CALLS, _TESTED_DAYS)
        for pair in found
    ]
    whole, placed = _measured(rows), _measured([row for row in rows if row[2]])
    note = f"{len(rows)} 对，其中同一件 {sum(row[1] for row in rows)} 对"
    note += f"；两边都有坐标的：准 {placed[0]:.2f}、全 {placed[1]:.2f}"
    return [
        Figure("同一件事：给出的里面对的", whole[0], "", 0.8, at_least=True, note=note),
        Figure("同一件事：该给出的给出了", whole[1], "", 0.5, at_least=True),
    ]


def _measured(rows: Sequence[tuple[float, bool, bool]]) -> tuple[float, float]:
    offered = [same for score, same, _placed in rows if score >= LIKELY]
    all_same = sum(same for _score, same, _placed in rows)
    return sum(offered) / max(1, len(offered)), sum(offered) / max(1, all_same)


def _placed(spoken: Any) -> bool:
    return spoken.lon is not None


def _calls(district: int) -> list[Said]:
    """Calls spread over the whole history, half of them with their place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.text, a.place_text, c.lon, c.lat FROM cases_case c "
            "JOIN cases_caseappeal l ON l.district = c.district AND l.case_id = c.id "
            "JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id "
            "WHERE c.district = %s AND length(a.text) > 12 "
            "AND c.id %% greatest(1, (SELECT max(id) / %s FROM cases_case)) = 7 ORDER BY c.id LIMIT %s",
            [district, CALLS, CALLS],
        )
        return [Said(*row) for row in cursor.fetchall()]


def _typed(calls: Sequence[Said]) -> Iterator[Said]:
    for call in calls:
        for length in _PREFIXES:
            place = call.place if length > 20 else ""
            yield Said(call.text[:length], place, call.lon, call.lat)


def _milliseconds(actor: Actor, said: Said) -> float:
    began = time.perf_counter()
    same_matter(actor, said, now())
    return 1000 * (time.perf_counter() - began)


def _read(actor: Actor, said: Said) -> float:
    box = around(said.lon, said.lat, 300.0) if said.lon is not None and said.lat is not None else None
    return float(len(resembling(actor, Wanted(said.text, now() - RECENT, box), now())))
