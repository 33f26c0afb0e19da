"""Staff in a chat: bound by a code, told there, answering who asks for a person; and residents told where they wrote."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.models import Entry
from huying.cases.queries.proofs.chain import link_of
from huying.chat.actions import new_staff_code
from huying.chat.models import Account, Message, Person
from huying.chat.rules.accounts import Held
from huying.chat.rules.kinds import Vendor
from huying.chat.tasks.sending import send_due
from huying.chat.tasks.thinking import think_waiting
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.notices.actions import choose
from huying.notices.actions.choosing import NewChoices
from huying.notices.actions.telling import tell
from huying.notices.channels.doors import Codes
from huying.notices.models import Notice
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import Quiet
from huying.notices.tasks.sending import send_due as send_notices
from huying.people.models import Viewing
from huying.simulate.stand_in import playing
from huying.texts.rules.occasions import Occasion
from tests.cast import DISTRICT, STREET, Cast
from tests.chat.bringing import bring_to_checked
from tests.chat.conftest import Open
from tests.chat.speaking import Speaker
from tests.chat.test_resident_journey import filed
from tests.notices.folk import hire
from tests.site.embedded.waiting import until
from tests.web.desks import desk

pytestmark = pytest.mark.django_db
ALWAYS = Quiet(now().time().replace(microsecond=0), now().time().replace(microsecond=0))


def test_a_code_binds_once_and_for_ten_minutes(cast: Cast, open_account: Open, client: Client) -> None:
    folk = hire(cast)
    li = Speaker(open_account(Vendor.WECOM), client, "liming")
    code = new_staff_code(folk.actor(folk.handler), now())
    assert "已绑定工作账号 经办某" in li.say(f"绑定 {code}")
    assert Person.objects.get().staff_id == folk.handler
    other = Speaker(li.account, client, "other")
    assert "绑定码不对" in other.say(f"绑定 {code}")
    old = new_staff_code(folk.actor(folk.mate), now() - timedelta(minutes=11))
    assert "绑定码不对" in other.say(f"绑定 {old}")


def test_staff_choose_the_way_only_when_bound_and_are_told_with_a_button(
    cast: Cast, open_account: Open, client: Client
) -> None:
    folk = hire(cast)
    me = folk.actor(folk.handler)
    chosen = NewChoices({Occasion.ORDER: [Way.PAGE, Way.CHAT]}, ALWAYS, None, "", "")
    with pytest.raises(Invalid) as wrong:
        choose(me, chosen, now())
    assert set(wrong.value.fields) == {"ways"}
    with playing() as vendors:
        li = Speaker(open_account(Vendor.WECOM, host=vendors.url), client, "liming")
        li.say(f"绑定 {new_staff_code(me, now())}")
        choose(me, chosen, now())
        mei = Speaker(li.account, client, "mei")
        bring_to_checked(cast, filed(mei))
        entries = [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")]
        tell(DISTRICT, entries, now() + timedelta(seconds=2))
        assert send_notices(Way.CHAT, now() + timedelta(days=1)) >= 1
        cards = [one["body"] for one in vendors.sent if one["body"].get("touser") == "liming"]
    assert cards[0]["msgtype"] == "textcard"
    assert cards[0]["textcard"]["url"].startswith("https://huying.example.cn/case/")


def test_a_resident_is_told_where_they_wrote(cast: Cast, open_account: Open, client: Client) -> None:
    with playing() as vendors:
        mei = Speaker(open_account(Vendor.WECOM, host=vendors.url), client, "mei")
        bring_to_checked(cast, filed(mei))
        entries = [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")]
        tell(DISTRICT, entries, now() + timedelta(seconds=2))
        rows = Notice.objects.filter(caller_id__isnull=False)
        assert set(rows.values_list("way", flat=True)) == {"chat"}
        send_notices(Way.CHAT, now() + timedelta(days=2))
        assert [one["body"]["touser"] for one in vendors.sent] == ["mei"]


def test_who_asks_for_a_person_is_answered_by_hand_and_the_look_is_written_down(
    cast: Cast, open_account: Open, client: Client
) -> None:
    with playing() as vendors:
        mei = Speaker(open_account(Vendor.WECOM, host=vendors.url), client, "wang-xiaomei-77")
        lin = Speaker(mei.account, client, "lin")
        lin.say("我只是问问路灯的事")
        mei.say("人工")
        seat = desk(Role.SEAT)
        asking = Person.objects.get(wants_at__isnull=False)
        quiet = Person.objects.exclude(id=asking.id).get()
        assert "企业微信" in seat.get("/chat/").content.decode()
        page = seat.get(f"/chat/people/{asking.id}").content.decode()
        assert "人工" in page
        # A name that no random token of the page holds by chance.
        assert "wang-xiaomei-77" not in page
        assert Viewing.objects.filter(what="对话内容").count() == 1
        assert seat.get(f"/chat/people/{quiet.id}").status_code == 404
        for _ in range(2):
            seat.post(f"/chat/people/{asking.id}", {"text": "您好，请说是哪条路。", "key": "k1"})
        # A slow stand-in is asked again, and told once.
        until(lambda: send_due(now()) == 0 and bool(vendors.texts()), 30)
        assert vendors.texts() == ["您好，请说是哪条路。"]
        seat.post(f"/chat/people/{asking.id}/settled")
        assert not Person.objects.filter(wants_at__isnull=False).exists()


def test_who_gives_no_answers_reads_no_chat(cast: Cast, mei: Speaker) -> None:
    mei.say("人工")
    handler = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    person = Person.objects.get()
    assert handler.get("/chat/").status_code == 403
    assert handler.post(f"/chat/people/{person.id}", {"text": "你好", "key": "k"}).status_code == 403
    assert handler.post(f"/chat/people/{person.id}/settled").status_code == 403
    street = desk(Role.STREET_DISPATCHER, STREET)
    assert "现在没有人在等" in street.get("/chat/").content.decode()
    assert street.get(f"/chat/people/{person.id}").status_code == 404
    assert Person.objects.get().wants_at is not None
    assert not Message.objects.filter(by_account__isnull=False).exists()


def test_an_administrator_makes_an_account_and_its_secret_is_never_shown(cast: Cast, client: Client) -> None:
    admin = desk(Role.ADMINISTRATOR)
    given = {
        "vendor": "wechat",
        "name": "龙田发布",
        "app_id": "wx1",
        "secret": "s3cr3t-x",
        "token": "t0k3n-x",
    }
    made = admin.post("/admin/chats", given, follow=True)
    assert made.status_code == 200
    row = Account.objects.get()
    page = made.content.decode()
    assert f"/chat/{row.key}/callback" in page
    assert "s3cr3t-x" not in page
    assert b"s3cr3t-x" not in bytes(row.secrets_sealed or b"")
    assert row.on_at is None
    admin.post(f"/admin/chats/{row.pk}/switch", {"on": "1"})
    admin.post(f"/admin/chats/{row.pk}", {"name": "龙田发布", "app_id": "wx2"})
    row.refresh_from_db()
    assert row.on_at is not None
    assert row.app_id == "wx2"
    told = [str(one.before) + str(one.after) for one in Change.objects.filter(subject="chat")]
    assert len(told) == 3
    assert not any("s3cr3t" in one or "t0k3n" in one for one in told)
    assert admin.post("/admin/chats", {"vendor": "wecom", "name": ""}).status_code == 400
    assert desk(Role.SEAT).get("/admin/chats").status_code == 403


def test_a_phone_is_bound_by_a_code_and_shows_what_was_said_under_it(
    cast: Cast, mei: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huying.cases.actions import NewAppeal, receive
    from huying.people.actions import ensure_callers

    caller = ensure_callers(DISTRICT, [("", "13812346677")], now())[0]
    receive(
        DISTRICT,
        [NewAppeal(text="老问题：下水道堵", channel="web", caller_id=caller)],
        by=cast.system,
        now=now(),
    )
    sent: list[str] = []
    monkeypatch.setattr(
        "huying.notices.channels.codes.carrier_for",
        lambda way: type("Kept", (), {"send": lambda self, letter: sent.append(letter.text)})(),
    )
    mei.say("绑定")
    # It waits for who has a carrier, and is not answered before.
    assert mei.say("13812346677") == ""
    later = now() + timedelta(seconds=2)
    think_waiting(later, Codes())
    code = "".join(char for char in sent[0].split("，")[0] if char.isdigit())
    assert mei.say(code) == ""
    think_waiting(now() + timedelta(seconds=2), Codes())
    assert "下水道堵" in mei.say("进度")
    mei.say("解绑")
    assert "下水道堵" not in mei.say("进度")


def test_the_page_of_choices_gives_a_code(cast: Cast, wechat: Held) -> None:
    seat = desk(Role.SEAT)
    page = seat.post("/account/notices/chat/code").content.decode()
    assert "绑定" in page
    assert seat.get("/account/notices/choices").status_code == 200
