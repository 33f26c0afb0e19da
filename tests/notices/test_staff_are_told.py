"""Who of the staff hears what, by the table; nobody hears of what they did themselves, and nobody twice."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.access.actor import Actor, ActorKind, system
from huying.access.roles import Role
from huying.cases.actions import fire_due
from huying.cases.lifecycle import Outcome, Verb
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.dispose.actions import speak
from huying.notices.actions import announce, choose, mark_all_read, mark_read
from huying.notices.actions.choosing import NewChoices
from huying.notices.actions.digesting import gather_due
from huying.notices.models import Notice
from huying.notices.queries import my_notices, unread_count
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import NEVER, Quiet
from huying.notices.tasks.talking import tell_talk
from huying.people.actions import NewPost, create_account, create_key, create_post, end_post
from huying.people.queries import posts_ever
from huying.texts.rules.occasions import Occasion
from tests.cast import DISTRICT, MONDAY, OTHER_STREET
from tests.notices.folk import REPLY, Folk, appealed, dispatched, step, to, told

LATER = MONDAY + timedelta(hours=2)
ZONE = ZoneInfo("Asia/Shanghai")


def test_a_new_order_is_told_to_the_bodies_it_goes_to_and_to_nobody_else(folk: Folk) -> None:
    dispatched(folk, appealed(folk.cast))
    told(LATER)
    assert to(folk.handler) == to(folk.mate) == to(folk.helper) == ["order"]
    assert to(folk.stranger) == to(folk.leader) == to(folk.manager) == []
    row = Notice.objects.get(account_id=folk.handler)
    assert row.title == "新工单：春风路垃圾没人收"
    assert "城市管理局" in row.text
    assert row.link.startswith("/case/990101-")
    assert "http" not in row.text


def test_told_twice_stands_once(folk: Folk) -> None:
    dispatched(folk, appealed(folk.cast))
    told(LATER)
    told(LATER)
    assert Notice.objects.filter(account_id=folk.handler).count() == 1


def test_what_happened_long_ago_is_told_to_nobody(folk: Folk) -> None:
    dispatched(folk, appealed(folk.cast))
    told(MONDAY + timedelta(days=4))
    assert not Notice.objects.exists()


def test_the_way_of_a_case_is_told_to_each_in_turn(folk: Folk) -> None:
    cast, case_id = folk.cast, appealed(folk.cast)
    dispatched(folk, case_id)
    handler = folk.actor(folk.handler)
    step(folk, case_id, Verb.SIGN, handler, 20)
    step(folk, case_id, Verb.ASK_EXTENSION, handler, 30, reason="要等配件")
    step(folk, case_id, Verb.RECOMMEND, folk.actor(folk.dispatcher), 40, Outcome.AGREED)
    step(folk, case_id, Verb.APPROVE, folk.actor(folk.leader), 50, Outcome.EXTENDED)
    step(folk, case_id, Verb.REMIND, cast.supervisor, 55)
    step(folk, case_id, Verb.SUPERVISE, cast.supervisor, 60, supervision="今天办完")
    step(folk, case_id, Verb.REPLY_SUPERVISION, handler, 65, note="马上办")
    step(folk, case_id, Verb.SIGN, folk.actor(folk.helper), 66)
    step(folk, case_id, Verb.REPORT, folk.actor(folk.helper), 70, result="已配合", solved=True)
    step(folk, case_id, Verb.REPORT, handler, 75, result="清了", reply=REPLY, solved=True)
    step(folk, case_id, Verb.CHECK, cast.dispatcher, 80, Outcome.REWORK, reason="还有垃圾")
    told(LATER)
    assert to(folk.handler) == ["order", "decided", "urged", "supervised", "returned"]
    assert to(folk.dispatcher) == ["to_decide"]
    assert to(folk.leader) == ["to_decide", "to_decide", "supervision_answered"]
    decided = Notice.objects.get(account_id=folk.handler, occasion="decided")
    assert "准予延期" in decided.text


def test_who_issued_a_supervision_order_hears_its_answer_wherever_they_sit(folk: Folk) -> None:
    far = create_account(
        folk.cast.system,
        "督办",
        "督办某",
        [NewPost(Role.SUPERVISOR, str(DISTRICT), None)],
        MONDAY - timedelta(days=9),
    )
    case_id = appealed(folk.cast)
    dispatched(folk, case_id)
    step(folk, case_id, Verb.SIGN, folk.actor(folk.handler), 20)
    step(folk, case_id, Verb.SUPERVISE, folk.actor(far), 60, supervision="今天办完")
    step(folk, case_id, Verb.REPLY_SUPERVISION, folk.actor(folk.handler), 65, note="马上办")
    told(LATER, ["reply_supervision"])
    assert to(far) == to(folk.leader) == ["supervision_answered"]


def test_who_moved_to_another_post_hears_no_more_of_the_answer(folk: Folk) -> None:
    by = folk.cast.system
    far = create_account(by, "督办", "督办某", [NewPost(Role.SUPERVISOR, str(DISTRICT), None)], MONDAY)
    case_id = appealed(folk.cast)
    dispatched(folk, case_id)
    step(folk, case_id, Verb.SIGN, folk.actor(folk.handler), 20)
    step(folk, case_id, Verb.SUPERVISE, folk.actor(far), 60, supervision="今天办完")
    end_post(by, posts_ever(by, far)[0].id, MONDAY + timedelta(minutes=61))
    create_post(by, far, NewPost(Role.STREET_DISPATCHER, OTHER_STREET), MONDAY + timedelta(minutes=62))
    step(folk, case_id, Verb.REPLY_SUPERVISION, folk.actor(folk.handler), 65, note="马上办")
    told(LATER, ["reply_supervision"])
    assert (to(far), to(folk.leader)) == ([], ["supervision_answered"])


def test_a_dispute_is_told_to_who_rules_and_the_ruling_to_both_bodies(folk: Folk) -> None:
    case_id = appealed(folk.cast)
    step(folk, case_id, Verb.FILE, folk.cast.dispatcher, 5, item="X1")
    step(folk, case_id, Verb.DISPATCH, folk.cast.dispatcher, 6, body=folk.cast.urban)
    step(folk, case_id, Verb.DISPUTE, folk.actor(folk.handler), 10, grounds="不归我们")
    step(
        folk,
        case_id,
        Verb.RULE,
        folk.actor(folk.ruler),
        20,
        Outcome.UPHELD,
        ruling="归水务",
        body=folk.cast.water,
    )
    told(LATER)
    assert to(folk.ruler) == ["to_rule"]
    assert to(folk.handler) == ["order", "ruled"]
    assert to(folk.helper) == ["order"]


def test_cards_go_to_who_must_act_and_the_red_one_to_who_supervises(folk: Folk) -> None:
    dispatched(folk, appealed(folk.cast))
    folk_later = MONDAY + timedelta(days=60)
    while fire_due(folk_later):
        folk_later += timedelta(minutes=2)
    told(folk_later)
    assert {"yellow", "red", "supervised"} <= set(to(folk.handler))
    assert "red" in to(folk.leader)
    assert "yellow" not in to(folk.leader)
    assert to(folk.stranger) == []


def test_what_a_leader_does_about_a_demand_is_told_to_the_body(folk: Folk) -> None:
    case_id, leader = appealed(folk.cast), folk.actor(folk.leader)
    dispatched(folk, case_id)
    step(folk, case_id, Verb.SIGN, folk.actor(folk.handler), 20)
    step(folk, case_id, Verb.SUPERVISE, leader, 30, supervision="今天办完")
    at = MONDAY + timedelta(minutes=40)
    step(
        folk, case_id, Verb.INTERVIEW, leader, 40, body=folk.cast.urban, interviewed="王队长", held_at=at, talk="谈",
        rectification="加一班", promise_until=at + timedelta(days=2),
    )  # fmt: skip
    step(folk, case_id, Verb.LIFT, leader, 50, reason="已当面说清")
    told(LATER)
    assert to(folk.handler) == ["order", "supervised", "interviewed", "lifted"]
    assert "王队长" not in Notice.objects.get(account_id=folk.handler, occasion="interviewed").text
    late = MONDAY + timedelta(days=9)
    while fire_due(late):
        late += timedelta(minutes=2)
    told(late, ["break_promise"])
    assert to(folk.leader)[-1] == "to_interview"


def test_who_takes_a_case_over_hears_of_its_open_demand(folk: Folk) -> None:
    case_id = appealed(folk.cast)
    step(folk, case_id, Verb.FILE, folk.cast.dispatcher, 5, item="X1")
    step(folk, case_id, Verb.DISPATCH, folk.cast.dispatcher, 6, body=folk.cast.urban)
    step(folk, case_id, Verb.SUPERVISE, folk.actor(folk.leader), 10, supervision="今天办完")
    step(folk, case_id, Verb.REASSIGN, folk.actor(folk.dispatcher), 20, body=folk.cast.water, reason="派错")
    told(LATER, ["reassign"])
    assert to(folk.helper) == ["order", "supervised"]
    assert to(folk.handler) == ["recalled"]


def test_a_demand_nobody_answers_is_proposed_to_the_leaders_for_a_talk(folk: Folk) -> None:
    case_id = appealed(folk.cast)
    dispatched(folk, case_id)
    step(folk, case_id, Verb.SUPERVISE, folk.actor(folk.leader), 10, supervision="今天办完")
    late = MONDAY + timedelta(days=5)
    while fire_due(late):
        late += timedelta(minutes=2)
    told(late, ["warn"])
    assert "to_interview" in to(folk.leader)
    assert "to_interview" not in to(folk.handler) + to(folk.dispatcher)


def test_a_message_reaches_who_works_on_the_case_and_a_name_who_is_meant(folk: Folk) -> None:
    case_id = appealed(folk.cast)
    dispatched(folk, case_id)
    speak(folk.actor(folk.handler), DISTRICT, case_id, "@协办某 泵车到了吗", key="m1", now=LATER)
    assert tell_talk(DISTRICT, LATER) == 1
    tell_talk(DISTRICT, LATER)
    assert to(folk.helper) == ["mention"]
    assert to(folk.mate) == ["message"]
    assert to(folk.handler) == []
    tell_talk(DISTRICT, LATER + timedelta(minutes=5))
    assert tell_talk(DISTRICT, LATER + timedelta(minutes=6)) == 0
    assert to(folk.mate) == ["message"]


def test_what_a_system_says_reaches_everybody_who_works_on_the_case(folk: Folk) -> None:
    case_id = appealed(folk.cast)
    dispatched(folk, case_id)
    by = system(DISTRICT)
    number = create_key(
        by, "水务平台", Role.DEPARTMENT_HANDLER, str(DISTRICT), LATER, body_id=folk.cast.urban
    )[0]
    grant = folk.actor(folk.handler).grants[0]
    unit = Actor(ActorKind.KEY, DISTRICT, "水务平台", key_id=number, grants=(grant,))
    speak(unit, DISTRICT, case_id, "泵车已到", key="m1", now=LATER)
    assert tell_talk(DISTRICT, LATER) == 1
    told_to_both = to(folk.handler) + to(folk.mate)
    assert told_to_both == ["message", "message"]
    assert {"水务平台" in notice.text or "水务平台" in notice.title for notice in Notice.objects.all()} == {
        True
    }


def test_unread_is_counted_and_read_once_by_its_owner_alone(folk: Folk) -> None:
    dispatched(folk, appealed(folk.cast))
    told(LATER)
    mine, other = folk.actor(folk.handler), folk.actor(folk.helper)
    one = my_notices(mine)[0]
    assert unread_count(folk.handler) == 1
    with pytest.raises(NotFound):
        mark_read(other, one.id, LATER)
    mark_read(mine, one.id, LATER)
    mark_read(mine, one.id, LATER + timedelta(hours=1))
    assert Notice.objects.get(id=one.id).read_at == LATER
    assert unread_count(folk.handler) == 0
    assert my_notices(mine, unread=True) == []
    assert mark_all_read(other, LATER) == 1


def choices(*ways: Way, digest: int | None = None, quiet: Quiet = NEVER) -> NewChoices:
    every = {occasion: ways for occasion in (Occasion.ORDER, Occasion.RED, Occasion.URGED)}
    return NewChoices(every, quiet, digest, "li@example.cn", "")


def test_chosen_ways_are_used_and_quiet_hours_kept(folk: Folk) -> None:
    choose(folk.actor(folk.handler), choices(Way.MAIL, Way.SMS, quiet=Quiet(time(8), time(12))), MONDAY)
    dispatched(folk, appealed(folk.cast))
    told(MONDAY + timedelta(minutes=30))
    rows = Notice.objects.filter(account_id=folk.handler).order_by("way")
    assert [row.way for row in rows] == ["mail", "sms"]
    assert {row.next_at.astimezone(ZONE).time() for row in rows if row.next_at} == {time(12)}
    assert all("https://huying.example.cn/case/" in row.text for row in rows)


def test_a_red_card_waits_for_no_morning_and_stays_in_the_page(folk: Folk) -> None:
    choose(folk.actor(folk.handler), choices(Way.MAIL, quiet=Quiet(time(0), time(23, 59)), digest=9), MONDAY)
    dispatched(folk, appealed(folk.cast))
    end = MONDAY + timedelta(days=20)
    while fire_due(end):
        end += timedelta(minutes=2)
    told(end, ["warn"])
    red = Notice.objects.filter(account_id=folk.handler, occasion="red")
    assert {row.way for row in red} == {"mail", "page"}
    assert all(row.next_at == end for row in red if row.way == "mail")


def test_a_digest_tells_in_one_message_what_came(folk: Folk) -> None:
    choose(folk.actor(folk.handler), choices(Way.MAIL, digest=17), MONDAY)
    for number in range(3):
        dispatched(folk, appealed(folk.cast, now=MONDAY), 5 + number)
    told(LATER)
    assert gather_due(LATER) == 0
    five = datetime(2026, 3, 2, 17, 1, tzinfo=ZONE)
    assert gather_due(five) == 1
    assert gather_due(five) == 0
    digest = Notice.objects.get(occasion="digest")
    assert digest.title == "汇总：3 条新消息"
    assert digest.text.count("新工单") == 3
    assert Notice.objects.filter(gathered_in=digest.id, state="gathered").count() == 3


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (NewChoices({Occasion.ORDER: [Way.MAIL]}, NEVER, None, "", ""), "mail"),
        (NewChoices({}, NEVER, None, "nobody", ""), "mail"),
        (NewChoices({}, NEVER, None, "a@b.cn\nBcc: x@y.cn", ""), "mail"),
        (NewChoices({Occasion.ORDER: [Way.WECHAT]}, NEVER, None, "", ""), "wechat"),
        (NewChoices({}, NEVER, 24, "", ""), "digest_hour"),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_field(folk: Folk, chosen: NewChoices, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        choose(folk.actor(folk.handler), chosen, MONDAY)
    assert set(refusal.value.fields) == {field}


def test_no_message_without_a_mobile(folk: Folk) -> None:
    with pytest.raises(Invalid) as refusal:
        choose(folk.actor(folk.mate), choices(Way.SMS), MONDAY)
    assert set(refusal.value.fields) == {"ways"}


def test_an_announcement_reaches_everybody_once(folk: Folk) -> None:
    with pytest.raises(Denied):
        announce(folk.actor(folk.handler), "停机", "今晚十点", "k", MONDAY)
    for _ in range(2):
        assert announce(folk.actor(folk.manager), "停机维护", "今晚十点到十一点。", "k", MONDAY) == 8
    assert to(folk.stranger) == to(folk.ruler) == ["announced"]
