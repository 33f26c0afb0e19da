"""The pages of the exchange: who may see them, the bench, mending, and a day compared."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.cases.models import Case
from huying.exchange.models import Incoming, Peer
from huying.exchange.queries import held
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.tasks.turning import once
from huying.kernel.clock import now
from huying.people.actions import NewPost, create_account
from huying.people.actions.bodies import close_body
from huying.people.models import Viewing
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, Cast
from tests.exchange.conftest import follow
from tests.people.cast import PASSWORD, enter

pytestmark = pytest.mark.django_db
Orders = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def desk(cast: Cast) -> Client:
    post = NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT))
    made = create_account(
        cast.system, "fen1", "何伟", [post], now(), password=PASSWORD, must_change_password=False
    )
    client = Client()
    enter(client, made)
    return client


def test_a_letter_is_tried_and_nothing_is_kept(desk: Client, peer: OpenPeer, orders: Orders) -> None:
    letter = orjson.dumps({**orders(1)[0], "appealType": "诉愿"}).decode()
    page = desk.post("/admin/exchange/system/city/try", {"letter": letter}).content.decode()
    assert "“诉愿”没有对应。" in page
    assert not Incoming.objects.exists()
    assert not Case.objects.exists()


def test_a_stuck_letter_is_read_masked_mended_and_taken(
    desk: Client, city: City, peer: OpenPeer, orders: Orders
) -> None:
    one = {**orders(1)[0], "appealType": "诉愿"}
    city.holding.send([one])
    once(peer, now())
    row = Incoming.objects.get()
    assert "SZ000001" in desk.get("/admin/exchange/letters").content.decode()
    path = f"/admin/exchange/letters/in/{row.id}"
    page = desk.get(path).content.decode()
    assert one["linkPhone"] not in page
    assert Viewing.objects.exists()
    desk.post(path, {"path": "appealType", "value": "投诉", "why": "对方新增的类型"})
    once(peer, now())
    assert Case.objects.count() == 1


def test_every_page_opens(desk: Client, city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(2))
    once(peer, now())
    assert "市12345" in desk.get("/admin/exchange/").content.decode()
    assert "试验台" in desk.get("/admin/exchange/system/city").content.decode()
    day = desk.post("/admin/exchange/system/city/days", {"day": "2026-03-02"}, follow=True)
    assert "两边一样" in day.content.decode()
    sheet = desk.get(f"{day.redirect_chain[-1][0]}.csv")
    assert sheet.status_code == 200
    off = desk.post("/admin/exchange/system/city/switch", {"on": "0", "why": "对方维护"}, follow=True)
    assert "对方维护" in off.content.decode()
    assert desk.get("/admin/exchange/letters?way=out&state=sent").status_code == 200
    assert desk.get("/admin/exchange/system/nobody").status_code == 404


def test_for_which_unit_a_system_speaks_is_chosen_and_stays(
    desk: Client, cast: Cast, city: City, peer: OpenPeer
) -> None:
    path = "/admin/exchange/system/city"
    form = {
        "name": "环卫系统", "direction": "both", "scope": "own", "area": str(DISTRICT), "secret": "",
        "settings": orjson.dumps(dict(peer.settings)).decode(),
    }  # fmt: skip
    assert not peer.actor.may(Permission.ORDER_REPORT)
    assert desk.post(f"{path}/settings", {**form, "body": "999999"}).status_code == 400
    assert desk.post(f"{path}/settings", {**form, "body": str(cast.housing)}).status_code == 302
    held.forget(DISTRICT)
    again = open_peer(DISTRICT, "city")
    assert again is not None
    assert [one.body_id for one in again.actor.grants_for(Permission.ORDER_REPORT)] == [cast.housing]
    assert f'<option value="{cast.housing}" selected>' in desk.get(path).content.decode()
    # A unit that was closed since is still offered where it was chosen, and saving keeps it.
    close_body(cast.system, cast.housing, now())
    assert f'<option value="{cast.housing}" selected>' in desk.get(path).content.decode()
    assert desk.post(f"{path}/settings", {**form, "body": str(cast.housing)}).status_code == 302
    assert Peer.objects.get().body_id == cast.housing
    assert desk.post(f"{path}/settings", form).status_code == 302
    assert Peer.objects.get().body_id is None


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/admin/exchange/", 20),
        ("/admin/exchange/system/city", 24),
        ("/admin/exchange/letters", 20),
        ("/admin/exchange/letters?way=out&state=sent", 20),
    ],
)
def test_more_letters_cost_no_more_queries(
    desk: Client, city: City, peer: OpenPeer, orders: Orders, path: str, most: int
) -> None:
    counts = []
    for first, count in ((1, 2), (3, 12)):
        stuck = [{**one, "appealType": "诉愿"} for one in orders(count, first + 100)]
        city.holding.send([*orders(count, first), *stuck])
        once(peer, now())
        follow(now())
        once(peer, now())
        desk.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[0] <= most
