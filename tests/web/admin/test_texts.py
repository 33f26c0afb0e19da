"""Texts in the administration: changed, tried, refused in words, brought back; deliveries, rules, announcements."""

from typing import Any

import pytest
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.notices.models import Notice, ResidentRule
from huying.texts.models import TextVersion
from huying.texts.queries import forget
from tests.cast import DISTRICT, MONDAY, Cast
from tests.web.desks import desk
from tests.web.matters import handled, number

ORDER = "/admin/texts/notice/order/zh-hans"


@pytest.fixture
def client(cast: Cast) -> Client:
    forget()
    return desk(Role.DISTRICT_DISPATCHER)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_text_is_listed_and_opens(client: Client) -> None:
    page = _text(client.get("/admin/texts/"))
    assert "新工单" in page
    assert "平台原文" in page
    assert client.get(ORDER).status_code == 200
    assert client.get("/admin/texts/notice/order/en").status_code == 200
    assert client.get("/admin/texts/notice/nothing/zh-hans").status_code == 404


def test_a_change_is_tried_on_a_real_case_then_kept_then_brought_back(client: Client, cast: Cast) -> None:
    case = handled(cast)
    said = {"title": "单子：{事由}", "body": "{编号} 派给{单位}", "seen": "0", "note": "说短一点"}
    page = _text(client.post(ORDER, {**said, "do": "preview", "case": number(case)}))
    assert f"{number(case)} 派给城市管理局" in page
    assert not TextVersion.objects.exists()
    assert client.post(ORDER, said).status_code == 302
    assert "单子：{事由}" in _text(client.get("/admin/texts/"))
    client.post("/admin/texts/notice/order/zh-hans/restore", {"number": "0"})
    assert list(TextVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert "新工单：{事由}" in _text(client.get("/admin/texts/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"body": "{电话}{编号}"}, "不认识 {电话}"),
        ({"body": "没有"}, "必须有 {编号}"),
        ({"case": "990101-000000999"}, "没有这件案件"),
    ],
)
def test_refusals_are_words_at_their_field(client: Client, typed: dict[str, str], words: str) -> None:
    said = {
        "title": "单子",
        "body": "{编号}",
        "seen": "0",
        "do": "preview" if "case" in typed else "",
        **typed,
    }
    answer = client.post(ORDER, said)
    assert answer.status_code == 400
    assert words in _text(answer)
    assert not TextVersion.objects.exists()


def test_two_who_change_it_at_once_see_both(client: Client) -> None:
    client.post(ORDER, {"title": "一", "body": "{编号} 一", "seen": "0"})
    answer = client.post(ORDER, {"title": "二", "body": "{编号} 二", "seen": "0"})
    assert answer.status_code == 409
    assert "{编号} 一" in _text(answer)
    assert "{编号} 二" in _text(answer)


def test_who_reads_no_cases_tries_on_a_sample(cast: Cast) -> None:
    case = handled(cast)
    manager = desk(Role.ADMINISTRATOR)
    assert "路口垃圾没人收" in _text(manager.get(ORDER))
    answer = manager.post(
        ORDER, {"title": "x", "body": "{编号}", "seen": "0", "do": "preview", "case": number(case)}
    )
    assert answer.status_code == 400
    assert case.title not in _text(answer)


def test_nobody_else_opens_them(cast: Cast) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    for address in ("/admin/texts/", ORDER, "/admin/texts/replies/", "/admin/notices/"):
        assert handler.get(address).status_code == 403


def test_a_template_of_ones_own_is_written_once_offered_and_retired(client: Client) -> None:
    said = {
        "title": "井盖",
        "item": "0101",
        "fits": "solved",
        "body": "已现场核实并更换{事由}。",
        "seen": "0",
        "key": "k1",
    }
    first, second = (
        client.post("/admin/texts/replies/new", said),
        client.post("/admin/texts/replies/new", said),
    )
    assert first["Location"] == second["Location"] == "/admin/texts/reply/own-k1"
    assert "井盖" in _text(client.get("/admin/texts/replies/"))
    client.post("/admin/texts/reply/own-k1/retire")
    assert TextVersion.objects.order_by("-number")[0].retired


def test_templates_name_the_items_of_the_list_in_force(client: Client) -> None:
    load_starter(system(DISTRICT), DISTRICT, MONDAY)
    page = _text(client.get("/admin/texts/replies/"))
    assert "代码 03 开头的事项" in page
    assert "全部事项" in page


def test_rules_towards_residents_and_announcements(client: Client) -> None:
    said = {"quiet_since": "20:00", "quiet_until": "09:00", "most_a_day": "3", "occasions": ["replied"]}
    assert client.post("/admin/notices/residents", said).status_code == 302
    assert client.post("/admin/notices/residents", {**said, "most_a_day": "0"}).status_code == 400
    assert ResidentRule.objects.count() == 1
    for _ in range(2):
        client.post("/admin/notices/announce", {"title": "停机", "words": "今晚十点", "role": "", "key": "k"})
    assert Notice.objects.filter(occasion="announced").count() == 1


def test_failed_messages_are_shown_without_their_address_and_sent_again(client: Client) -> None:
    Notice.objects.create(
        district=DISTRICT, caller_id=7, occasion="received", way="sms", title="收到", text="x", link="/", once="1",
        made_at=MONDAY, due_at=MONDAY, state="failed", tries=8, error="网关没有回应",
    )  # fmt: skip
    page = _text(client.get("/admin/notices/?state=failed"))
    assert "网关没有回应" in page
    assert "诉求人 7" in page
    client.post("/admin/notices/resend", {"id": [str(Notice.objects.get().id)]})
    assert Notice.objects.get().state == "waiting"
