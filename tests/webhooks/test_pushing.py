"""What happens to cases reaches a receiver over HTTP: signed, in order, filtered, without anybody's words."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.cases.actions import follow
from huying.cases.lifecycle import Verb
from huying.people.actions.keys import create_key, revoke_key
from huying.people.queries import actor_of_key
from huying.webhooks.actions import NewSubscription, create, new_secret_for, push
from huying.webhooks.models import Delivery, Subscription
from huying.webhooks.queries import deliveries_for
from huying.webhooks.rules.kinds import Field
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET
from tests.notices.folk import PHONE, Folk, appealed, dispatched, step
from tests.webhooks.receiver import Receiver, genuine
from tests.webhooks.telling import sent, states, subscribed, told

LATER = MONDAY + timedelta(hours=1)


def test_every_step_arrives_once_signed_and_in_the_order_of_the_chain(folk: Folk, receiver: Receiver) -> None:
    _number, secret = subscribed(folk.cast, receiver.url)
    case = appealed(folk.cast)
    dispatched(folk, case)
    told(LATER)
    told(LATER)
    sent(LATER)
    assert [one["type"] for one in receiver.told] == ["case.receive", "case.file", "case.dispatch"]
    assert [one["data"]["sequence"] for one in receiver.told] == [1, 2, 3]
    assert all(genuine(secret, headers, body) for headers, body in receiver.asked)
    assert [headers["webhook-id"] for headers, _ in receiver.asked] == [one["id"] for one in receiver.told]
    assert states() == ["delivered"] * 3
    last = receiver.told[-1]
    assert last["timestamp"] == "2026-03-02T01:06:00.000Z"
    assert last["data"] == {
        "district": "990101", "case": f"990101-{case:09d}", "sequence": 3, "verb": "dispatch", "outcome": None,
        "before": "filed", "after": "dispatched",
        "links": {
            "page": f"https://huying.example.cn/case/990101-{case:09d}",
            "api": f"https://huying.example.cn/api/v1/cases/990101-{case:09d}",
        },
    }  # fmt: skip


def test_no_word_of_a_caller_and_no_person_is_in_any_payload(folk: Folk, receiver: Receiver) -> None:
    subscribed(folk.cast, receiver.url, fields=tuple(Field))
    case = appealed(folk.cast)
    dispatched(folk, case)
    step(folk, case, Verb.NOTE, folk.cast.handler, 9, note="内部情况：邻里纠纷", progress="正在处理")
    told(LATER)
    sent(LATER)
    assert len(receiver.asked) == 4
    whole = b"".join(body + repr(headers).encode() for headers, body in receiver.asked).decode()
    for word in (
        "王女士",
        PHONE,
        PHONE[-4:],
        "春风路",
        "垃圾没人收",
        "内部情况",
        "正在处理",
        "李明",
        "陈建国",
    ):
        assert word not in whole
    data = receiver.told[-1]["data"]
    assert data["body"]["name"] == "城市管理局"
    assert {"item", "area", "kind", "channel", "level", "urgency", "actor_kind", "opened_at"} <= data.keys()
    assert not {"account_id", "appeal_id", "title", "caller", "lon", "lat", "facts"} & data.keys()


def test_nothing_is_asked_twice_of_the_database_where_nobody_subscribed(folk: Folk) -> None:
    for number in range(5):
        appealed(folk.cast, f"1381234660{number}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told(LATER)
    assert len([one for one in asked if "webhooks_" in one["sql"]]) == 1
    assert len(asked) == 2  # the ledger read by the test itself, and the subscriptions


def test_what_is_asked_does_not_grow_with_entries_nor_with_subscriptions(
    folk: Folk, receiver: Receiver
) -> None:
    def queries() -> int:
        Delivery.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            told(LATER)
        return len(asked)

    subscribed(folk.cast, receiver.url)
    appealed(folk.cast)
    few = queries()
    for number in range(6):
        subscribed(folk.cast, receiver.url, name=f"订阅{number}")
        appealed(folk.cast, f"1381234661{number}")
    assert queries() <= few + 6  # the readers differ by name; each asks once


def test_only_what_was_asked_for_arrives(folk: Folk, receiver: Receiver) -> None:
    cast = folk.cast
    subscribed(cast, receiver.url, name="动作", verbs=["dispatch"])
    subscribed(cast, receiver.url, name="别处", areas=[OTHER_STREET])
    subscribed(cast, receiver.url, name="本街", areas=[STREET], verbs=["file"])
    subscribed(cast, receiver.url, name="事项", items=["X"], verbs=["file", "receive"])
    subscribed(cast, receiver.url, name="单位", bodies=[cast.water], verbs=["dispatch"])
    subscribed(cast, receiver.url, name="旁人", bodies=[cast.housing])
    subscribed(cast, receiver.url, name="类型", kinds=["thanks"])
    case = appealed(cast)
    told(LATER)  # before it was filed the case had no item
    dispatched(folk, case)
    told(LATER)
    names = dict(Subscription.objects.values_list("pk", "name"))
    rows = Delivery.objects.order_by("id").values_list("subscription_id", "kind")
    assert sorted((names[number], kind) for number, kind in rows) == sorted([
        ("动作", "case.dispatch"), ("本街", "case.file"), ("事项", "case.file"), ("事项", "case.receive"),
        ("单位", "case.dispatch"),
    ])  # fmt: skip


def test_a_subscription_is_told_no_more_than_a_reader_of_its_area_and_body_sees(
    folk: Folk, receiver: Receiver
) -> None:
    cast = folk.cast
    subscribed(cast, receiver.url, name="另一街道", area=OTHER_STREET)
    subscribed(cast, receiver.url, name="住建", body_id=cast.housing)
    subscribed(cast, receiver.url, name="城管", body_id=cast.urban)
    dispatched(folk, appealed(cast))
    told(LATER)
    seen = set(Delivery.objects.values_list("subscription_id", flat=True))
    assert seen == set(Subscription.objects.filter(name="城管").values_list("pk", flat=True))


def test_a_key_subscribes_for_itself_and_is_told_what_it_may_read_until_it_ends(
    folk: Folk, receiver: Receiver
) -> None:
    cast = folk.cast
    number, raw = create_key(
        cast.administrator,
        "街道平台",
        Role.STREET_DISPATCHER,
        OTHER_STREET,
        MONDAY,
        scopes=[Permission.CASE_READ],
    )
    own = actor_of_key(raw, MONDAY)
    assert own is not None
    create(own, NewSubscription("自己的", receiver.url), MONDAY)
    appealed(cast)
    told(LATER)
    assert Delivery.objects.count() == 0
    other, raw = create_key(cast.administrator, "全区平台", Role.SUPERVISOR, str(DISTRICT), MONDAY)
    wide = actor_of_key(raw, MONDAY)
    assert wide is not None
    create(wide, NewSubscription("全区的", receiver.url), MONDAY)
    told(LATER)
    assert Delivery.objects.count() == 1
    revoke_key(cast.administrator, other, LATER)
    appealed(cast, "13812346670")
    told(LATER)
    assert Delivery.objects.count() == 1
    assert number


def test_what_happened_before_somebody_subscribed_is_not_told(folk: Folk, receiver: Receiver) -> None:
    appealed(folk.cast, now=MONDAY - timedelta(days=3))
    subscribed(folk.cast, receiver.url)
    told(LATER)
    assert Delivery.objects.count() == 0


def test_after_a_change_of_secret_both_sign_for_a_day(folk: Folk, receiver: Receiver) -> None:
    number, old = subscribed(folk.cast, receiver.url)
    new = new_secret_for(folk.cast.administrator, number, MONDAY)
    assert new != old
    appealed(folk.cast)
    told(LATER)
    sent(LATER)
    headers, body = receiver.asked[0]
    assert genuine(old, headers, body)
    assert genuine(new, headers, body)
    Delivery.objects.update(state="waiting", next_at=LATER)
    sent(MONDAY + timedelta(hours=25))
    headers, body = receiver.asked[1]
    assert genuine(new, headers, body)
    assert not genuine(old, headers, body)


def test_secrets_are_kept_sealed(folk: Folk, receiver: Receiver) -> None:
    number, secret = subscribed(folk.cast, receiver.url)
    row = Subscription.objects.get(pk=number)
    assert secret.encode() not in bytes(row.secret_sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM webhooks_subscription s")
        assert secret[6:] not in cursor.fetchone()[0]
    assert secret not in repr(deliveries_for(folk.cast.administrator, number))


@pytest.mark.django_db(transaction=True)
def test_it_follows_the_ledger_by_the_cursor_so_that_nothing_is_lost_or_written_twice(
    transactional_db: None, folk: Folk, receiver: Receiver, monkeypatch: Any
) -> None:
    subscribed(folk.cast, receiver.url)
    for number in range(3):
        dispatched(folk, appealed(folk.cast, f"1381234662{number}"))

    def killed(*_given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("huying.cases.actions.reactions.following._move", killed)
    with pytest.raises(KeyboardInterrupt):
        follow("webhooks", DISTRICT, push, LATER)
    assert Delivery.objects.count() == 0
    monkeypatch.undo()
    while follow("webhooks", DISTRICT, push, LATER, batch=4):
        pass
    assert Delivery.objects.count() == 9
    sent(LATER)
    by_case: dict[str, list[int]] = {}
    for one in receiver.told:
        by_case.setdefault(one["data"]["case"], []).append(one["data"]["sequence"])
    assert list(by_case.values()) == [[1, 2, 3]] * 3
    assert orjson.loads(Delivery.objects.first().body)["id"]  # type: ignore[union-attr]
