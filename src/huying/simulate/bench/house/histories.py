"""The scratch databases with their histories: a small one lived through, larger ones thickened from it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from huying.cases.actions import Handler, follow
from huying.cases.actions.reactions.following import skip_to_end
from huying.loop.allocate.actions import keep_memory
from huying.places.queries import districts
from huying.prevent.hot_issues.tasks import group_anew
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.thicken import thicken
from huying.simulate.loading import load

SMALL: Final = 10_000
# A city's first days. About half of what came in is still open, so that its pages have as many lines and points
# as those of a city with a million cases, most of them long closed.
YOUNG: Final = f"{scratch.name_for(SMALL)}_young"
_FIRST_DAYS: Final = 3
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A scratch database: its name, and the seconds its history took; None when it was there already."""

    name: str
    seconds: float | None


def small(
    now: datetime, handlers: Mapping[str, Handler], stage: Callable[[str], None], cases: int = SMALL
) -> Made:
    """The demonstration district with 90 days of history, followed to the end by every handler."""
    return _lived(scratch.name_for(cases), cases, 90, now, handlers, stage)


def young(now: datetime, handlers: Mapping[str, Handler], stage: Callable[[str], None]) -> Made:
    """As many cases as the small history has, come in within a few days: what a page is compared with."""
    return _lived(YOUNG, SMALL, _FIRST_DAYS, now, handlers, stage)


def _lived(
    name: str,
    cases: int,
    days: int,
    now: datetime,
    handlers: Mapping[str, Handler],
    stage: Callable[[str], None],
) -> Made:
    if _stands(name):
        return Made(name, None)
    began = time.perf_counter()
    fresh = f"{name}_new"
    scratch.drop(fresh)
    scratch.make(fresh)
    with scratch.using(fresh):
        call_command("migrate", verbosity=0)
        load(SEED, now, days=days, cases=cases, processes=2, stage=stage)
        stage("跟随办理链")
        follow_all(handlers, now)
        for district in districts():
            keep_memory(district.code, now, after=1)
            group_anew(district.code, now)
    _finish(fresh, name)
    return Made(name, time.perf_counter() - began)


def large(cases: int, now: datetime, handlers: Mapping[str, Handler], stage: Callable[[str], None]) -> Made:
    """The small history, thickened to about ``cases`` cases."""
    from_small = small(now, handlers, stage)
    name = scratch.name_for(cases)
    if cases <= SMALL:
        return from_small
    if _stands(name):
        return Made(name, None)
    began = time.perf_counter()
    fresh = f"{name}_new"
    scratch.drop(fresh)
    scratch.make(fresh, template=from_small.name)
    stage(f"加厚到 {cases} 件")
    thicken(dict(scratch.address(fresh)), cases // SMALL - 1)
    with scratch.using(fresh):
        for district in districts():
            for handler in handlers:
                skip_to_end(handler, district.code, now)
        with connection.cursor() as cursor:
            # What the copies teach is known already: a district of this size has packed it long ago.
            cursor.execute(
                "UPDATE allocate_bodymemory SET upto = (SELECT max(number) FROM allocate_bodylesson)"
            )
    _finish(fresh, name)
    return Made(name, time.perf_counter() - began)


def _stands(name: str) -> bool:
    """Whether the database is there, with the tables of this version; an older one is removed."""
    words = scratch.marked(name)
    if words is not None and words != _tables():
        scratch.drop(name)
        return False
    return words is not None


def _finish(fresh: str, name: str) -> None:
    scratch.mark(fresh, _tables())
    scratch.rename(fresh, name)


@cache
def _tables() -> str:
    """What the tables of this version are known by: a digest of everything that makes them."""
    made = sha256()
    for app in sorted(apps.get_app_configs(), key=lambda each: each.name):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            made.update(path.read_bytes())
    return f"tables {made.hexdigest()[:16]}"


def follow_all(handlers: Mapping[str, Handler], now: datetime) -> int:
    """Let every handler take all that is there; how many entries they took."""
    taken = 0
    for district in districts():
        for name, handle in handlers.items():
            while step := follow(name, district.code, handle, now, 2000):
                taken += step
    return taken


def stock(name: str) -> dict[str, Any]:
    """How much a scratch database holds: cases, open ones, entries, bytes."""
    with scratch.using(name), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE closed_at IS NULL), "
            "(SELECT count(*) FROM cases_entry), pg_database_size(current_database()) FROM cases_case"
        )
        row = cursor.fetchone()
    return dict(zip(("cases", "open", "entries", "bytes"), row, strict=True))
