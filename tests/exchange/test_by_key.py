"""The exchange by a key: systems set up and tried, letters mended, days compared; a denial leaves no trace."""

from collections.abc import Callable
from functools import cache
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.models import Case
from huying.exchange.models import Health, Incoming, MapVersion, Mending, Peer, Reconciliation, Switching
from huying.exchange.queries.held import OpenPeer
from huying.exchange.tasks.turning import once
from huying.kernel.clock import now
from huying.kernel.numbers import case_number
from huying.people.actions import create_key
from huying.people.models import KeptAnswer, Viewing
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.api.conftest import Outside
from tests.api.deeds import Deed, traces, walk
from tests.cast import DISTRICT, Cast
from tests.exchange.conftest import address

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Peer, MapVersion, Switching, Health, Incoming, Mending, Reconciliation, Change, Viewing, Case)
ADMIN, CENTRE = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER
Orders = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def systems(cast: Cast) -> Callable[[Role], Outside]:
    return cache(lambda role: Outside(create_key(cast.system, role.zh, role, str(DISTRICT), now())[1]))


def test_a_system_is_set_up_switched_and_its_secret_told_to_nobody(
    systems: Callable[[Role], Outside], city: City
) -> None:
    secret = "known-to-both-sides-only"
    wanted = {"name": "市12345", "settings": dialect.settings(address(city)), "secret": secret}
    new = wanted | {"code": "city", "connector": "rest_pull", "map": dialect.the_map()}
    other = dialect.the_map() | {"caller": False}
    path, why = "exchange/systems/city", {"why": "联调通过"}
    hotline, again = wanted | {"name": "市热线"}, {"map": other, "why": "不回电话"}
    walk(systems, [
        Deed("POST", "exchange/systems", ADMIN, new, {"code": "city", "on": False, "map_number": 1}, 201),
        Deed("PUT", path, CENTRE, hotline, {"name": "市热线", "connector": "rest_pull"}, matched=True),
        Deed("PUT", f"{path}/map", ADMIN, again, {"map_number": 2}, wrong=Role.SEAT, matched=True),
        Deed("POST", f"{path}/start", ADMIN, why, {"on": True}, matched=True),
        Deed("POST", f"{path}/stop", CENTRE, why, {"on": False}, wrong=Role.STREET_DISPATCHER),
        Deed("POST", f"{path}/wake", ADMIN, {}, {"code": "city"}),
    ], {}, KEPT)  # fmt: skip
    by, auditor = systems(ADMIN), systems(Role.AUDITOR)
    assert by.send("post", "exchange/systems", new).status_code == 409
    short = by.send("put", path, wanted | {"secret": "short"})
    assert (short.status_code, [one["field"] for one in short.json()["errors"]]) == (400, ["secret"])
    bent = by.send("post", "exchange/systems", new | {"code": "bent", "settings": {"address": "ftp://x"}})
    assert (bent.status_code, Peer.objects.count()) == (400, 1)
    reads = ("exchange/systems", path, f"{path}/faring", f"{path}/maps", f"{path}/switchings")
    told = [auditor.get(one) for one in reads]
    assert [one.status_code for one in told] == [200] * len(reads)
    assert not any(secret in one.content.decode() for one in told)
    assert [one["why"] for one in told[3].json()["maps"]] == ["不回电话", "初版"]
    assert [one["on"] for one in told[4].json()["switchings"]] == [False, True]
    assert all(systems(Role.SEAT).get(one).status_code == 403 for one in reads)
    twin = by.send("post", "exchange/systems", new | {"code": "twin"})
    assert (twin.status_code, [one["field"] for one in twin.json()["errors"]]) == (409, ["name"])
    for code in ("second", "third"):
        assert by.send("post", "exchange/systems", new | {"code": code, "name": code}).status_code == 201
    with CaptureQueriesContext(connection) as asked:
        assert len(auditor.get("exchange/systems").json()["systems"]) == 3
    assert len(asked) <= 6


