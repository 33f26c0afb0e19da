"""The pages of 管理 → 订阅推送: subscribe, the secret once, the log, steps, and who may not."""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.webhooks.models import Delivery, Replay, Subscription
from tests.cast import DISTRICT, MONDAY, Cast
from tests.notices.folk import appealed
from tests.web.desks import desk, named_streets
from tests.webhooks.receiver import Receiver, genuine, receiving
from tests.webhooks.telling import sent, subscribed, told

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.HUYING_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    with receiving() as running:
        yield running


@pytest.fixture
def admin(cast: Cast) -> Client:
    named_streets()
    return desk(Role.ADMINISTRATOR)


def test_a_subscription_is_made_its_secret_shown_once_and_tested(
    cast: Cast, admin: Client, receiver: Receiver
) -> None:
    assert "还没有订阅" in admin.get("/admin/webhooks/").content.decode()
    form = {"name": "网格平台", "address": receiver.url, "area": str(DISTRICT), "verbs": ["close", "dispatch"],
            "items": "X1 X2", "fields_told": ["item"]}  # fmt: skip
    page = admin.post("/admin/webhooks/new", form).content.decode()
    row = Subscription.objects.get()
    assert (row.verbs, row.items, row.fields) == (["close", "dispatch"], ["X1", "X2"], ["item"])
    secret = page.split("<code>")[1].split("</code>")[0]
    assert secret.startswith("whsec_")
    assert secret not in admin.get(f"/admin/webhooks/{row.pk}").content.decode()
    tried = admin.post(f"/admin/webhooks/{row.pk}/try", follow=True).content.decode()
    assert "测试消息已送达" in tried
    assert genuine(secret, *receiver.asked[0])
    assert "网格平台" in admin.get("/admin/webhooks/").content.decode()
    english = admin.get("/admin/webhooks/", headers={"accept-language": "en"}).content.decode()
    assert english


def test_a_refusal_keeps_what_was_typed_and_says_why_at_its_field(
    cast: Cast, admin: Client, settings: Any
) -> None:
    settings.HUYING_WEBHOOK_NETWORKS = ()
    form = {"name": "网格平台", "address": "https://127.0.0.1/hook", "area": str(DISTRICT)}
    answer = admin.post("/admin/webhooks/new", form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "内部或保留的网络地址" in page
    assert "https://127.0.0.1/hook" in page
    assert Subscription.objects.count() == 0


def test_the_log_shows_what_was_sent_and_answered_and_sends_it_again(
    cast: Cast, admin: Client, receiver: Receiver
) -> None:
    number, _secret = subscribed(cast, receiver.url)
    receiver.answers = [(200, b"<b>thanks</b>", 0, {})]
    appealed(cast)
    told(LATER)
    sent(LATER)
    one = Delivery.objects.get()
    assert "登记" in admin.get(f"/admin/webhooks/{number}").content.decode()
    page = admin.get(f"/admin/webhooks/{number}/log/{one.id}").content.decode()
    assert "&quot;type&quot;: &quot;case.receive&quot;" in page
    assert "&lt;b&gt;thanks&lt;/b&gt;" in page
    admin.post(f"/admin/webhooks/{number}/resend", {"id": [str(one.id), "x"]})
    assert Delivery.objects.get().state == "waiting"


def test_steps_are_pressed(cast: Cast, admin: Client, receiver: Receiver) -> None:
    number, _secret = subscribed(cast, receiver.url)
    for step, form in (
        ("pause", {}),
        ("start", {"catch_up": "1"}),
        ("replay", {"since": "2026-01-01T00:00"}),
    ):
        assert admin.post(f"/admin/webhooks/{number}/{step}", form).status_code == 302
    assert Replay.objects.count() == 1  # the one of the start still runs
    assert "whsec_" in admin.post(f"/admin/webhooks/{number}/secret").content.decode()
    changed = {"name": "新名", "address": receiver.url, "area": str(DISTRICT)}
    assert admin.post(f"/admin/webhooks/{number}", changed).status_code == 302
    assert Subscription.objects.get().name == "新名"
    admin.post(f"/admin/webhooks/{number}/remove")
    assert admin.get(f"/admin/webhooks/{number}").status_code == 404


def test_the_list_asks_the_same_whatever_there_is(
    cast: Cast, admin: Client, receiver: Receiver, django_assert_num_queries: Any
) -> None:
    subscribed(cast, receiver.url)
    appealed(cast)
    told(LATER)
    admin.get("/admin/webhooks/")
    with django_assert_num_queries(8):
        admin.get("/admin/webhooks/")
    for number in range(5):
        subscribed(cast, receiver.url, name=f"第{number}个")
    told(LATER)
    with django_assert_num_queries(8):
        admin.get("/admin/webhooks/")


def test_others_do_not_get_in(cast: Cast, receiver: Receiver) -> None:
    number, _secret = subscribed(cast, receiver.url)
    other = desk(Role.SUPERVISOR)
    for path in ("", "new", str(number)):
        assert other.get(f"/admin/webhooks/{path}").status_code == 403
    assert other.post(f"/admin/webhooks/{number}/remove").status_code == 403
    assert Subscription.objects.get().removed_at is None
