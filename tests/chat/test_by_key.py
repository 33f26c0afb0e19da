"""Chats by a key: accounts whose secrets nobody reads, and answering who asks for a person; a denial leaves no trace."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.annals.models import Change
from huying.chat.models import Account, Message, Person
from huying.chat.rules.accounts import Held
from huying.chat.rules.kinds import Vendor
from huying.kernel.clock import now
from huying.people.actions import create_key
from huying.people.models import ApiKey, KeptAnswer, Viewing
from huying.simulate.stand_in import playing
from tests.api.conftest import Outside
from tests.api.deeds import Deed, traces, walk
from tests.cast import DISTRICT, STREET, Cast
from tests.chat.conftest import Open
from tests.chat.speaking import SECRET, TOKEN, Speaker

pytestmark = pytest.mark.django_db
KEPT = (Account, Person, Message, Change, Viewing)
ADMIN, CENTRE, SEAT = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.SEAT


@pytest.fixture
def systems(cast: Cast) -> Callable[[Role], Outside]:
    return cache(lambda role: Outside(create_key(cast.system, role.zh, role, str(DISTRICT), now())[1]))


def test_an_account_is_set_up_and_its_secrets_are_read_by_nobody(systems: Callable[[Role], Outside]) -> None:
    secrets = {"secret": "first-secret", "token": "first-token"}
    new = {"vendor": "wechat", "name": "龙田发布", "app_id": "wx1", "secrets": secrets}
    other = {"name": "龙田街道", "app_id": "wx1", "secrets": {"secret": "second-secret"}}
    world: dict[str, object] = {}
    walk(systems, [
        Deed("POST", "chat-accounts", ADMIN, new, {"on_at": None}, 201, wrong=CENTRE, finds="account"),
        Deed("PUT", "chat-accounts/{account}", ADMIN, other, {"name": "龙田街道", "vendor": "wechat"}, matched=True),
        Deed("POST", "chat-accounts/{account}/start", ADMIN, {}, {"id": "{account}"}, wrong=SEAT, matched=True),
        Deed("POST", "chat-accounts/{account}/stop", ADMIN, {}, {"on_at": None}),
    ], world, KEPT)  # fmt: skip
    admin, path = systems(ADMIN), f"chat-accounts/{world['account']}"
    told = [admin.get("chat-accounts"), admin.get(path)]
    assert told[1].json()["has"] == ["secret", "token"]
    assert told[1].json()["address"].endswith(f"/chat/{Account.objects.get().key}/callback")
    written = "".join(one.content.decode() for one in told) + str(list(Change.objects.values()))
    assert not [one for one in ("first-secret", "first-token", "second-secret") if one in written]
    assert admin.send("post", "chat-accounts", new | {"name": "龙田街道"}).status_code == 409
    # Who may set it up may not have the secret sent to a server of their own.
    led = {"name": "龙田街道", "app_id": "wx1", "host": "https://elsewhere.example.cn"}
    kept = traces(KEPT)
    lost = admin.send("put", path, led)
    assert (lost.status_code, [one["field"] for one in lost.json()["errors"]]) == (400, ["secret"])
    assert traces(KEPT) == kept
    assert admin.send("put", path, led | {"secrets": {"secret": "third-secret"}}).status_code == 200
    missing = admin.send("post", "chat-accounts", {"vendor": "wecom", "name": "企业号"})
    assert {one["field"] for one in missing.json()["errors"]} == {
        "app_id",
        "agent",
        "secret",
        "token",
        "aes_key",
    }
    assert [systems(CENTRE).get(one).status_code for one in ("chat-accounts", path)] == [403, 403]
    assert admin.get("chat-accounts/999999").status_code == 404


def test_an_account_is_tried_and_the_vendors_no_is_told(
    systems: Callable[[Role], Outside], open_account: Open
) -> None:
    with playing() as vendors:
        good = open_account(Vendor.WECOM, host=vendors.url)
        nowhere = open_account(Vendor.WECHAT, host="http://127.0.0.1:9")
        admin, auditor = systems(ADMIN), systems(Role.AUDITOR)
        before = traces(KEPT)
        assert auditor.send("post", f"chat-accounts/{good.id}/try").status_code == 403
        assert admin.send("post", f"chat-accounts/{good.id}/try").json()["id"] == good.id
        assert admin.send("post", f"chat-accounts/{nowhere.id}/try").status_code == 503
        assert traces(KEPT) == before


def test_who_asks_for_a_person_is_answered_by_a_system_that_is_named(
    cast: Cast, systems: Callable[[Role], Outside], wechat: Held, client: Client, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    mei, lin = Speaker(wechat, client, "oMei-0001"), Speaker(wechat, client, "oLin-0002")
    lin.say("我只是问问路灯的事")
    mei.say("人工")
    asking = Person.objects.get(wants_at__isnull=False)
    quiet = Person.objects.exclude(id=asking.id).get()
    seat, handler = systems(SEAT), systems(Role.DEPARTMENT_HANDLER)
    before = traces(KEPT)
    assert [handler.get(one).status_code for one in ("chats", f"chats/{asking.id}")] == [403, 403]
    assert traces(KEPT) == before
    listed = seat.get("chats").json()["chats"]
    assert [(one["id"], one["vendor"], "said" in one) for one in listed] == [(asking.id, "wechat", False)]
    lin.say("人工")
    with django_assert_max_num_queries(4):
        assert len(seat.get("chats").json()["chats"]) == 2
    systems(CENTRE).post(f"chats/{quiet.id}/settle")
    Viewing.objects.all().delete()
    read = seat.get(f"chats/{asking.id}")
    assert "人工" in [one["text"] for one in read.json()["said"]]
    assert read.headers["Cache-Control"] == "no-store"
    assert not [one for one in ("oMei-0001", SECRET, TOKEN) if one in read.content.decode()]
    assert [(one.what, one.actor_name) for one in Viewing.objects.all()] == [("对话内容", SEAT.zh)]
    assert seat.get(f"chats/{quiet.id}").status_code == 404
    street = Outside(create_key(cast.system, "街道", Role.STREET_DISPATCHER, STREET, now())[1])
    assert street.get("chats").json()["chats"] == []
    assert street.get(f"chats/{asking.id}").status_code == 404
    words = {"key": "chat-0001", "text": "您好，请说是哪条路。"}
    world = {"chat": asking.id}
    walk(systems, [
        Deed("POST", "chats/{chat}/answers", SEAT, words, {"id": "{chat}"}, 201, wrong=Role.AUDITOR),
        Deed("POST", "chats/{chat}/settle", CENTRE, {}, {"id": "{chat}"}, wrong=Role.EVALUATOR),
    ], world, KEPT)  # fmt: skip
    assert seat.post(f"chats/{asking.id}/answers", words).status_code == 201
    said = Message.objects.get(by_key__isnull=False)
    assert ApiKey.objects.get(pk=said.by_key).role == Role.SEAT
    assert said.next_at is not None
    assert said.next_at - now() < timedelta(seconds=1)
    # Whom a person was asked for stays readable to those who answered, also by a system.
    assert seat.get(f"chats/{asking.id}").status_code == 200
    assert KeptAnswer.objects.count() == 2
