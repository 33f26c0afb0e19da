"""A resident in a chat: says a matter, gets a number, follows it, adds, hurries, judges."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huying.cases.lifecycle import State
from huying.cases.models import Appeal, Case, Statement
from huying.chat.models import Message, Person
from huying.chat.rules.accounts import Held
from huying.chat.rules.conversation import says
from huying.kernel.clock import now
from huying.kernel.numbers import shown
from huying.people.models import Caller
from tests.cast import DISTRICT, Cast
from tests.chat.speaking import Speaker

pytestmark = pytest.mark.django_db
MATTER = "阳光花园楼下垃圾三天没人收"


def filed(mei: Speaker, text: str = MATTER) -> Appeal:
    mei.say(text)
    mei.say("阳光花园3栋楼下")
    answer = mei.say("1")
    found = re.search(r"\d{4}-\d{4}-\d{4}", answer)
    assert found, answer
    return Appeal.objects.get(receipt=found[0].replace("-", ""))


def test_a_matter_is_filed_by_a_yes_with_its_own_nameless_caller(mei: Speaker) -> None:
    assert "在哪里" in mei.say(MATTER)
    assert Appeal.objects.count() == 0
    assert MATTER in mei.say("阳光花园3栋楼下")
    assert Appeal.objects.count() == 0
    assert "已登记，回执号" in mei.say("是")
    appeal = Appeal.objects.get()
    assert (appeal.text, appeal.channel, appeal.source) == (MATTER, "chat", "wechat")
    assert appeal.place_text == "阳光花园3栋楼下"
    caller = Caller.objects.get()
    assert caller.id == appeal.caller_id
    assert (caller.phone_sealed, caller.name_sealed) == (None, None)


def test_the_same_message_three_times_is_one_and_answered_alike(mei: Speaker) -> None:
    first = mei.say(MATTER)
    assert mei.again() == mei.again() == first
    mei.say("阳光花园3栋楼下")
    receipt = mei.say("1")
    assert mei.again() == receipt
    assert Appeal.objects.count() == 1


def test_what_was_said_is_sealed_and_the_id_is_nowhere_readable(mei: Speaker) -> None:
    mei.say(MATTER)
    row, person = Message.objects.first(), Person.objects.get()
    assert row is not None
    for sealed in (row.said_sealed, person.who_sealed, person.talk_sealed):
        assert sealed is not None
        assert b"oMei" not in bytes(sealed)
        assert MATTER.encode() not in bytes(sealed)
    assert b"oMei" not in bytes(person.who_digest)


def test_how_it_stands_is_told_of_ones_own_alone(mei: Speaker, client: Client, wechat: Held) -> None:
    appeal = filed(mei)
    assert shown(appeal.receipt) in mei.say("进度")
    assert "正在受理" in mei.say(f"进度 {shown(appeal.receipt)}")
    other = Speaker(wechat, client, "oLin-0002")
    assert "还没有您反映的事" in other.say("进度")
    answer = other.say(appeal.receipt)
    assert "没有查到您名下的这个回执号" in answer
    assert MATTER not in answer
    assert "没有找到" in other.say(f"满意 {appeal.receipt}")
    assert "没有找到" in other.say(f"催办 {appeal.receipt}")


def test_a_later_message_is_added_or_a_matter_of_its_own(mei: Speaker) -> None:
    appeal = filed(mei)
    assert "是补充那一件，还是新的事" in mei.say("现在已经发臭了")
    assert "已补充到" in mei.say("1")
    assert Statement.objects.filter(name="note", text="诉求人补充：现在已经发臭了").count() == 1
    assert Appeal.objects.count() == 1
    mei.say("对面路灯也不亮")
    mei.say("2")
    mei.say("阳光花园门口")
    assert "已登记" in mei.say("1")
    assert Appeal.objects.exclude(id=appeal.id).get().text == "对面路灯也不亮"


def test_hurrying_goes_the_tables_way_once_a_day(mei: Speaker) -> None:
    appeal = filed(mei)
    assert "已催办" in mei.say("催办")
    assert "今天已经催过" in mei.say("催一下")
    case = Case.objects.get(district=DISTRICT)
    assert case.length == 2
    assert appeal.id


def checked(cast: Cast, appeal: Appeal) -> Case:
    """The case of an appeal brought to where its caller is asked."""
    from tests.chat.bringing import bring_to_checked

    return bring_to_checked(cast, appeal)


def test_a_caller_judges_by_a_word(mei: Speaker, cast: Cast) -> None:
    appeal = filed(mei)
    assert mei.say("满意") == says.NOT_TO_RATE
    case = checked(cast, appeal)
    assert "办好了" in mei.say("进度")
    assert "已退回重办" in mei.say("不满意，垃圾还在")
    case.refresh_from_db()
    assert case.state == State.HANDLING.value
    assert Statement.objects.filter(name="words", text="垃圾还在").exists()


def test_a_place_is_kept_as_the_vendor_gives_it(mei: Speaker) -> None:
    mei.send({"MsgType": "location", "Location_X": "23.10", "Location_Y": "113.50", "Label": "某路口"})
    mei.say(MATTER)
    mei.say("1")
    appeal = Appeal.objects.get()
    assert appeal.place_text == "某路口"
    assert appeal.lon is not None
    assert abs(appeal.lon - 113.4946) < 0.01


def test_half_a_conversation_is_forgotten_after_a_day(mei: Speaker) -> None:
    mei.say(MATTER)
    from huying.chat.actions.clearing import forget_old

    forget_old(DISTRICT, now() + timedelta(hours=25))
    person = Person.objects.get()
    assert person.stage == "idle"
    assert person.talk_sealed is None
    assert mei.say("1") == says.NOTHING


def test_danger_and_a_person_are_asked_for(mei: Speaker) -> None:
    assert "119" in mei.say("三楼着火了，快来人")
    person = Person.objects.get()
    assert person.wants_at is not None
    assert person.wants_danger
    mei.say("人工")
    assert Person.objects.get().wants_danger


def test_too_many_a_minute_are_not_kept_and_said_so(mei: Speaker) -> None:
    for _ in range(20):
        mei.say("帮助")
    assert "发得太快" in mei.say(MATTER)
    assert Message.objects.filter(side="theirs").count() == 20


def test_who_leaves_is_written_to_no_more_and_may_come_back(mei: Speaker) -> None:
    mei.say(MATTER)
    mei.send({"MsgType": "event", "Event": "unsubscribe"})
    assert Person.objects.get().left_at is not None
    assert "民生诉求服务" in mei.answered(mei.send({"MsgType": "event", "Event": "subscribe"}))
    assert Person.objects.get().left_at is None


@pytest.mark.parametrize("text", ["😀", "𠮷野家门口垃圾", "a" * 5000, "‮翻转", "\u200b", "' OR 1=1 --"])
def test_odd_texts_are_answered(mei: Speaker, text: str) -> None:
    assert mei.answered(mei.send({"MsgType": "text", "Content": text})) != ""
