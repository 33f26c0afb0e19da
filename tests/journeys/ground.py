"""What tests do inside an instance of their own; ``tests.journeys.inside`` runs one act after Django is set up."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField

from huying.access.actor import system
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive, store_photo
from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, CaseSearch, Cursor, Entry, Stumble
from huying.catalogue.actions import load_starter
from huying.figures.models import FactCase, Tally
from huying.figures.tasks import count
from huying.jobs.reactions import Reactions
from huying.kernel.clock import now
from huying.loop.supervise.models import CaseStanding, GaugeRow
from huying.people.actions import create_key
from huying.site.wiring import REACTIONS
from tests.cases.invariants import check_all
from tests.cases.rules.test_photos import picture
from tests.cast import DISTRICT, GRID, gather

FIGURES = (Tally, FactCase, GaugeRow, CaseStanding)


def prepare() -> dict[str, Any]:
    """Open the district with its list; keys of a hotline and of a dispatch centre."""
    gather()
    by = system(DISTRICT)
    load_starter(by, DISTRICT, now())
    return {
        name: create_key(by, name, role, str(DISTRICT), now())[1]
        for name, role in (("seat", Role.SEAT), ("centre", Role.DISTRICT_DISPATCHER))
    }


def burn(times: str) -> dict[str, Any]:
    """Use up that many transaction numbers."""
    with connection.cursor() as cursor:
        for _ in range(int(times)):
            cursor.execute("SELECT pg_current_xact_id()")
    return {}


def live(count_of: str) -> dict[str, Any]:
    """So many appeals with a photo, every third answered at once, and all reactions to them."""
    texts = [f"{time.time_ns()} 第 {n} 件：春风路路灯不亮" for n in range(int(count_of))]
    photo = store_photo(DISTRICT, picture((64, 48)))
    new = [NewAppeal(text=text, channel="web", kind="complaint", area=GRID, photos=[photo]) for text in texts]
    kept = receive(DISTRICT, new, by=system(DISTRICT), now=now())
    for receipt in kept[::3]:
        advance(
            (DISTRICT, receipt.case_id), Verb.ANSWER, by=system(DISTRICT), now=now(), reply="您好，已经修好。"
        )
    Reactions(REACTIONS, now).turn()
    return look()


def look() -> dict[str, Any]:
    """How far the ledger and each of its followers are, and what they left."""
    entries = Entry.objects.order_by("-position", "-case_id", "-seq")
    last = entries.values_list("position", "case_id", "seq").first()
    return {
        "entries": entries.count(),
        "cases": Case.objects.count(),
        "last": list(last or ()),
        "cursors": {c.handler: [c.position, c.case_id, c.seq] for c in Cursor.objects.all()},
        "stumbles": [str(row) for row in Stumble.objects.values_list("handler", "error")],
        "searched": CaseSearch.objects.count(),
    }


def wait(seconds: str) -> dict[str, Any]:
    """``look``, once every follower has arrived, or at the latest after so many seconds."""
    deadline = time.monotonic() + float(seconds)
    while True:
        told = look()
        there = set(REACTIONS) <= set(told["cursors"]) and all(
            place == told["last"] for place in told["cursors"].values()
        )
        if there or time.monotonic() > deadline:
            return {**told, "caught_up": there}
        time.sleep(0.3)


def examine() -> dict[str, Any]:
    """Every invariant of every case, figures against a recount, and what was said under which receipt."""
    check_all()
    appeals = Appeal.objects.values_list("text", "receipt")
    return {"appeals": [list(row) for row in appeals], "recount": _recount()}


def _recount() -> dict[str, bool]:
    """For each table of figures whether it is what one count of the whole ledger gives."""
    kept = {model.__name__: _rows(model) for model in FIGURES}
    names = list(Link.__dataclass_fields__)
    rows = Entry.objects.order_by("position", "case_id", "seq").values(*names)
    links = [Link(**row) for row in rows]
    with transaction.atomic():
        for model in FIGURES:
            model.objects.all().delete()
        count(DISTRICT, links, now())
        fresh = {model.__name__: _rows(model) for model in FIGURES}
        transaction.set_rollback(True)
    return {name: bool(kept[name]) and kept[name] == fresh[name] for name in kept}


def _rows(model: Any) -> list[Any]:
    """Its rows, but those that count nothing: what came and went again leaves a row of zeros."""
    counts = [field.name for field in model._meta.fields if isinstance(field, BigIntegerField)]
    kept = [row for row in model.objects.values() if any(row[name] for name in counts)]
    return sorted(str(row) for row in kept)


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    act.__name__: act for act in (prepare, burn, live, look, wait, examine)
}
