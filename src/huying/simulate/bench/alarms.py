"""Alarms: how long from a device's call until the nearest are alerted, and how punctual the rings after it are."""

import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import httpx
import numpy as np
from django.db import connection

from huying.access.actor import system
from huying.access.roles import Role
from huying.emergency.actions import put_plan
from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.queries import plan_for
from huying.emergency.queries.phones import place
from huying.emergency.rules.hours import ALWAYS
from huying.emergency.rules.kinds import ResponderKind
from huying.emergency.rules.plans import rings_of
from huying.geo.measure import distances
from huying.notices.models import Notice
from huying.people.actions import create_key
from huying.people.models.keyring import keyring
from huying.people.rules.codes import PER_MINUTE_MOST
from huying.places.queries import Level, areas, districts, locate_points
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import served
from huying.simulate.bench.intake import Plan

RESPONDERS: Final = 50_000
ALARMS: Final = 60
#: Alarms a second, and how many calls may be under way: far more than any district has.
RATE: Final = 2
AT_ONCE: Final = 4
NEAREST: Final = 3
#: Seconds between rings here; the worker is watched through two of them.
WAIT: Final = 5
_SKILLS: Final = (
    ["first_aid"],
    ["first_aid", "evacuation"],
    ["fire"],
    ["elder"],
    ["lift"],
    ["water", "first_aid"],
)


@dataclass(frozen=True, slots=True)
class _Answered:
    """One alarm: seconds until it was answered, and the card it was answered with."""

    seconds: float
    card: dict[str, Any]


def alarms(plan: Plan) -> list[Figure]:
    """Sixty alarms, two a second, among fifty thousand registered responders, with the worker running."""
    with scratch.using(plan.database):
        district = districts()[0].code
        spots = _spots(district, RESPONDERS + ALARMS)
        _register(district, spots[:RESPONDERS], plan)
        _quick_rings(district, plan)
        key = create_key(
            system(district), "设备报警", Role.SEAT, str(district), plan.now, per_minute=PER_MINUTE_MOST
        )[1]
        with served(plan.database, plan.log, worker=True) as running:
            _alarm(running.port, key, 0, spots[RESPONDERS])
            with ThreadPoolExecutor(AT_ONCE) as pool:
                began = time.perf_counter()
                given = enumerate(spots[RESPONDERS:], 1)
                heard = list(pool.map(lambda one: _in_time(running.port, key, began, *one), given))
            time.sleep(3 * WAIT)
        right, told, late = _right(heard), _told(heard), _late(heard)
    took = [one.seconds for one in heard]
    return [
        Figure("报警：接口应答时最近的人已告警 p50", percentile(took, 0.5), "秒", 2.0,
               note=f"{RESPONDERS:,} 名应急力量，{len(heard)} 次报警，每秒 {RATE} 次"),
        Figure("报警：… p95", percentile(took, 0.95), "秒", 2.0),
        Figure("报警：… 最慢", max(took), "秒", 2.0),
        Figure("报警：最近三人都告警到", right, "次", len(heard), at_least=True, note="逐个比过全部应急力量"),
        Figure("报警：告警短信已写好", told, "条", sum(len(one.card["alerted"]) for one in heard), at_least=True),
        Figure("报警：下一圈迟了多少 p95", percentile(late, 0.95), "秒", 1.0, note=f"{len(late)} 圈，后台照常运行"),
        Figure("报警：… 最迟", max(late, default=0.0), "秒", 1.0),
    ]  # fmt: skip


def _spots(district: int, count: int) -> list[tuple[float, float]]:
    """Points spread over the district's grids, the same each time."""
    rng = random.Random(5)
    middles = [(one.lon, one.lat) for one in areas(district, Level.GRID) if one.lon and one.lat]
    found: list[tuple[float, float]] = []
    while len(found) < count:
        near = [rng.choice(middles) for _ in range(count)]
        lons = [lon + rng.uniform(-0.004, 0.004) for lon, _ in near]
        lats = [lat + rng.uniform(-0.004, 0.004) for _, lat in near]
        codes = locate_points(district, lons, lats)
        found += [(lon, lat) for lon, lat, code in zip(lons, lats, codes, strict=True) if code]
    return found[:count]


