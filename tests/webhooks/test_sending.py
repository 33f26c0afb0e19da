"""Receivers fail in many ways: nothing is lost, cases keep their order, others do not wait, and it ends some day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from huying.cases.lifecycle import Verb
from huying.webhooks.actions import leasing, push
from huying.webhooks.models import Delivery, Subscription
from huying.webhooks.queries import deliveries_for
from huying.webhooks.rules.rests import MOST_TRIES
from huying.webhooks.tasks.caring import clear_log, tell_stopped
from tests.cast import DISTRICT, MONDAY
from tests.notices.folk import Folk, appealed, dispatched, step, to
from tests.webhooks.receiver import Receiver, receiving
from tests.webhooks.telling import sender, sent, states, subscribed, told

LATER = MONDAY + timedelta(hours=1)


def one_case(folk: Folk, receiver: Receiver, **more: Any) -> int:
    number, _secret = subscribed(folk.cast, receiver.url, **more)
    dispatched(folk, appealed(folk.cast))
    told(LATER)
    return number


def days(count: float, start: datetime = LATER, every: timedelta = timedelta(minutes=15)) -> list[datetime]:
    return [start + every * number for number in range(int(timedelta(days=count) / every) + 1)]


def test_a_receiver_that_was_away_gets_everything_in_order_once_it_is_back(
    folk: Folk, receiver: Receiver
) -> None:
    one_case(folk, receiver)
    receiver.answer(503, 500, 502, 200)
    for now in days(0.5):
        sent(now)
    assert states() == ["delivered"] * 3
    taken = [one["data"]["sequence"] for one in receiver.told]
    assert taken[:4] == [1, 1, 1, 1]
    assert taken[4:] == [2, 3]
    assert len({headers["webhook-id"] for headers, _ in receiver.asked[:4]}) == 1
    row = Subscription.objects.get()
    assert (row.failures, row.failing_since, row.rest_until) == (0, None, None)


def test_while_it_is_away_it_is_knocked_at_seldom_and_the_others_cost_no_try(
    folk: Folk, receiver: Receiver
) -> None:
    subscribed(folk.cast, receiver.url)
    for number in range(8):
        appealed(folk.cast, f"1381234663{number}")
    told(LATER)
    receiver.answer(500)
    assert sent(LATER) == 1
    assert len(receiver.asked) == 1
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0] * 7 + [1]


def test_after_a_time_of_trouble_nothing_waits_for_a_rest_of_its_own(folk: Folk, receiver: Receiver) -> None:
    subscribed(folk.cast, receiver.url)
    for number in range(4):
        appealed(folk.cast, f"1381234663{number}")
    told(LATER)
    receiver.answer(500)
    for now in days(0.2):
        sent(now)
    assert min(Delivery.objects.values_list("tries", flat=True)) >= 3
    receiver.answer(200)
    back = LATER + timedelta(days=0.2, minutes=30)
    for minutes in range(0, 180, 10):
        sent(back + timedelta(minutes=minutes))
    assert states() == ["delivered"] * 4


def test_one_event_that_is_refused_holds_up_its_own_case_alone_and_is_given_up_in_the_end(
    folk: Folk, receiver: Receiver
) -> None:
    subscribed(folk.cast, receiver.url)
    first = appealed(folk.cast)
    second = appealed(folk.cast, "13812346630")
    dispatched(folk, first)
    dispatched(folk, second)
    told(LATER)
    receiver.answers = [(400, b"no", 0, {}), (200, b"", 0, {})]
    sent(LATER)
    cases = [(int(one["data"]["case"].rpartition("-")[2]), one["data"]["sequence"]) for one in receiver.told]
    assert {seq for case, seq in cases if case == second} == {1, 2, 3}
    assert [seq for case, seq in cases if case == first] == [1]
    receiver.answer(400)
    for now in days(5, LATER + timedelta(minutes=1), timedelta(hours=4)):
        Subscription.objects.update(delivered_at=now)  # it goes on taking others
        Subscription.objects.update(failing_since=None)
        sent(now)
    assert Delivery.objects.filter(case_id=first, seq=1).get().state == "failed"
    assert Delivery.objects.filter(case_id=first, seq=1).get().tries == MOST_TRIES
    assert Subscription.objects.get().stopped_at is None


def test_a_receiver_that_takes_nothing_for_days_is_stopped_and_somebody_is_told_once(
    folk: Folk, receiver: Receiver
) -> None:
    number = one_case(folk, receiver)
    receiver.answer(500)
    for now in days(6, every=timedelta(hours=4)):
        sent(now)
        tell_stopped(DISTRICT, now)
    row = Subscription.objects.get()
    assert row.stop == "failing"
    assert row.stopped_at is not None
    assert timedelta(days=5) <= row.stopped_at - LATER < timedelta(days=6)
    assert to(folk.manager) == ["push_stopped"]
    assert states() == ["waiting"] * 3  # nothing is thrown away
    before = len(receiver.asked)
    sent(LATER + timedelta(days=9))
    assert len(receiver.asked) == before
    assert deliveries_for(folk.cast.administrator, number)[-1].attempts[0].status == 500


def test_gone_is_taken_at_its_word(folk: Folk, receiver: Receiver) -> None:
    one_case(folk, receiver)
    receiver.answer(410)
    sent(LATER)
    assert Subscription.objects.get().stop == "gone"
    assert len(receiver.asked) == 1
    tell_stopped(DISTRICT, LATER)
    assert to(folk.manager) == ["push_stopped"]


def test_it_is_left_alone_for_as_long_as_it_asks(folk: Folk, receiver: Receiver) -> None:
    one_case(folk, receiver)
    receiver.answers = [(429, b"", 0, {"Retry-After": "1800"}), (200, b"", 0, {})]
    sent(LATER)
    sent(LATER + timedelta(minutes=29))
    assert len(receiver.asked) == 1
    sent(LATER + timedelta(minutes=31))
    assert states() == ["delivered"] * 3


def test_a_redirect_is_a_failure(folk: Folk, receiver: Receiver) -> None:
    one_case(folk, receiver)
    receiver.answers = [(302, b"", 0, {"Location": receiver.url})]
    sent(LATER)
    assert len(receiver.asked) == 1
    assert states() == ["waiting"] * 3


@pytest.mark.parametrize(
    "raw",
    [b"\x00\x01rubbish", b"HTTP/1.1 999999 x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"],
)
def test_rubbish_and_answers_that_break_off_are_failures(folk: Folk, receiver: Receiver, raw: bytes) -> None:
    number = one_case(folk, receiver)
    receiver.raw = raw
    sent(LATER)
    assert states() == ["waiting"] * 3
    (tried,) = deliveries_for(folk.cast.administrator, number)[-1].attempts
    assert tried.error.startswith("对方没有应答")
    receiver.raw = b""
    for now in days(0.2):
        sent(now)
    assert states() == ["delivered"] * 3


def test_the_answer_is_kept_up_to_a_bound_whatever_its_bytes(folk: Folk, receiver: Receiver) -> None:
    number = one_case(folk, receiver)
    receiver.answers = [(200, b"\xff\x00" + "好".encode() * 4000, 0, {})]
    sent(LATER)
    (tried,) = deliveries_for(folk.cast.administrator, number)[0].attempts
    assert len(tried.answer) == 1000
    assert "\x00" not in tried.answer


def test_a_slow_receiver_holds_up_no_other(folk: Folk, receiver: Receiver) -> None:
    with receiving() as slow:
        subscribed(folk.cast, slow.url, name="慢")
        slow.answers = [(200, b"", 1.0, {})]
        subscribed(folk.cast, receiver.url, name="快")
        appealed(folk.cast)
        told(LATER)
        held = leasing.take(LATER)  # somebody has the slow one in hand
        assert held is not None
        assert held.name == "慢"
        sent(LATER)
        assert len(receiver.asked) == 1
        assert slow.asked == []


def test_what_a_killed_worker_held_is_sent_again_under_the_same_name(folk: Folk, receiver: Receiver) -> None:
    one_case(folk, receiver)
    late = leasing.take(LATER)
    assert late is not None
    (first, *_rest) = leasing.due(late, LATER, 10)
    assert sent(LATER + timedelta(minutes=1)) == 0
    sent(LATER + leasing.LEASE)
    assert states() == ["delivered"] * 3
    assert not leasing.away(late, first, leasing.Came(0, "too late"), LATER + timedelta(hours=1))
    assert states() == ["delivered"] * 3
    assert Subscription.objects.get().failures == 0


def test_an_address_that_has_come_to_lead_inside_is_not_called(
    folk: Folk, receiver: Receiver, settings: Any
) -> None:
    number = one_case(folk, receiver)
    settings.HUYING_WEBHOOK_NETWORKS = ()
    sent(LATER)
    assert receiver.asked == []
    (tried,) = deliveries_for(folk.cast.administrator, number)[-1].attempts
    assert "内部或保留的网络地址" in tried.error


def test_the_log_is_cleared_after_its_days_and_what_waits_stays(folk: Folk, receiver: Receiver) -> None:
    one_case(folk, receiver)
    receiver.answer(200, 500)
    sent(LATER)
    assert states() == ["delivered", "waiting", "waiting"]
    clear_log(DISTRICT, LATER + timedelta(days=29))
    assert Delivery.objects.count() == 3
    clear_log(DISTRICT, LATER + timedelta(days=31))
    assert states() == ["waiting", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_everything_once_and_every_case_in_order(
    transactional_db: None, folk: Folk, receiver: Receiver
) -> None:
    with receiving() as other:
        subscribed(folk.cast, receiver.url, name="甲")
        subscribed(folk.cast, other.url, name="乙")
        for number in range(6):
            case = appealed(folk.cast, f"1381234664{number}")
            dispatched(folk, case)
            step(folk, case, Verb.SIGN, folk.cast.handler, 9)
        told(LATER)

        def worker(_number: int) -> None:
            for _ in range(8):
                sender(LATER).send_due(LATER)
            connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(worker, range(4)))
        for one in (receiver, other):
            names = [told["id"] for told in one.told]
            assert len(names) == len(set(names)) == 24
            for case_number in {told["data"]["case"] for told in one.told}:
                seqs = [told["data"]["sequence"] for told in one.told if told["data"]["case"] == case_number]
                assert seqs == [1, 2, 3, 4]
    assert push.__name__ == "push"
