"""Subscriptions through the interface: a key's own, nobody else's; what a denial leaves behind."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection

from huying.access.roles import Role
from huying.people.models import KeptAnswer
from huying.webhooks.models import Replay, Subscription
from huying.webhooks.tasks.sending import Sender
from tests.api.conftest import Outside
from tests.cast import OTHER_STREET, Cast
from tests.webhooks.receiver import Receiver, receiving

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.HUYING_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    with receiving() as running:
        yield running


def _subscribed(by: Outside, receiver: Receiver, name: str = "运行中心") -> dict[str, Any]:
    told = by.send(
        "post", "webhooks", {"name": name, "address": receiver.url, "filters": {"verbs": ["file"]}}
    )
    assert told.status_code == 201, told.content.decode()
    assert told.headers["Cache-Control"] == "no-store"
    return dict(told.json())


def test_the_secret_is_told_once_and_kept_nowhere(
    cast: Cast, outside: Callable[..., Outside], receiver: Receiver
) -> None:
    by = outside(Role.DISTRICT_DISPATCHER)
    made = _subscribed(by, receiver)
    number = made["subscription"]["id"]
    read = by.get(f"webhooks/{number}")
    assert made["secret"] not in read.content.decode() + by.get("webhooks").content.decode()
    assert read.json()["filters"]["verbs"] == ["file"]
    renewed = by.send("post", f"webhooks/{number}/secret").json()
    assert renewed["secret"] != made["secret"]
    assert not KeptAnswer.objects.exists()


def test_other_keys_find_nothing_and_change_nothing(
    cast: Cast, outside: Callable[..., Outside], receiver: Receiver
) -> None:
    number = _subscribed(outside(Role.DISTRICT_DISPATCHER), receiver)["subscription"]["id"]
    before = list(Subscription.objects.values())
    body = {"name": "别的", "address": receiver.url}
    for other in (
        outside(Role.STREET_DISPATCHER, OTHER_STREET),
        outside(Role.DEPARTMENT_HANDLER, body_id=cast.housing),
    ):
        assert other.get("webhooks").json()["webhooks"] == []
        for method, path, given in (
            ("get", "", {}), ("put", "", body), ("delete", "", {}), ("post", "/pause", {}), ("post", "/start", {}),
            ("post", "/secret", {}), ("post", "/try", {}), ("get", "/deliveries", {}),
            ("post", "/deliveries/resend", {"ids": [1]}), ("get", "/replays", {}),
            ("post", "/replays", {"since": "2026-01-01T00:00:00Z"}),
        ):  # fmt: skip
            assert other.send(method, f"webhooks/{number}{path}", given).status_code == 404, (method, path)
    assert list(Subscription.objects.values()) == before
    assert not Replay.objects.exists()
    assert receiver.asked == []


def test_paused_started_tried_replayed_and_removed(
    cast: Cast, outside: Callable[..., Outside], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = outside(Role.ADMINISTRATOR)
    number = _subscribed(by, receiver)["subscription"]["id"]
    assert by.send("post", f"webhooks/{number}/pause").json()["stop"] == "paused"
    assert by.send("post", f"webhooks/{number}/pause").status_code == 409
    assert by.send("post", f"webhooks/{number}/start", {"catch_up": False}).json()["stop"] is None
    depths, plain = list[int](), Sender.call

    def called(*given: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return plain(*given)

    monkeypatch.setattr(Sender, "call", called)
    tag = by.get(f"webhooks/{number}").headers["ETag"]
    tried = by.post(f"webhooks/{number}/try", Idempotency_Key="try-00000001", If_Match=tag).json()
    assert 200 <= tried["status"] < 300
    assert depths == [len(connection.savepoint_ids)], "a transaction waits for the receiver"
    log = by.get(f"webhooks/{number}/deliveries").json()["deliveries"]
    assert [(one["kind"], one["state"]) for one in log] == [("ping", "delivered")]
    again = by.send("post", f"webhooks/{number}/deliveries/resend", {"ids": [log[0]["id"]]})
    assert again.json() == {"queued": 1}
    asked = by.send("post", f"webhooks/{number}/replays", {"since": "2020-01-01T00:00:00Z"})
    assert (asked.status_code, len(asked.json()["replays"])) == (202, 1)
    assert by.send("post", f"webhooks/{number}/replays", {"since": "2020-01-01T00:00:00"}).status_code == 400
    assert by.send("delete", f"webhooks/{number}").status_code == 204
    assert by.get(f"webhooks/{number}").status_code == 404


def test_a_list_of_many_costs_as_many_queries_as_one(
    cast: Cast, outside: Callable[..., Outside], receiver: Receiver, django_assert_max_num_queries: Any
) -> None:
    by = outside(Role.ADMINISTRATOR)
    for name in ("一", "二", "三"):
        by.send("post", "webhooks", {"name": name, "address": f"{receiver.url}/{len(name)}{name!a}"})
    by.get("webhooks")
    with django_assert_max_num_queries(3):
        assert by.get("webhooks").status_code == 200
