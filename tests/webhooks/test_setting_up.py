"""Who may subscribe, to what, and what is refused; replays; the command line."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from huying.kernel import clock
from huying.kernel.errors import Conflict, Denied, HuyingError, Invalid, NotFound
from huying.site.cli import main
from huying.webhooks.actions import (
    NewSubscription,
    change,
    create,
    new_secret_for,
    pause,
    remove,
    replay,
    resend,
    start,
)
from huying.webhooks.actions.replaying import go_on
from huying.webhooks.models import Delivery, Replay, Subscription
from huying.webhooks.queries import deliveries_for, replays_for, subscription_for, subscriptions_for
from huying.webhooks.rules.filters import Filters
from huying.webhooks.tasks.sending import try_now
from tests.cast import DISTRICT, MONDAY, STREET
from tests.notices.folk import Folk, appealed, dispatched
from tests.webhooks.receiver import Receiver, genuine
from tests.webhooks.telling import sender, sent, states, subscribed, told

LATER = MONDAY + timedelta(hours=1)


def test_nobody_else_sees_or_changes_anything(folk: Folk, receiver: Receiver) -> None:
    number, _secret = subscribed(folk.cast, receiver.url)
    before = list(Subscription.objects.values())
    new = NewSubscription("别的", receiver.url)
    for by in (folk.cast.dispatcher, folk.cast.supervisor, folk.cast.auditor, folk.cast.handler):
        for act in (
            lambda by: create(by, new, MONDAY), lambda by: change(by, number, new, MONDAY),
            lambda by: pause(by, number, MONDAY),
            lambda by: start(by, number, MONDAY), lambda by: remove(by, number, MONDAY),
            lambda by: new_secret_for(by, number, MONDAY), lambda by: replay(by, number, MONDAY, position=0),
            lambda by: resend(by, number, [1], MONDAY), lambda by: try_now(by, number, MONDAY),
            lambda by: subscriptions_for(by), lambda by: subscription_for(by, number),
            lambda by: deliveries_for(by, number),
        ):  # fmt: skip
            with pytest.raises(Denied):
                act(by)
    with pytest.raises(NotFound):
        pause(folk.cast.administrator, number + 1, MONDAY)
    assert list(Subscription.objects.values()) == before
    assert Delivery.objects.count() == Replay.objects.count() == 0
    assert receiver.asked == []


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"name": " "}, "name"), ({"address": "http://127.0.0.1.example/"}, "address"),
        ({"address": "https://10.0.0.1/"}, "address"), ({"address": "https://169.254.169.254/latest/"}, "address"),
        ({"address": "https://[::1]/"}, "address"), ({"area": "110101"}, "area"), ({"body_id": 10**9}, "bodies"),
        ({"fields": ("title",)}, "fields"), ({"filters": Filters(verbs=["spy"])}, "verbs"),
        ({"filters": Filters(kinds=["x"])}, "kinds"), ({"filters": Filters(areas=["110101"])}, "areas"),
        ({"filters": Filters(items=["x" * 33])}, "items"), ({"filters": Filters(bodies=[10**9])}, "bodies"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_at_its_field(
    folk: Folk, receiver: Receiver, what: dict[str, Any], field: str
) -> None:
    asked = {"name": "平台", "address": receiver.url, **what}
    with pytest.raises(Invalid) as error:
        create(
            folk.cast.administrator,
            NewSubscription(**asked),
            MONDAY,
            lambda _host, _port: ["10.1.1.1"] if "example" in _host else [_host],
        )
    assert list(error.value.fields) == [field]
    assert Subscription.objects.count() == 0


def test_the_same_press_twice_subscribes_once(folk: Folk, receiver: Receiver) -> None:
    subscribed(folk.cast, receiver.url)
    with pytest.raises(Conflict):
        subscribed(folk.cast, receiver.url)


@pytest.mark.django_db(transaction=True)
def test_what_happens_while_it_is_paused_is_sent_when_it_starts_again(
    transactional_db: None, folk: Folk, receiver: Receiver
) -> None:
    by = folk.cast.administrator
    number, _secret = subscribed(folk.cast, receiver.url)
    pause(by, number, MONDAY + timedelta(minutes=2))
    dispatched(folk, appealed(folk.cast, now=MONDAY + timedelta(minutes=3)))
    told(LATER)
    sent(LATER)
    assert receiver.asked == []
    start(by, number, LATER)
    while go_on(LATER):
        pass
    sent(LATER)
    assert [one["data"]["sequence"] for one in receiver.told] == [1, 2, 3]
    assert all(headers["webhook-replay"] == "1" for headers, _ in receiver.asked)
    (asked,) = replays_for(by, number)
    assert (asked.told, asked.done_at) == (3, LATER)


@pytest.mark.django_db(transaction=True)
def test_a_replay_tells_everything_once_more_under_the_same_names_behind_what_happens_now(
    transactional_db: None, folk: Folk, receiver: Receiver, monkeypatch: Any
) -> None:
    monkeypatch.setattr("huying.webhooks.actions.replaying._BATCH", 2)
    by = folk.cast.administrator
    number, secret = subscribed(folk.cast, receiver.url)
    dispatched(folk, appealed(folk.cast))
    told(LATER)
    sent(LATER)
    Delivery.objects.filter(seq=1).delete()  # cleared from the log since
    first = [one["id"] for one in receiver.told]
    replay(by, number, LATER, position=0)
    with pytest.raises(Conflict):
        replay(by, number, LATER, position=0)
    assert go_on(LATER) == 2  # a worker is killed here, another goes on
    while go_on(LATER):
        pass
    appealed(folk.cast, "13812346650", LATER)
    told(LATER)
    sent(LATER + timedelta(minutes=1))
    again = receiver.asked[3:]
    assert [headers.get("webhook-replay") for headers, _ in again] == [None, "1", "1", "1"]
    assert [one["id"] for one in receiver.told[4:]] == first
    assert all(genuine(secret, headers, body) for headers, body in again)
    assert states() == ["delivered"] * 4
    assert Delivery.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_replay_begins_at_its_moment(transactional_db: None, folk: Folk, receiver: Receiver) -> None:
    by = folk.cast.administrator
    number, _secret = subscribed(folk.cast, receiver.url)
    appealed(folk.cast)
    appealed(folk.cast, "13812346651", MONDAY + timedelta(hours=2))
    replay(by, number, MONDAY + timedelta(hours=3), since=LATER)
    while go_on(MONDAY + timedelta(hours=3)):
        pass
    assert Delivery.objects.count() == 1
    for wrong in ({}, {"since": LATER, "position": 0}, {"since": MONDAY + timedelta(days=9)}):
        with pytest.raises(HuyingError):
            replay(by, number, MONDAY + timedelta(hours=3), **wrong)  # type: ignore[arg-type]


def test_single_ones_of_the_log_are_sent_again(folk: Folk, receiver: Receiver) -> None:
    by = folk.cast.administrator
    number, _secret = subscribed(folk.cast, receiver.url)
    appealed(folk.cast)
    told(LATER)
    sent(LATER)
    (one,) = deliveries_for(by, number)
    assert resend(by, number, [one.id], LATER) == 1
    assert resend(by, number, [one.id], LATER) == 0
    sent(LATER + timedelta(minutes=1))
    assert [headers.get("webhook-replay") for headers, _ in receiver.asked] == [None, "1"]
    assert receiver.asked[0][1] == receiver.asked[1][1]


def test_a_test_message_says_at_once_what_came_of_it_also_while_paused(
    folk: Folk, receiver: Receiver
) -> None:
    by = folk.cast.administrator
    number, secret = subscribed(folk.cast, receiver.url)
    pause(by, number, MONDAY)
    assert try_now(by, number, LATER, sender(LATER)).status == 200
    headers, body = receiver.asked[0]
    assert genuine(secret, headers, body)
    assert orjson.loads(body)["type"] == "ping"
    receiver.answer(500)
    assert try_now(by, number, LATER + timedelta(seconds=1), sender(LATER)).status == 500
    assert [one.state.value for one in deliveries_for(by, number)] == ["failed", "delivered"]
    for second in range(2, 10):
        try_now(by, number, LATER + timedelta(seconds=second), sender(LATER))
    with pytest.raises(Conflict):
        try_now(by, number, LATER + timedelta(seconds=11), sender(LATER))


def test_what_waits_goes_to_the_new_address_and_nothing_to_one_removed(
    folk: Folk, receiver: Receiver
) -> None:
    by = folk.cast.administrator
    number, _secret = subscribed(folk.cast, "http://127.0.0.1:9/")
    appealed(folk.cast)
    told(LATER)
    sent(LATER)
    change(by, number, NewSubscription("网格平台", receiver.url, area=STREET), LATER)
    sent(LATER + timedelta(minutes=1))
    assert len(receiver.asked) == 1
    remove(by, number, LATER)
    appealed(folk.cast, "13812346652", LATER)
    told(LATER)
    sent(LATER + timedelta(hours=1))
    assert len(receiver.asked) == 1
    with pytest.raises(NotFound):
        subscription_for(by, number)


def test_the_command_line_lists_replays_and_tries(folk: Folk, receiver: Receiver, capsys: Any) -> None:
    number, secret = subscribed(folk.cast, receiver.url)
    appealed(folk.cast)
    told(clock.now())
    assert main(["webhooks", "list"]) == 0
    assert "网格平台" in capsys.readouterr().out
    assert main(["webhooks", "try", str(number)]) == 0
    assert "已送达" in capsys.readouterr().out
    assert main(["webhooks", "replay", str(number), "--since", "2026-01-01"]) == 0
    assert Replay.objects.count() == 1
    capsys.readouterr()
    assert main(["webhooks", "deliveries", str(number), "--json"]) == 0
    out = capsys.readouterr().out
    assert "case.receive" in out
    assert secret[6:] not in out
    assert main(["webhooks", "replay", str(number), "--since", "soon"]) == 1
    assert main(["webhooks", "try", "999999"]) == 1
    assert DISTRICT
