"""Our own server in another process, and this district beside it: both ways, killed in between, then compared."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, Statement
from huying.exchange.actions.peers import PeerForm, create_peer, put_map, switch, wake
from huying.exchange.models import Incoming, Linked, Outgoing
from huying.exchange.queries import held
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.rules.kinds import Connecting, Scope
from huying.exchange.tasks.connecting import let_go
from huying.exchange.tasks.turning import once
from huying.kernel.clock import now
from huying.loop.collect.actions import collect
from huying.loop.collect.rules import AppealForm
from tests.api.open311.conftest import LAMP, draw, put_list
from tests.cast import DISTRICT, GRID, Cast, gather
from tests.exchange.conftest import follow
from tests.exchange.open311.conftest import the_map
from tests.exchange.open311.inside import holds
from tests.journeys.instance import Instance, folder, kill_all
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    held.forget(DISTRICT)
    made = gather()
    draw()
    put_list(made, "第一版", (LAMP,))
    yield made
    held.forget(DISTRICT)
    let_go()


@pytest.fixture(scope="module")
def neighbour() -> Iterator[tuple[Instance, str]]:
    """The other district, served; and the key that it gave us."""
    with folder() as made:
        instance = Instance(made / "data")
        instance.migrate()
        key = instance.run("tests.exchange.open311.inside", "prepare")["key"]
        with instance.served():
            yield instance, key


def joined(instance: Instance, key: str) -> OpenPeer:
    by = system(DISTRICT, "高敏")
    settings = {
        "address": f"{instance.address}/open311/v2",
        "jurisdiction": str(DISTRICT),
        "every": 1,
        "again": 1,
    }
    form = PeerForm(
        code="town", name="邻区", connector=Connecting.OPEN311, scope=Scope.ALL, settings=settings, secret=key
    )
    create_peer(by, form, now())
    of = the_map()
    of["out"]["codes"]["item"] = {LAMP: LAMP, "*": "-"}
    put_map(by, "town", of, "初版", now())
    switch(by, "town", True, "联调通过", now())
    peer = open_peer(DISTRICT, "town")
    assert peer is not None
    return peer


def say(instance: Instance, key: str, path: str, **form: Any) -> Any:
    answer = httpx.post(
        f"{instance.address}/open311/v2/{path}.json", data={"api_key": key, **form}, timeout=30
    )
    assert answer.status_code == 200, answer.text
    return answer.json()[0]


def filed(cast: Cast, text: str) -> Case:
    """A case of ours that is filed as a lamp."""
    (answer,) = collect(
        DISTRICT,
        [AppealForm(text=text, channel="hotline", area=GRID, place_text="春风路 3 号")],
        cast.system,
        now(),
    )
    assert not isinstance(answer, Exception)
    advance(
        (DISTRICT, answer.case_id), Verb.FILE, by=cast.district_dispatcher, now=now(), item=LAMP, area=GRID
    )
    return Case.objects.get(id=answer.case_id)


def turned(peer: OpenPeer) -> None:
    follow(now())
    wake(system(DISTRICT), peer.code, now())
    Outgoing.objects.filter(state="waiting").update(next_at=now())
    once(peer, now())


def came(peer: OpenPeer, numbers: list[str]) -> bool:
    """Whether these are cases here; what is of this very second is found by the next look."""
    turned(peer)
    return set(numbers) <= set(Linked.objects.values_list("number", flat=True))


def test_both_districts_hold_the_same(cast: Cast, neighbour: tuple[Instance, str]) -> None:
    instance, key = neighbour
    theirs = [
        say(instance, key, "requests", service_code=LAMP, description=f"{n} 号楼路灯不亮", lat=22.65, long=114.25)
        ["service_request_id"]
        for n in range(1, 4)
    ]  # fmt: skip
    peer = joined(instance, key)
    until(lambda: came(peer, theirs), 60)
    ours = [filed(cast, f"{n} 号院门口的路灯坏了") for n in range(1, 4)]
    follow(now())
    # Whoever is killed between two letters has some of them, or has them and never said so.
    kill_all(instance.web())
    turned(peer)
    until(instance.answers, 60)

    def all_told() -> bool:
        turned(peer)
        return Linked.objects.count() == 6 and not Outgoing.objects.filter(state="waiting").exists()

    until(all_told, 90)
    assert not Outgoing.objects.filter(state="dead").exists()
    for _ in range(3):
        turned(peer)
    held_there = instance.run("tests.exchange.open311.inside", "holds")
    assert set(held_there) == set(Linked.objects.values_list("number", flat=True))
    assert Case.objects.count() == len(held_there) == 6
    for case in ours:
        number = Linked.objects.get(case_id=case.id).number
        assert held_there[number]["text"].startswith(holds()[f"{DISTRICT}-{case.id:09d}"]["text"])
    for number in theirs:
        assert Appeal.objects.get(external_number=number).text == held_there[number]["text"]
    assert not Incoming.objects.exclude(state="taken").exists()


def test_words_go_both_ways_once_and_late_ones_are_found(cast: Cast, neighbour: tuple[Instance, str]) -> None:
    instance, key = neighbour
    told = {"service_code": LAMP, "description": "桥头路灯不亮", "address_string": "桥头"}
    number = say(instance, key, "requests", **told)["service_request_id"]
    peer = joined(instance, key)
    until(lambda: came(peer, [number]), 60)
    case = Case.objects.get(id=Linked.objects.get(number=number).case_id)
    say(
        instance,
        key,
        "servicerequestupdates",
        service_request_id=number,
        status="open",
        description="居民又来电",
    )
    advance(
        (DISTRICT, case.id),
        Verb.NOTE,
        by=cast.district_dispatcher,
        now=now(),
        note="内部",
        progress="已派人去看。",
    )

    def notes_here() -> list[str]:
        turned(peer)
        return list(Statement.objects.filter(case_id=case.id, name="note").values_list("text", flat=True))

    def notes_there() -> list[str]:
        turned(peer)
        found: list[str] = instance.run("tests.exchange.open311.inside", "holds")[number]["notes"]
        return found

    # When a window is asked for next is the connector's own matter; what came once stays one, however often it is asked.
    until(lambda: any("居民又来电" in one for one in notes_here()), 60)
    until(lambda: any("已派人去看。" in one for one in notes_there()), 60)
    for _ in range(3):
        turned(peer)
    notes, there = notes_here(), notes_there()
    assert sum("居民又来电" in one for one in notes) == 1
    assert sum("已派人去看。" in one for one in there) == 1
    assert "内部" not in str(there)
    # Our own words, come back, are no news.
    assert not any("已派人去看" in one for one in notes)
    assert len(notes) == len(set(notes))
