"""Those who answer hear of a resident who asks for a person: once for each conversation, and again of danger."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.chat.models import Person
from huying.chat.rules.kinds import Vendor
from huying.kernel.clock import now
from huying.notices.models import Notice
from huying.notices.tasks.asking import tell_asking
from huying.people.actions import NewPost, create_account
from tests.cast import DISTRICT, STREET, Cast
from tests.chat.conftest import Open
from tests.chat.speaking import Speaker
from tests.web.desks import desk

pytestmark = pytest.mark.django_db


def hired(cast: Cast, login: str, role: Role, area: str = str(DISTRICT)) -> int:
    return create_account(cast.system, login, login, [NewPost(role, area)], now() - timedelta(days=1))


def bells(account: int) -> list[Notice]:
    return list(Notice.objects.filter(account_id=account, way="page").order_by("id"))


def test_seats_hear_once_of_each_conversation(cast: Cast, open_account: Open, client: Client) -> None:
    seat = hired(cast, "zuo1", Role.SEAT)
    elsewhere = hired(cast, "jie1", Role.STREET_DISPATCHER, STREET)
    mei = Speaker(open_account(Vendor.WECOM), client, "mei")
    mei.say("人工")
    assert tell_asking(DISTRICT, now()) == 1
    mei.say("人工")
    mei.say("有人在吗，人工")
    assert tell_asking(DISTRICT, now()) == 0
    (bell,) = bells(seat)
    asking = Person.objects.get()
    assert bell.title == "对话待接：请人工答复"
    assert "企业微信" in bell.text
    assert bell.link == f"/chat/people/{asking.id}"
    assert "mei" not in bell.text
    # Whoever answers for one street cannot open it: nobody knows where a writer is.
    assert bells(elsewhere) == []


def test_danger_and_the_next_conversation_ring_again(cast: Cast, open_account: Open, client: Client) -> None:
    seat = hired(cast, "zuo1", Role.SEAT)
    mei = Speaker(open_account(Vendor.WECOM), client, "mei")
    mei.say("人工")
    tell_asking(DISTRICT, now())
    mei.say("楼上着火了")
    mei.say("着火了快来")
    tell_asking(DISTRICT, now())
    assert [(bell.title, bell.urgent) for bell in bells(seat)] == [
        ("对话待接：请人工答复", False), ("对话待接：说到有危险", True),
    ]  # fmt: skip
    desk(Role.SEAT).post(f"/chat/people/{Person.objects.get().id}/settled")
    assert tell_asking(DISTRICT, now()) == 0
    Person.objects.update(wants_at=now() + timedelta(seconds=5))
    assert tell_asking(DISTRICT, now()) == 1
    assert len(bells(seat)) == 3
