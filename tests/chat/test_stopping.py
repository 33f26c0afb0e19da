"""退订: a number that writes TD gets no more notices by short message, and takes it back by a word."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.cases.models import Appeal, Entry
from huying.cases.queries.proofs.chain import link_of
from huying.chat.actions.clearing import PERSONS_KEPT, forget_old
from huying.chat.models import Message, Person, SmsStop
from huying.chat.queries.waiting import content_of
from huying.chat.rules.accounts import Held
from huying.chat.rules.conversation import Do, Heard, Known, Talk, step
from huying.chat.rules.kinds import Medium, Vendor
from huying.kernel.clock import now
from huying.notices.actions.telling import tell
from huying.notices.channels.letters import Letter
from huying.notices.models import Notice
from huying.notices.rules.kinds import Way
from huying.notices.tasks.sending import send_due
from tests.cast import DISTRICT, Cast
from tests.chat.bringing import bring_to_checked
from tests.chat.conftest import Open
from tests.chat.speaking import Speaker, short_message

PHONE = "13812346677"
MATTER = "楼下垃圾三天没人收"
SMS = Known(by_sms=True)


@pytest.mark.parametrize("text", ["退订", "TD", "t", "ＴＤ", " td。", "STOP"])
def test_the_words_of_stopping_mean_it_in_short_messages_alone(text: str) -> None:
    assert [deed.do for deed in step(Talk(), Heard(Medium.TEXT, text), SMS).deeds] == [Do.STOP]
    assert Do.STOP not in {deed.do for deed in step(Talk(), Heard(Medium.TEXT, text), Known()).deeds}


@pytest.mark.parametrize("text", ["恢复", "订阅", "start"])
def test_so_do_those_of_taking_it_back(text: str) -> None:
    assert [deed.do for deed in step(Talk(), Heard(Medium.TEXT, text), SMS).deeds] == [Do.RESUME]
    assert not step(Talk(), Heard(Medium.TEXT, text), Known()).deeds


def test_a_sentence_that_begins_so_is_a_matter() -> None:
    assert not step(Talk(), Heard(Medium.TEXT, "退订有线电视的柜台总是没人"), SMS).deeds


def answers() -> list[str]:
    rows = Message.objects.filter(side="ours").order_by("id")
    return [str(content_of(row)["text"]) for row in rows]


@pytest.fixture
def gateway(open_account: Open) -> Held:
    return open_account(Vendor.SMS, sealed=False, send_url="https://sms.example.cn/send")


@pytest.mark.django_db
def test_each_word_is_answered_once_and_who_and_when_is_kept(client: Client, gateway: Held) -> None:
    for text in ("TD", "退订", "T"):
        short_message(client, gateway, PHONE, text)
    assert len(answers()) == 1
    assert "已退订" in answers()[0]
    row = SmsStop.objects.get()
    assert (row.person_id, row.until) == (Person.objects.get().id, None)
    assert PHONE.encode() not in bytes(row.number)
    for text in ("恢复", "订阅"):
        short_message(client, gateway, PHONE, text)
    assert len(answers()) == 2
    assert "已恢复" in answers()[1]
    row.refresh_from_db()
    assert row.until is not None
    assert row.until_person_id == row.person_id
    short_message(client, gateway, "13812346688", "订阅")
    assert "没有退订" in answers()[2]
    short_message(client, gateway, PHONE, "退订")
    assert SmsStop.objects.filter(until=None).count() == 1
    assert SmsStop.objects.count() == 2


def told(cast: Cast) -> list[str]:
    """A case by short message brought to its answer, and the ways by which its caller is told."""
    bring_to_checked(cast, Appeal.objects.get())
    entries = [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")]
    tell(DISTRICT, entries, now() + timedelta(seconds=2))
    return sorted(set(Notice.objects.filter(caller_id__isnull=False).values_list("way", flat=True)))


def filed(client: Client, gateway: Held) -> None:
    for text in (MATTER, "阳光花园", "1"):
        short_message(client, gateway, PHONE, text)


@pytest.mark.django_db
def test_a_number_that_stopped_is_told_nothing_by_either_gateway(
    cast: Cast, client: Client, gateway: Held
) -> None:
    filed(client, gateway)
    short_message(client, gateway, PHONE, "TD")
    assert told(cast) == []


@pytest.mark.django_db
def test_it_is_told_again_once_it_took_that_back(cast: Cast, client: Client, gateway: Held) -> None:
    filed(client, gateway)
    short_message(client, gateway, PHONE, "TD")
    short_message(client, gateway, PHONE, "恢复")
    assert told(cast) == ["chat"]


@pytest.mark.django_db
def test_what_waited_already_is_not_sent(
    cast: Cast, client: Client, gateway: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Letter] = []

    class Kept:
        def send(self, letter: Letter) -> None:
            sent.append(letter)

    monkeypatch.setattr("huying.notices.tasks.sending.carrier_for", lambda way: Kept())
    filed(client, gateway)
    # The gateway's chat is closed: the number is written to as any number is.
    Person.objects.update(left_at=now())
    assert told(cast) == ["sms"]
    short_message(client, gateway, PHONE, "TD")
    send_due(Way.SMS, now() + timedelta(days=2))
    assert sent == []
    assert set(Notice.objects.filter(way="sms").values_list("state", flat=True)) == {"dropped"}


@pytest.mark.django_db
def test_another_chat_of_the_same_person_is_written_to_all_the_same(
    cast: Cast, client: Client, gateway: Held, open_account: Open
) -> None:
    filed(client, gateway)
    Speaker(open_account(Vendor.WECOM), client, "mei").say("帮助")
    caller = Appeal.objects.get().caller_id
    Person.objects.exclude(account_id=gateway.id).update(phone_caller_id=caller)
    short_message(client, gateway, PHONE, "TD")
    assert told(cast) == ["chat"]


@pytest.mark.django_db
def test_a_stop_outlives_whoever_said_it_and_one_taken_back_goes_after_a_year(
    client: Client, gateway: Held
) -> None:
    short_message(client, gateway, PHONE, "TD")
    later = now() + PERSONS_KEPT + timedelta(days=1)
    forget_old(DISTRICT, later)
    assert not Person.objects.exists()
    assert SmsStop.objects.filter(until=None).count() == 1
    SmsStop.objects.update(until=now())
    forget_old(DISTRICT, later)
    assert not SmsStop.objects.exists()
