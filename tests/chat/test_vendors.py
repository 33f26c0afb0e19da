"""Every vendor through HTTP: what is signed rightly is heard, what is not leaves no trace, what we say arrives."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.cases.models import Appeal
from huying.chat.actions import switch
from huying.chat.actions.accounts import make_account
from huying.chat.channels.adapter import Card
from huying.chat.channels.asking import Refused
from huying.chat.channels.vendors import adapter_for
from huying.chat.models import Message, Person, Token
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import NewAccount
from huying.chat.rules.crypt import Crypt
from huying.chat.rules.kinds import Vendor
from huying.chat.rules.signatures import robot_sign, sorted_sha1
from huying.chat.tasks.fetching import fetch_due
from huying.chat.tasks.sending import send_due
from huying.chat.tasks.telling import tell_groups
from huying.kernel.clock import now
from huying.kernel.errors import Denied, Invalid, Unavailable
from huying.people.queries import caller_with_phone
from huying.simulate.stand_in import Vendors, calls_of, playing
from tests.cast import DISTRICT, Cast
from tests.chat.conftest import Open
from tests.chat.speaking import AES_KEY, TOKEN, Speaker, robot_message, say_to_robot, short_message

pytestmark = pytest.mark.django_db
MATTER = "阳光花园楼下垃圾三天没人收"


@pytest.fixture
def vendors() -> Iterator[Vendors]:
    with playing() as played:
        yield played


def posted(client: Client, key: str, account: Any, text: str, **how: Any) -> int:
    made = calls_of(account, how.pop("who", "oMei"), text, **how)
    answer = client.post(
        f"/chat/{key}/callback", made.body, content_type="application/json", query_params=made.query,
        headers={name: value for name, value in made.headers.items() if name != "Content-Type"},
    )  # fmt: skip
    return answer.status_code


VENDORS = [
    (Vendor.WECHAT, True, "oMei"),
    (Vendor.WECHAT, False, "oMei"),
    (Vendor.MINI, True, "oMei"),
    (Vendor.MINI, False, "oMei"),
    (Vendor.WECOM, True, "mei"),
    (Vendor.DINGTALK, True, "manager1"),
    (Vendor.SMS, False, "13812346677"),
]


@pytest.mark.parametrize(("vendor", "sealed", "who"), VENDORS)
def test_signed_rightly_it_is_heard_once_else_it_leaves_no_trace(
    client: Client, open_account: Open, vendor: Vendor, sealed: bool, who: str
) -> None:
    account = open_account(vendor, sealed=sealed)
    assert posted(client, account.key, account, MATTER, who=who, wrong=True) == 403
    assert posted(client, account.key, account, MATTER, who=who, late=7200) == 403
    assert (Person.objects.count(), Message.objects.count()) == (0, 0)
    assert posted(client, account.key, account, MATTER, who=who, number="12345678901234567") == 200
    assert posted(client, account.key, account, MATTER, who=who, number="12345678901234567") == 200
    assert Message.objects.filter(side="theirs").count() == 1


def test_an_account_that_takes_sealed_messages_takes_no_other(client: Client, wechat: Any) -> None:
    at = str(int(now().timestamp()))
    query = {"signature": sorted_sha1(TOKEN, at, "1"), "timestamp": at, "nonce": "1"}
    body = b"<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>a</Content><MsgId>1</MsgId></xml>"
    answer = client.post(f"/chat/{wechat.key}/callback", body, content_type="text/xml", query_params=query)
    assert answer.status_code == 403


def test_the_address_is_shown_to_be_ours(client: Client, open_account: Open) -> None:
    wechat, wecom = open_account(Vendor.WECHAT), open_account(Vendor.WECOM)
    right = {"signature": sorted_sha1(TOKEN, "1", "2"), "timestamp": "1", "nonce": "2", "echostr": "5566"}
    assert client.get(f"/chat/{wechat.key}/callback", right).content == b"5566"
    assert client.get(f"/chat/{wechat.key}/callback", {**right, "nonce": "3"}).status_code == 403
    echo = Crypt(AES_KEY, wecom.app_id).seal(b"7788")
    signed = {
        "msg_signature": sorted_sha1(TOKEN, "1", "2", echo), "timestamp": "1", "nonce": "2", "echostr": echo,
    }  # fmt: skip
    assert client.get(f"/chat/{wecom.key}/callback", signed).content == b"7788"


@pytest.mark.parametrize(
    "body", [b"x" * 70_000, b"", b"<xml", b"{", b"[]", b"\xff", b'<!DOCTYPE a [<!ENTITY b "c">]><xml/>']
)
def test_bad_bodies_are_refused(client: Client, wechat: Any, body: bytes) -> None:
    at = str(int(now().timestamp()))
    query = {"signature": sorted_sha1(TOKEN, at, "1"), "timestamp": at, "nonce": "1"}
    answer = client.post(f"/chat/{wechat.key}/callback", body, content_type="text/xml", query_params=query)
    assert answer.status_code in {400, 403}
    assert Person.objects.count() == 0


def test_an_account_that_is_off_or_unknown_is_not_there(client: Client, cast: Cast, wechat: Any) -> None:
    switch(cast.administrator, wechat.id, now(), on=False)
    assert posted(client, wechat.key, wechat, MATTER) == 404
    assert posted(client, "0" * 24, wechat, MATTER) == 404


def test_who_may_not_hold_secrets_makes_no_account(cast: Cast) -> None:
    with pytest.raises(Denied):
        make_account(cast.seat, NewAccount(Vendor.CONSOLE, "终端"), now())
    with pytest.raises(Invalid) as wrong:
        make_account(cast.administrator, NewAccount(Vendor.WECOM, "", host="ftp://x"), now())
    assert set(wrong.value.fields) == {"name", "app_id", "agent", "secret", "token", "aes_key", "host"}


def test_wecom_is_answered_at_once_and_nothing_goes_out_twice(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    mei = Speaker(open_account(Vendor.WECOM, host=vendors.url), client, "mei")
    assert "在哪里" in mei.say(MATTER)
    assert send_due(now() + timedelta(minutes=1)) == 0
    assert vendors.sent == []


def test_a_mini_programme_is_answered_by_itself(client: Client, open_account: Open, vendors: Vendors) -> None:
    account = open_account(Vendor.MINI, host=vendors.url)
    assert posted(client, account.key, account, MATTER) == 200
    assert send_due(now()) == 1
    assert "在哪里" in vendors.texts()[0]
    assert vendors.sent[0]["path"] == "/cgi-bin/message/custom/send"
    assert Message.objects.get(side="ours").state == "sent"


def test_dingtalk_answers_where_the_message_came_from_while_that_is_good(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    account = open_account(Vendor.DINGTALK, host=vendors.url)
    soon = int((now() + timedelta(hours=1)).timestamp() * 1000)
    message = robot_message(
        "mei",
        MATTER,
        sessionWebhook=f"{vendors.url}/robot/sendBySession?session=s1",
        sessionWebhookExpiredTime=soon,
    )
    assert say_to_robot(client, account, message).content == b"{}"
    send_due(now())
    assert vendors.sent[0]["path"] == "/robot/sendBySession"
    say_to_robot(client, account, robot_message("mei", "阳光花园"))
    send_due(now() + timedelta(hours=2))
    assert vendors.sent[1]["path"] == "/v1.0/robot/oToMessages/batchSend"
    assert vendors.sent[1]["body"]["userIds"] == ["mei"]


def test_dingtalk_is_asked_nowhere_else_because_of_a_message(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    account = open_account(Vendor.DINGTALK, host=vendors.url)
    soon = int((now() + timedelta(hours=1)).timestamp() * 1000)
    say_to_robot(
        client, account,
        robot_message("mei", MATTER, sessionWebhook="https://elsewhere.example/x", sessionWebhookExpiredTime=soon),
    )  # fmt: skip
    assert Person.objects.get().reply_sealed is None


def test_a_dingtalk_event_is_answered_sealed(client: Client, open_account: Open) -> None:
    account = open_account(Vendor.DINGTALK)
    crypt = Crypt(AES_KEY, account.app_id)
    sealed, at = crypt.seal(b'{"EventType":"check_url"}'), str(int(now().timestamp() * 1000))
    query = {"msg_signature": sorted_sha1(TOKEN, at, "n", sealed), "timestamp": at, "nonce": "n"}
    answer = client.post(
        f"/chat/{account.key}/callback", orjson.dumps({"encrypt": sealed}), content_type="application/json",
        query_params=query,
    )  # fmt: skip
    told = orjson.loads(answer.content)
    assert crypt.open(told["encrypt"]) == b"success"
    assert told["msg_signature"] == sorted_sha1(TOKEN, told["timeStamp"], told["nonce"], told["encrypt"])


def test_a_short_message_is_answered_by_the_gateway(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    account = open_account(Vendor.SMS, sealed=False, send_url=f"{vendors.url}/sms")
    assert short_message(client, account, "13812346677", MATTER).status_code == 200
    assert short_message(client, account, "13812346677", MATTER, secret="other").status_code == 403
    send_due(now())
    assert vendors.sent[0]["body"]["to"] == "13812346677"
    for text in ("阳光花园", "1"):
        short_message(client, account, "13812346677", text)
    # The matter is its number's, as if it had been said by telephone.
    assert caller_with_phone(DISTRICT, "13812346677") == Appeal.objects.get().caller_id


def reach(account: Any, who: str = "oMei", ago: timedelta = timedelta(0)) -> Reach:
    return Reach(DISTRICT, account.id, 1, who, now() - ago)


def test_one_token_is_fetched_and_another_when_it_is_over(open_account: Open, vendors: Vendors) -> None:
    account = open_account(Vendor.WECOM, host=vendors.url)
    adapter = adapter_for(account)
    for text in ("一", "二"):
        adapter.send(reach(account), text, now())
    assert vendors.tokens == 1
    vendors.good_token = ""
    adapter.send(reach(account), "三", now())
    assert vendors.tokens == 2
    assert vendors.texts() == ["一", "二", "三"]
    sealed = Token.objects.get(account_id=account.id).token_sealed
    assert sealed is not None
    assert b"token-2" not in bytes(sealed)


@pytest.mark.parametrize(
    ("code", "kind"), [(45009, Unavailable), (-1, Unavailable), (40003, Refused), (45015, Refused)]
)
def test_codes_are_sorted_into_later_and_never(
    open_account: Open, vendors: Vendors, code: int, kind: type[Exception]
) -> None:
    account = open_account(Vendor.WECHAT, host=vendors.url)
    vendors.trouble = [code]
    with pytest.raises(kind):
        adapter_for(account).send(reach(account), "您好", now())


def test_after_two_days_a_template_or_nothing(open_account: Open, vendors: Vendors) -> None:
    plain = open_account(Vendor.WECHAT, host=vendors.url)
    with pytest.raises(Refused, match="48 小时"):
        adapter_for(plain).send(reach(plain, ago=timedelta(hours=49)), "办好了", now())
    mini = open_account(Vendor.MINI, host=vendors.url, template="T1")
    adapter_for(mini).send(
        reach(mini, ago=timedelta(hours=49)), "办好了，请回复满意或不满意，谢谢您的支持和理解", now()
    )
    sent = vendors.sent[0]
    assert sent["path"] == "/cgi-bin/message/subscribe/send"
    assert len(sent["body"]["data"]["thing1"]["value"]) <= 20


def test_staff_get_a_button_and_groups_a_signed_line(open_account: Open, vendors: Vendors) -> None:
    card = Card("红牌", "案件已超时", "https://huying.example.cn/case/1")
    wecom = open_account(Vendor.WECOM, host=vendors.url)
    adapter_for(wecom).notify(reach(wecom, "li"), card, now())
    assert vendors.sent[0]["body"]["textcard"]["url"] == card.link
    ding = open_account(
        Vendor.DINGTALK,
        host=vendors.url,
        webhook=f"{vendors.url}/robot/send?access_token=x",
        webhook_secret="SEC1",
    )
    adapter_for(ding).notify(reach(ding, "li"), card, now())
    assert vendors.sent[1]["body"]["msg"]["action_card"]["single_url"] == card.link
    adapter_for(ding).announce("有居民请人工", now())
    query = vendors.sent[2]["query"]
    assert query["sign"] == robot_sign("SEC1", query["timestamp"])
    assert len(base64.b64decode(query["sign"])) == 32


def test_a_picture_is_fetched_and_filed_with_its_matter(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    from huying.cases.models import Attachment

    mei = Speaker(open_account(Vendor.WECHAT, host=vendors.url), client, "oMei")
    mei.send({"MsgType": "image", "MediaId": "m-1", "PicUrl": "http://elsewhere.example/p.jpg"})
    assert fetch_due(now()) == 1
    mei.say(MATTER)
    mei.say("阳光花园")
    mei.say("1")
    assert Attachment.objects.filter(stage="appeal").count() == 1
    # One that the vendor gives later is put to the case.
    mei.send({"MsgType": "image", "MediaId": "m-2"})
    mei.say("这是今天的")
    mei.say("1")
    vendors.trouble = [-1]
    fetch_due(now())
    assert Attachment.objects.count() == 1
    fetch_due(now() + timedelta(hours=1))
    assert Attachment.objects.count() == 2


def test_groups_hear_that_a_person_is_asked_for_and_no_word_of_theirs(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    open_account(Vendor.WECOM, host=vendors.url, webhook=f"{vendors.url}/cgi-bin/webhook/send?key=k")
    mei = Speaker(open_account(Vendor.WECHAT), client, "oMei")
    mei.say("三楼着火了，张三在里面")
    assert tell_groups(now()) == 1
    assert tell_groups(now()) == 0
    told = vendors.texts()[0]
    assert "【紧急】" in told
    assert "张三" not in told


def test_a_vendor_that_is_away_is_tried_again_and_a_refusal_is_not(
    client: Client, open_account: Open, vendors: Vendors
) -> None:
    account = open_account(Vendor.MINI, host=vendors.url)
    posted(client, account.key, account, MATTER)
    vendors.trouble = [45009]
    at = now()
    send_due(at)
    row = Message.objects.get(side="ours")
    assert (row.state, row.tries) == ("waiting", 1)
    assert send_due(at) == 0
    vendors.trouble = [45015]
    send_due(at + timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.state, row.next_at) == ("dropped", None)


def test_a_message_costs_no_more_queries_however_much_was_said(client: Client, wechat: Any) -> None:
    mei = Speaker(wechat, client, "oMei")
    counts = []
    for _ in range(3):
        mei.say(MATTER)
        mei.say("阳光花园")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            mei.say("0")
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert counts[2] <= 40


def test_a_time_far_away_is_no_fault(client: Client, wechat: Any) -> None:
    answer = client.post(
        f"/chat/{wechat.key}/callback", b"<xml/>", content_type="text/xml",
        query_params={"timestamp": "9999999999999999", "nonce": "1", "msg_signature": "x"},
    )  # fmt: skip
    assert answer.status_code == 403
