"""Who was erased by law is in no chat any more, neither by their id nor by a word."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huying.cases.actions import advance
from huying.cases.lifecycle import Basis, Verb
from huying.cases.models import Appeal
from huying.cases.rules.erasing import Gone
from huying.chat.actions.clearing import forget_old
from huying.chat.models import Message, Person
from huying.chat.rules.kinds import Vendor
from huying.chat.tasks.fetching import fetch_due
from huying.erasure.actions import NewErasure, erase
from huying.erasure.actions.unheld import remove_unheld
from huying.erasure.rules.scope import Scope
from huying.kernel.clock import now
from huying.people.models import Caller
from huying.simulate.stand_in import playing
from tests.cast import DISTRICT, Cast
from tests.chat.bringing import bring_to_checked
from tests.chat.conftest import Open
from tests.chat.speaking import Speaker

pytestmark = pytest.mark.django_db


def closed(cast: Cast, mei: Speaker, text: str) -> Appeal:
    mei.say(text)
    mei.say("阳光花园3栋")
    mei.say("1")
    appeal = Appeal.objects.order_by("-id")[0]
    case = bring_to_checked(cast, appeal)
    mei.say("满意")
    advance((DISTRICT, case.id), Verb.CLOSE, by=cast.evaluator, now=now())
    return appeal


def asked(receipt: str, scope: Scope) -> NewErasure:
    return NewErasure(receipt, scope, Basis.ASKED, "本人书面申请", kept=True)


def test_all_of_a_caller_takes_their_chat_whole(
    cast: Cast, client: Client, open_account: Open, settings: Any
) -> None:
    with playing() as vendors:
        mei = Speaker(open_account(Vendor.WECHAT, host=vendors.url), client, "oMei")
        mei.send({"MsgType": "image", "MediaId": "m-1"})
        fetch_due(now())
        appeal = closed(cast, mei, "楼下垃圾没人收")
    other = Speaker(mei.account, client, "oLin")
    other.say("对面路灯不亮")
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 1
    gone = erase(cast.administrator, asked(appeal.receipt, Scope.ALL), now())
    assert gone[Gone.CHAT] > 0
    assert Person.objects.count() == 1
    left = set(Message.objects.values_list("person_id", flat=True))
    assert left == {Person.objects.get().id}
    assert Caller.objects.get(id=appeal.caller_id or 0).erased_at is not None
    # They may write again, as somebody new.
    assert "还没有您反映的事" in mei.say("进度")


def test_one_matter_takes_what_was_said_of_it(cast: Cast, mei: Speaker) -> None:
    first = closed(cast, mei, "楼下垃圾没人收")
    second = closed(cast, mei, "对面路灯不亮")
    erase(cast.administrator, asked(first.receipt, Scope.ONE), now())
    assert not Message.objects.filter(appeal_id=first.id).exists()
    assert Message.objects.filter(appeal_id=second.id).exists()
    answer = mei.say("进度")
    assert "对面路灯不亮" in answer
    assert "垃圾" not in answer


def test_a_picture_that_was_never_filed_goes_after_a_month(
    cast: Cast, client: Client, open_account: Open, settings: Any
) -> None:
    with playing() as vendors:
        mei = Speaker(open_account(Vendor.WECHAT, host=vendors.url), client, "oMei")
        mei.send({"MsgType": "image", "MediaId": "m-1"})
        fetch_due(now())
    later = now() + timedelta(days=31)
    remove_unheld(DISTRICT, forget_old(DISTRICT, later))
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert not Message.objects.exists()