def _register(district: int, spots: Sequence[tuple[float, float]], plan: Plan) -> None:
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    codes = locate_points(district, lons, lats)
    ring, where = keyring(), place(district)

    def rows() -> Iterator[Responder]:
        for number, ((lon, lat), code) in enumerate(zip(spots, codes, strict=True)):
            phone = f"154{number:08d}"
            yield Responder(
                district=district, kind=ResponderKind.VOLUNTEER.value, name=f"志愿者{number}",
                phone_sealed=ring.seal(phone, where), phone_digest=ring.digest(f"bench {phone}", where),
                skills=_SKILLS[number % len(_SKILLS)], area=code or str(district), lon=lon, lat=lat, days=ALWAYS,
                made_at=plan.now, made_by="压力测试",
            )  # fmt: skip

    Responder.objects.bulk_create(rows(), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE emergency_responder")


def _quick_rings(district: int, plan: Plan) -> None:
    usual = plan_for(district, "illness")
    rings = rings_of(f"400:{NEAREST}:{WAIT};1000:10:{WAIT};2500:15:{WAIT}")
    put_plan(system(district), replace(usual, rings=rings), "压力测试", plan.now)


def _in_time(port: int, key: str, began: float, number: int, spot: tuple[float, float]) -> _Answered:
    time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
    return _alarm(port, key, number, spot)


def _alarm(port: int, key: str, number: int, spot: tuple[float, float]) -> _Answered:
    said = {
        "kind": "illness", "device": f"BENCH-{number}", "key": f"alarm-{number}", "words": "压力测试报警",
        "lon": spot[0], "lat": spot[1], "datum": "cgcs2000",
    }  # fmt: skip
    began = time.perf_counter()
    answer = httpx.post(
        f"http://127.0.0.1:{port}/api/v1/emergencies", json=said, headers={"Authorization": f"Bearer {key}"},
        timeout=30,
    )  # fmt: skip
    took = time.perf_counter() - began
    if answer.status_code not in {200, 201}:
        raise RuntimeError(f"the alarm was not taken: {answer.status_code} {answer.text[:300]}")
    return _Answered(took, answer.json())


def _right(heard: Sequence[_Answered]) -> int:
    """Of how many alarms the answer named exactly the nearest, by measuring the way to every single responder."""
    rows = list(Responder.objects.filter(skills__contains=["first_aid"]).values_list("lon", "lat"))
    lons, lats = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    good = 0
    for one in heard:
        far = np.sort(distances(one.card["lon"], one.card["lat"], lons, lats))[:NEAREST]
        first = sorted(row["metres"] for row in one.card["alerted"] if row["ring"] == 1)
        good += first == [round(float(metres)) for metres in far if metres <= 400]
    return good


def _told(heard: Sequence[_Answered]) -> int:
    """How many messages to those whom the answers named stand in the outbox since the alarm itself."""
    written = 0
    for one in heard:
        card = Emergency.objects.get(id=one.card["id"])
        first = Alert.objects.filter(district=card.district, emergency_id=card.id, ring=1)
        names = [f"em:{card.id}:{number}:sms" for number in first.values_list("id", flat=True)]
        written += Notice.objects.filter(
            district=card.district, once__in=names, made_at=card.opened_at
        ).count()
    return written


def _late(heard: Sequence[_Answered]) -> list[float]:
    """How many seconds after its time each later ring was alerted."""
    late = []
    for one in heard:
        rows = Alert.objects.filter(emergency_id=one.card["id"]).order_by("ring")
        times = dict(rows.values_list("ring", "alerted_at"))
        for ring in sorted(times)[1:]:
            due = times[ring - 1] + timedelta(seconds=WAIT) if ring - 1 in times else None
            if due is not None:
                late.append((times[ring] - due).total_seconds())
    return late
