"""What a city pushes: believed by its signature, kept before it is acknowledged."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from huying.exchange.models import Incoming
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import Connecting
from huying.exchange.rules.signing import headers
from huying.kernel.clock import now
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, Cast
from tests.exchange.conftest import address, set_up

pytestmark = pytest.mark.django_db
Orders = Callable[..., list[dict[str, Any]]]
PATH = f"/api/v1/exchange/{DISTRICT}/city/letters"


@pytest.fixture
def pushing(cast: Cast, city: City) -> OpenPeer:
    return set_up(Connecting.REST_PUSH, dialect.settings(address(city), "rest_push"))


def push(
    said: Any, secret: str = dialect.SECRET, nonce: str = "nonce-0001", at: datetime | None = None
) -> Any:
    body = said if isinstance(said, bytes) else orjson.dumps(said)
    signed = headers(secret, at or now(), nonce, body)
    return Client().post(PATH, body, content_type="application/json", headers=signed)


def test_letters_are_kept_once_and_acknowledged(pushing: OpenPeer, orders: Orders) -> None:
    answer = push({"orders": orders(3)})
    assert answer.json() == {
        "results": [{"number": f"SZ00000{one}", "code": "ok"} for one in (1, 2, 3)], "new": 3,
    }  # fmt: skip
    assert push({"orders": orders(3)}, nonce="nonce-0002").json()["new"] == 0
    assert Incoming.objects.count() == 3


def test_whoever_is_not_believed_leaves_nothing(pushing: OpenPeer, orders: Orders) -> None:
    said = {"orders": orders(1)}
    assert push(said, secret="somebody else's secret").status_code == 401
    assert push(said, at=now() - timedelta(hours=1)).status_code == 401
    assert Client().post(PATH, orjson.dumps(said), content_type="application/json").status_code == 401
    assert push(said).status_code == 200
    assert push(said).status_code == 401
    assert Incoming.objects.count() == 1


@pytest.mark.parametrize("said", [b"<html>", b"3", b"[]", b'{"orders": "x"}', b'["a"]'])
def test_what_is_no_letters_is_answered_and_not_kept(pushing: OpenPeer, said: bytes) -> None:
    assert push(said).status_code in {200, 400}
    assert Incoming.objects.filter(state="taken").count() == 0


def test_a_system_that_is_off_does_not_exist(cast: Cast, orders: Orders) -> None:
    assert push({"orders": orders(1)}).status_code == 404