def test_letters_are_tried_read_masked_mended_and_dropped(
    systems: Callable[[Role], Outside], city: City, peer: OpenPeer, orders: Orders
) -> None:
    one, two = ({**each, "appealType": "诉愿"} for each in orders(2))
    bench, by = "exchange/systems/city/try", systems(CENTRE)
    tried = by.send("post", f"{bench}-letters", {"letter": orjson.dumps(one).decode()})
    assert "信件种类" not in (wrong := tried.json()["letters"][0]["wrong"])[0]
    assert (len(wrong), tried.headers["Cache-Control"], Incoming.objects.count()) == (1, "no-store", 0)
    assert by.send("post", f"{bench}-letters", {"letter": "不是"}).status_code == 400
    assert by.send("post", f"{bench}-case", {"number": "990101-000000999"}).status_code == 404
    city.holding.send([one, two])
    once(peer, now())
    listed = by.get("exchange/letters", way="in").json()["letters"]
    assert [(each["number"], each["state"]) for each in listed] == [
        ("SZ000002", "person"),
        ("SZ000001", "person"),
    ]
    world = {"second": listed[0]["id"], "first": listed[1]["id"]}
    letter, read = "exchange/letters/in/{first}", f"exchange/letters/in/{world['first']}"
    seat = systems(Role.SEAT)
    before = traces(KEPT)
    assert [seat.get(each).status_code for each in (read, "exchange/letters")] == [403, 403]
    tries = ((f"{bench}-letters", {"letter": "{}"}), (f"{bench}-case", {"number": "990101-000000001"}))
    assert [seat.send("post", *each).status_code for each in tries] == [403, 403]
    assert traces(KEPT) == before
    seen = by.get(read)
    assert seen.json()["content"]["orderNo"] == "SZ000001"
    assert one["linkPhone"] not in seen.content.decode()
    assert Viewing.objects.get().actor_name == CENTRE.zh
    blind, path = dialect.the_map(), "exchange/systems/city/map"
    blind["in"]["fields"] = {
        name: at for name, at in blind["in"]["fields"].items() if name not in {"name", "phone"}
    }
    assert by.send("put", path, {"map": blind, "why": "不看来电"}).status_code == 200
    shown = by.get(read).content.decode()
    assert not [name for name in ("linkMan", "linkPhone") if one.get(name) and str(one[name]) in shown]
    assert by.send("put", path, {"map": dialect.the_map(), "why": "改回"}).status_code == 200
    mend = {"fields": {"appealType": "投诉"}, "why": "对方新增的类型"}
    gone = {"way": "in", "ids": ["{second}"], "why": "对方已撤回"}
    walk(systems, [
        Deed("POST", f"{letter}/mend", CENTRE, mend, {"count": 1}),
        Deed("POST", "exchange/letters/resend", ADMIN, {"way": "in", "ids": ["{second}"]}, {"count": 1}),
    ], world, KEPT)  # fmt: skip
    once(peer, now())
    walk(systems, [Deed("POST", "exchange/letters/drop", ADMIN, gone, {"count": 1})], world, KEPT)
    would = by.send("post", f"{bench}-case", {"number": case_number(DISTRICT, Case.objects.get().id)})
    assert [each["kind"] for each in would.json()["letters"]][:2] == ["receipt", "state"]
    assert one["linkPhone"] not in would.content.decode()
    assert [each["deed"] for each in by.get(read).json()["mendings"]] == ["mend"]
    assert by.send("post", f"{read}/mend", mend).status_code == 409
    assert [each["number"] for each in by.get("exchange/letters", state="dropped").json()["letters"]] == [
        "SZ000002"
    ]
    assert by.get("exchange/letters", way="out", state="person").status_code == 400
    with CaptureQueriesContext(
        connection,
    ) as asked:
        by.get("exchange/letters", state="taken")
    assert len(asked) <= 4


def test_a_day_is_compared_once_for_each_time_it_is_asked(
    systems: Callable[[Role], Outside], city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(1))
    path, day = "exchange/systems/city/days", {"day": "2026-03-02"}
    reader = systems(Role.AUDITOR)
    before = traces(KEPT)
    assert reader.send("post", path, day).status_code == 403
    assert traces(KEPT) == before
    done = systems(CENTRE).send("post", path, day)
    assert (done.status_code, done.json()["theirs"]) == (201, 1)
    assert [one["lack"] for one in done.json()["differences"]] == ["missing_here"]
    assert reader.get(f"exchange/days/{done.json()['id']}").json() == done.json()
    assert [one["found"] for one in reader.get(path).json()["days"]] == [1]
    seat = systems(Role.SEAT)
    assert [seat.get(one).status_code for one in (path, f"exchange/days/{done.json()['id']}")] == [403, 403]
    assert reader.get("exchange/days/999999").status_code == 404
    assert systems(CENTRE).send("post", "exchange/systems/nobody/days", day).status_code == 404
    for beyond in ("0001-01-01", "9999-12-31"):
        assert systems(CENTRE).send("post", path, {"day": beyond}).status_code == 400
    assert not KeptAnswer.objects.exists()
