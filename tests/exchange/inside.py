"""``python -m tests.exchange.inside ACT …``: what the tests on a real server do inside its instance; prints JSON."""

import json
import os
import sys
from typing import Any

import django


def prepare(connector: str, settings: str) -> dict[str, Any]:
    """The district with the city as a system, switched on."""
    from huying.access.actor import system
    from huying.exchange.actions.peers import PeerForm, create_peer, put_map, switch
    from huying.exchange.rules.kinds import Connecting
    from huying.kernel.clock import now
    from huying.simulate.city import dialect
    from tests.cast import DISTRICT, gather

    gather()
    by = system(DISTRICT, "高敏")
    form = PeerForm(
        code="city",
        name="市12345",
        connector=Connecting(connector),
        settings=json.loads(settings),
        secret=dialect.SECRET,
    )
    create_peer(by, form, now())
    put_map(by, "city", dialect.the_map(), "初版", now())
    switch(by, "city", True, "联调通过", now())
    return {}


def wake() -> dict[str, Any]:
    """Call the city at once, and try at once what rests after a failure."""
    from huying.access.actor import system
    from huying.exchange.actions.peers import wake as wake_peer
    from huying.exchange.models import Incoming, Outgoing
    from huying.kernel.clock import now
    from tests.cast import DISTRICT

    wake_peer(system(DISTRICT), "city", now())
    Outgoing.objects.filter(state="waiting", tries__gt=0).update(next_at=now())
    # Being woken twice a second is no try: a letter waits for its order as long as it would in a day's peace.
    Incoming.objects.filter(state="waiting").update(next_at=now(), tries=0)
    return standing()


def settle(address: str, orders: str, seconds: str) -> dict[str, Any]:
    """Wait until every order is a case and the city has heard all that the ledger says, waking whoever rests.

    Here and not from outside, for a look takes no start of a process. Not in time: what stands is told as it is.
    """
    import time

    import httpx

    deadline = time.monotonic() + float(seconds)
    while True:
        stands, late = wake(), time.monotonic() > deadline
        waits = stands["linked"] < int(orders) or stands["in"].get("waiting") or stands["out"].get("waiting")
        if late or not waits:
            ours, theirs = compare(), httpx.get(f"{address}/holds", timeout=20).json()
            done = {number: one["heard"] for number, one in ours.items()} == theirs["told"]
            if late or done:
                return {"done": done, "stands": standing(), "ours": ours, "theirs": theirs}
        time.sleep(0.5)


def standing() -> dict[str, Any]:
    """How many letters stand where, and how far the reaction is."""
    from django.db import connection

    from huying.exchange.models import Health, Incoming, Linked, Outgoing

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_entry")
        entries = cursor.fetchone()[0]
    return {
        "linked": Linked.objects.count(),
        "in": _counts(Incoming), "out": _counts(Outgoing), "entries": entries,
        "health": list(Health.objects.values("ask_failures", "ask_error", "tell_failures", "tell_error", "cursor")),
    }  # fmt: skip


def _counts(model: Any) -> dict[str, int]:
    from django.db.models import Count

    return dict(model.objects.values_list("state").annotate(n=Count("id")))


def compare() -> dict[str, Any]:
    """By number: how many cases it opened, and what the ledger says the city must have heard, in order."""
    from huying.cases.models import Appeal, Entry
    from huying.cases.queries.proofs.chain import link_of
    from huying.exchange.models import Linked
    from huying.exchange.rules.following import kinds_of
    from huying.exchange.rules.mapping import peer_map
    from huying.simulate.city import dialect

    codes = peer_map(dialect.the_map()).out_codes
    found: dict[str, Any] = {}
    for link in Linked.objects.order_by("number"):
        entries = Entry.objects.filter(case_id=link.case_id).order_by("seq")
        found[link.number] = {
            "cases": Appeal.objects.filter(external_number=link.number).count(),
            "heard": [
                f"{codes['type'][kind.value]}:{codes['state'][entry.after]}"
                for entry in entries
                for kind in kinds_of(link_of(entry), own=True)
            ],
        }
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    act, *given = sys.argv[1:]
    sys.stdout.write(json.dumps(globals()[act](*given), default=str))
