"""A meeting with thirty appeals: taken by a station, claimed on the spot, followed to the last one (R108)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, State, Verb
from huying.cases.models import Appeal, Case, Entry, Order
from huying.deliberation.models import Meeting, MeetingAppeal
from huying.kernel import clock
from huying.kernel.numbers import hidden, shown
from tests.cast import COMMUNITY, DISTRICT, OTHER_STREET, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def held(client: Client, cast: Cast, **given: Any) -> str:
    """The address of a new meeting of the community with two bodies present."""
    page = client.get("/deliberation/meetings/new").content.decode()
    kinds = dict(re.findall(r'<option value="(\d+)">([^<]+)</option>', page))
    kind = next(number for number, name in kinds.items() if name == "书记茶话会")
    form = {
        "key": str(uuid4()), "kind": kind, "title": "霞岗社区书记茶话会", "area": COMMUNITY, "venue": "社区二楼会议室",
        "held_at": "2026-03-02T09:00", "host": "李书记", "agenda": "听大家说", "attendance": "王建国，居民代表",
        "bodies": [cast.urban, cast.water], **given,
    }  # fmt: skip
    answer = client.post("/deliberation/meetings/new", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"]).removesuffix("?kept=1")


def say(client: Client, meeting: str, text: str, **given: Any) -> Any:
    return client.post(f"{meeting}/appeals", {"key": str(uuid4()), "text": text, **given})


@pytest.fixture
def station(cast: Cast) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)


def close(cast: Cast, case: Case) -> None:
    ref, now = (DISTRICT, case.id), clock.now()
    Case.objects.filter(id=case.id).update(area=STREET)
    if case.state == State.RECEIVED:
        advance(ref, Verb.FILE, by=cast.dispatcher, now=now, item="X1")
        advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    body = Order.objects.get(case_id=case.id).body_id
    handler = cast.handler if body == cast.urban else cast.helper
    advance(ref, Verb.SIGN, by=handler, now=now)
    reply = "您好，您反映的问题我们已到场核实，已经处理好了，感谢您的反映。"
    advance(ref, Verb.REPORT, by=handler, now=now, result="办了", reply=reply, solved=True)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=now)
    appeal = MeetingAppeal.objects.get(case_id=case.id).appeal_id
    facts = {"appeal": appeal, "satisfaction": "satisfied"}
    rated = advance(ref, Verb.RATE, by=cast.resident(appeal), now=now, outcome=Outcome.SOLVED, **facts)
    if rated.state != State.CLOSED:
        advance(ref, Verb.CLOSE, by=cast.evaluator, now=now)


def test_thirty_in_a_row_each_with_a_receipt_and_followed_to_the_last(station: Client, cast: Cast) -> None:
    meeting = held(station, cast)
    for n in range(30):
        body = {"body": str(cast.urban), "item": "X1"} if n % 3 == 0 else {}
        answer = say(station, meeting, f"第 {n} 件事：楼道灯坏了", phone=f"1380000{n:04d}", **body)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        assert answer["Location"].endswith(f"?taken={n + 1}")
    assert (
        Appeal.objects.filter(channel="meeting", source=f"meeting:{Meeting.objects.get().id}").count() == 30
    )
    assert Appeal.objects.exclude(caller_id=None).count() == 30
    assert MeetingAppeal.objects.exclude(body_id=None).count() == 10
    page = station.get(meeting).content.decode()
    for row in Appeal.objects.all():
        assert f"{row.receipt[:4]}-{row.receipt[4:8]}-{row.receipt[8:]}" in page
    assert "30 件，办结 0 件" in page
    assert "138" not in re.sub(r"\d{4}-\d{4}-\d{4}", "", re.sub(r'"[^"]*"', "", page))
    for case in list(Case.objects.all())[:-1]:
        close(cast, case)
    page = station.get(meeting).content.decode()
    assert "30 件，办结 29 件" in page
    assert "全部办结" not in page
    close(cast, Case.objects.exclude(state=State.CLOSED).get())
    page = station.get(meeting).content.decode()
    assert "这次会上说的 30 件事全部办结" in page


def test_the_page_costs_the_same_however_much_was_said(
    station: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    meeting = held(station, cast)
    for n in range(12):
        say(station, meeting, f"第 {n} 件事：楼道灯坏了")
    station.get(meeting)
    with django_assert_max_num_queries(14):
        station.get(meeting)
    with django_assert_max_num_queries(12):
        station.get("/deliberation/")


def test_the_same_form_sent_twice_is_one_appeal(station: Client, cast: Cast) -> None:
    meeting, key = held(station, cast), str(uuid4())
    for _ in range(2):
        assert say(station, meeting, "楼道灯坏了", key=key).status_code == 302
    assert Appeal.objects.count() == MeetingAppeal.objects.count() == 1


def test_a_meeting_sent_twice_is_one(station: Client, cast: Cast) -> None:
    key = str(uuid4())
    assert held(station, cast, key=key) == held(station, cast, key=key)
    assert Meeting.objects.count() == 1


def test_a_claim_gives_the_case_to_the_body_and_the_chain_says_why(station: Client, cast: Cast) -> None:
    # Before eight in the morning the day is another one by universal time.
    meeting = held(station, cast, held_at="2026-03-02T07:30")
    say(station, meeting, "楼道灯坏了")
    answer = station.post(f"{meeting}/appeals/1/claim", {"body": cast.water, "item": "X1"}, follow=True)
    assert "已认领，工单已派出" in answer.content.decode()
    case = Case.objects.get()
    assert (case.state, case.body_id, case.area) == (State.DISPATCHED, cast.water, COMMUNITY)
    facts = Entry.objects.get(case_id=case.id, verb=Verb.DISPATCH).facts
    assert facts["source"] == "meeting"
    assert facts["reasons"] == ["会议：2026-03-02“霞岗社区书记茶话会”第 1 件，水务局现场认领"]
    again = station.post(f"{meeting}/appeals/1/claim", {"body": cast.water}, follow=True)
    assert "已认领" in again.content.decode()
    assert Order.objects.count() == 1
    other = station.post(f"{meeting}/appeals/1/claim", {"body": cast.urban}, follow=True)
    assert "已经派给水务局，不能再认领" in other.content.decode()


def test_a_street_dispatcher_claims_in_the_own_name(cast: Cast) -> None:
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    meeting = held(dispatcher, cast, area=STREET)
    say(dispatcher, meeting, "楼道灯坏了", body=str(cast.urban), item="X1")
    assert {entry.actor_kind for entry in Entry.objects.all()} == {"account"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"body": "7777777"}, "现场认领"),
        ({"text": "灯"}, "至少 2 个字"),
        ({"text": "灯坏了", "phone": "12"}, "电话号码不对"),
        ({"text": "灯" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    station: Client, cast: Cast, given: dict[str, str], told: str
) -> None:
    meeting = held(station, cast)
    answer = say(station, meeting, **{"text": "楼道灯坏了", "place": "3 栋", **given})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert 'value="3 栋"' in page
    assert not Appeal.objects.exists()


def test_a_claim_nobody_can_name_the_item_of_takes_nothing(station: Client, cast: Cast) -> None:
    meeting = held(station, cast)
    answer = say(station, meeting, "说不清的事", body=str(cast.urban))
    assert answer.status_code == 400
    assert "请选这件事属于哪个事项" in answer.content.decode()
    assert not Appeal.objects.exists()
    assert not MeetingAppeal.objects.exists()


def test_a_body_that_is_not_there_cannot_claim(station: Client, cast: Cast) -> None:
    meeting = held(station, cast)
    say(station, meeting, "楼道灯坏了")
    for body in (str(cast.housing), "x", "", "9" * 30):
        answer = station.post(f"{meeting}/appeals/1/claim", {"body": body, "item": "X1"}, follow=True)
        assert "不在参会单位里" in answer.content.decode()
    assert Case.objects.get().state == State.RECEIVED


def test_once_over_nothing_more_is_taken_but_what_was_taken_is_followed(station: Client, cast: Cast) -> None:
    meeting, key = held(station, cast), str(uuid4())
    say(station, meeting, "楼道灯坏了", key=key)
    for _ in range(2):
        assert "收集已结束" in station.post(f"{meeting}/end", follow=True).content.decode()
    assert "已经结束收集" in say(station, meeting, "又一件").content.decode()
    # A form whose answer was lost is answered all the same.
    assert say(station, meeting, "楼道灯坏了", key=key).status_code == 302
    assert Appeal.objects.count() == 1
    station.post(f"{meeting}/appeals/1/claim", {"body": cast.urban, "item": "X1"})
    assert Case.objects.get().state == State.DISPATCHED


def test_minutes_are_printed_with_everything_that_was_said(station: Client, cast: Cast) -> None:
    meeting = held(station, cast, minutes="大家说了楼道灯的事。")
    say(station, meeting, "楼道灯坏了", body=str(cast.urban), item="X1")
    page = station.get(f"{meeting}/minutes").content.decode()
    for words in (
        "霞岗社区书记茶话会",
        "李书记",
        "王建国，居民代表",
        "大家说了楼道灯的事",
        "楼道灯坏了",
        "城市管理局",
    ):
        assert words in page
    changed = station.get(f"{meeting}/change").content.decode()
    assert "大家说了楼道灯的事" in changed


def test_who_is_elsewhere_sees_nothing_and_changes_nothing(station: Client, cast: Cast) -> None:
    meeting = held(station, cast)
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    for answer in (other.get(meeting), say(other, meeting, "楼道灯坏了"), other.get(f"{meeting}/minutes")):
        assert answer.status_code == 404
    assert other.post(f"{meeting}/end").status_code == 404
    reader = desk(Role.STREET_LEADER, STREET)
    assert reader.get(meeting).status_code == 200
    assert say(reader, meeting, "楼道灯坏了").status_code == 403
    assert not Appeal.objects.exists()
    assert Meeting.objects.get().ended_at is None
    assert "霞岗社区书记茶话会" not in other.get("/deliberation/").content.decode()
    assert "霞岗社区书记茶话会" in reader.get("/deliberation/").content.decode()


def test_who_handles_what_was_said_does_not_hold_its_receipt(station: Client, cast: Cast) -> None:
    meeting = held(station, cast, bodies=[cast.urban, cast.street_body])
    say(station, meeting, "楼道灯坏了", body=str(cast.urban), item="X1")
    receipt = Appeal.objects.get().receipt
    assert shown(receipt) in station.get(meeting).content.decode()
    for reader in (desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban), desk(Role.STREET_LEADER, STREET)):
        page = reader.get(meeting).content.decode()
        assert "楼道灯坏了" in page
        assert shown(receipt) not in page
        assert hidden(receipt) in page
    say(station, meeting, "长椅坏了", body=str(cast.street_body), item="X1")
    own = Appeal.objects.exclude(receipt=receipt).get().receipt
    assert shown(own) in station.get(meeting).content.decode(), "it is told once, to be handed out"
    assert shown(own) not in station.get(meeting).content.decode()


def test_a_split_is_followed_to_all_its_parts(station: Client, cast: Cast) -> None:
    meeting = held(station, cast)
    say(station, meeting, "灯坏了，还有积水")
    case = Case.objects.get()
    parts = [{"title": "积水", "item": "X9"}]
    advance((DISTRICT, case.id), Verb.SPLIT, by=cast.district_dispatcher, now=clock.now(), parts=parts)
    page = station.get(meeting).content.decode()
    assert "积水" in page
    assert "1 件，办结 0 件" in page


@pytest.mark.parametrize("before", ["x", "2026-03-02~1", "2026-03-02T01:00:00+00:00~x", "~", "9" * 40])
def test_a_place_in_the_list_that_is_none_begins_it_anew(station: Client, cast: Cast, before: str) -> None:
    held(station, cast)
    assert "霞岗社区书记茶话会" in station.get("/deliberation/", {"before": before}).content.decode()


def test_the_list_is_paged_and_taken_away_as_a_file(station: Client, cast: Cast) -> None:
    first = Meeting.objects.get(id=int(held(station, cast).rsplit("/", 1)[1]))
    Meeting.objects.bulk_create(
        Meeting(
            district=DISTRICT, area=COMMUNITY, kind=first.kind, title=f"会 {n}", venue="", host="", once=f"o{n}",
            held_at=first.held_at - timedelta(days=n % 7), made_at=first.made_at, made_by="某",
        )
        for n in range(60)
    )  # fmt: skip
    page = station.get("/deliberation/").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    rest = station.get("/deliberation/" + older[1].replace("&amp;", "&")).content.decode()
    titles = re.findall(r'class="list-title"[^>]*>([^<]+)<', page + rest)
    assert len(titles) == len(set(titles)) == 61
    file = station.get("/export/meetings?format=csv").content.decode("utf-8-sig")
    assert len(file.strip().splitlines()) == 62
