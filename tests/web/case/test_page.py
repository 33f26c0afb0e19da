"""The case page: what it shows to whom, and that it stays cheap."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Case
from huying.kernel import clock
from huying.loop.dispose.models import Message, Read
from huying.people.actions import NewPost
from huying.people.models import Viewing
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.web.case.conftest import WORDS
from tests.web.case.pages import address, text
from tests.web.desks import desk
from tests.web.matters import number

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MOST_QUERIES = 22


def test_it_says_what_was_said_where_it_stands_and_why(signed: Case) -> None:
    page = text(desk(Role.STREET_DISPATCHER, STREET).get(address(signed)))
    assert WORDS in page
    assert "处置中" in page
    assert "城市管理局" in page
    assert 'class="lamp-why"' in page
    track = page[page.index('<ol class="track"') :]
    assert track.index("签收") < track.index("派单") < track.index("立案") < track.index("登记")


def test_the_caller_is_masked_for_everybody(signed: Case, cast: Cast) -> None:
    for client in (desk(Role.STREET_DISPATCHER, STREET), desk(Role.AUDITOR)):
        page = text(client.get(address(signed)))
        assert "13812345678" not in page
        assert "李芳" not in page
        assert "5678" in page


def test_who_did_the_work_is_not_shown_the_receipt_with_which_it_is_judged(signed: Case, cast: Cast) -> None:
    receipt = Appeal.objects.get().receipt
    for client in (desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban), desk(Role.STREET_DISPATCHER, STREET)):
        page = text(client.get(address(signed)))
        assert receipt not in page
        assert f"********{receipt[-4:]}" in page
    for client in (desk(Role.SEAT), desk(Role.EVALUATOR)):
        assert receipt in text(client.get(address(signed)))


def test_a_case_that_was_split_leads_to_its_parts_and_they_to_it(signed: Case, cast: Cast) -> None:
    parts = [{"item": "X2", "title": "井盖丢了"}]
    advance((DISTRICT, signed.id), Verb.SPLIT, by=cast.dispatcher, now=clock.now(), parts=parts)
    part, client = Case.objects.get(split_from=signed.id), desk(Role.STREET_DISPATCHER, STREET)
    assert f'href="{address(part)}">{number(part)}</a>' in text(client.get(address(signed)))
    assert f'href="{address(signed)}">{number(signed)}</a>' in text(client.get(address(part)))


def test_who_may_not_see_it_is_told_that_it_is_not_there(signed: Case, cast: Cast) -> None:
    for client in (
        desk(Role.STREET_DISPATCHER, OTHER_STREET),
        desk(Role.DEPARTMENT_HANDLER, body_id=cast.water),
    ):
        assert client.get(address(signed)).status_code == 404
        assert client.get(f"{address(signed)}/steps/note").status_code == 404
    assert desk(Role.SEAT).get("/case/990102-000000001").status_code == 404
    assert desk(Role.SUPERVISOR).get("/case/nonsense").status_code == 404


def test_a_page_reads_little(signed: Case) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    client.get(address(signed))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address(signed))
    assert len(asked) <= MOST_QUERIES, [query["sql"][:90] for query in asked]


def test_the_whole_number_is_seen_with_a_reason_only_and_written_down(signed: Case) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    door = re.search(r'href="(/case/[^"]+/callers/\d+)"', text(client.get(address(signed))))
    assert door is not None
    refused = client.post(door[1], {"reason": ""})
    assert refused.status_code == 400
    assert "13812345678" not in text(refused)
    assert not Viewing.objects.filter(kind="unmask").exists()
    told = client.post(door[1], {"reason": "回电核实地址"})
    assert "13812345678" in text(told)
    assert "no-store" in told["Cache-Control"]
    seen = Viewing.objects.get(kind="unmask")
    assert (seen.case_id, seen.reason) == (signed.id, "回电核实地址")
    assert "13812345678" not in text(client.get(door[1]))


def test_who_need_not_know_has_no_door_to_the_caller(signed: Case) -> None:
    client = desk(Role.STREET_LEADER, STREET)
    assert "/callers/" not in text(client.get(address(signed)))


def test_what_one_post_lets_one_read_another_does_not_unmask_nor_export(signed: Case, cast: Cast) -> None:
    elsewhere = NewPost(Role.EVALUATOR, OTHER_STREET)
    reader = desk(Role.SUPERVISOR, STREET, None, elsewhere)
    page = reader.get(address(signed))
    assert (page.status_code, "/callers/" in text(page)) == (200, False)
    door = f"{address(signed)}/callers/{Appeal.objects.get().id}"
    answer = reader.post(door, {"reason": "回电核实地址"})
    assert (answer.status_code, "13812345678" in text(answer)) == (403, False)
    assert not Viewing.objects.exists()
    taker = desk(Role.RULING_OFFICER, str(DISTRICT), None, elsewhere)
    assert signed.title in text(taker.get("/case/"))
    rows = taker.get("/export/cases?format=csv").content.decode()
    assert rows.startswith("\ufeff案件编号")
    assert signed.title not in rows


def test_a_case_that_only_an_auditors_post_shows_opens_without_its_conversation(
    signed: Case, cast: Cast
) -> None:
    handling = NewPost(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.water)
    page = desk(Role.AUDITOR, STREET, None, handling).get(address(signed))
    assert (page.status_code, 'id="talk"' in text(page)) == (200, False)


def test_bodies_talk_on_the_case_and_see_who_has_read(signed: Case, cast: Cast) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    said = {"key": "one", "text": "我们八点到场，请社区开门"}
    for _again in range(2):
        assert handler.post(f"{address(signed)}/messages", said).status_code == 302
    assert Message.objects.count() == 1
    assert said["text"] in text(dispatcher.get(address(signed)))
    assert Read.objects.count() == 2
    assert "已读 街道分拨员" in text(handler.get(address(signed)))
    empty = handler.post(f"{address(signed)}/messages", {"key": "two", "text": " "}, follow=True)
    assert "请写一句话" in text(empty)


def test_the_chain_is_proved_by_who_audits(signed: Case) -> None:
    page = text(desk(Role.AUDITOR).post(f"{address(signed)}/proof", follow=True))
    assert "办理链完整，共 4 条" in page
    assert desk(Role.STREET_DISPATCHER, STREET).post(f"{address(signed)}/proof").status_code == 403


def test_the_list_of_all_cases_is_asked_by_its_address(received: Case, signed: Case) -> None:
    client = desk(Role.SUPERVISOR)
    assert signed.title in text(client.get("/case/"))
    assert signed.title in text(client.get("/case/?state=handling&kind=complaint"))
    assert signed.title not in text(client.get("/case/?state=filed"))
    assert signed.title not in text(client.get("/case/?closed=1"))
    assert client.get("/case/?after=nonsense").status_code == 400


def test_an_export_is_safe_and_written_down(signed: Case, cast: Cast, settings: Any) -> None:
    Case.objects.filter(id=signed.id).update(title="=HYPERLINK(1)")
    answer = desk(Role.SUPERVISOR).get("/export/cases?state=handling&format=csv")
    rows = answer.content.decode()
    assert rows.startswith("\ufeff案件编号")
    assert ",'=HYPERLINK(1)," in rows
    kept = Viewing.objects.get(kind="export")
    assert kept.what == "全部案件：状态 处置中"
    assert desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban).get("/export/cases").status_code == 403


def test_a_whole_number_typed_into_the_search_finds_its_case(signed: Case) -> None:
    receipt = Appeal.objects.get().receipt
    seat = desk(Role.SEAT)
    for typed in (
        receipt,
        f"{receipt[:4]}-{receipt[4:8]}-{receipt[8:]}",
        str(address(signed)).rsplit("/", 1)[1],
    ):
        assert address(signed) in text(seat.get("/case/", {"q": typed})), typed
    other = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    assert address(signed) not in text(seat.get("/case/", {"q": other}))


def test_a_number_opens_nothing_to_those_who_may_not_see_the_case(signed: Case) -> None:
    stranger = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert address(signed) not in text(stranger.get("/case/", {"q": Appeal.objects.get().receipt}))


def test_a_list_offers_only_states_that_its_tab_can_hold(signed: Case) -> None:
    seat = desk(Role.SEAT)
    assert 'value="closed"' not in text(seat.get("/case/"))
    assert 'value="handling"' not in text(seat.get("/case/?closed=1"))


def test_warnings_in_a_row_are_one_line_with_their_number(signed: Case, cast: Cast) -> None:
    for kind in ("handle", "contact", "handle"):
        facts = {"clock": kind, "rung": "1", "due_at": "2026-03-02T02:00:00Z"}
        advance((DISTRICT, signed.id), Verb.WARN, by=cast.system, now=clock.now(), **facts)
    page = text(desk(Role.SUPERVISOR).get(address(signed)))
    track = page[page.index('<ol class="track"') :]
    assert track.count("预警") == 1
    assert "预警 3 次" in track
    assert "处置、首次联系" in track


def test_who_has_only_rare_steps_sees_them_at_once(signed: Case) -> None:
    page = text(desk(Role.SUPERVISOR).get(address(signed)))
    row = page[page.index("action-row") : page.index('id="step"')]
    assert "督办" in row
    assert "more-actions" not in row


def test_who_comes_to_call_back_need_not_type_why(signed: Case, cast: Cast) -> None:
    ref, at = (DISTRICT, signed.id), clock.now()
    said = {"result": "派两人清运", "reply": "经现场核实，垃圾已于当天清运完毕，并已安排每日巡查。"}
    advance(ref, Verb.REPORT, by=cast.handler, now=at, solved=True, **said)
    advance(ref, Verb.CHECK, by=cast.supervisor, now=at, outcome=Outcome.PASSED)
    client = desk(Role.EVALUATOR)
    door = re.search(
        r'href="(/case/[^"]+/callers/\d+\?for=follow_up)"', text(client.get("/evaluation/follow-ups"))
    )
    assert door is not None
    assert 'value="回访"' in text(client.get(door[1]))
    assert f"/evaluation/follow-ups?case={number(signed)}" in text(client.post(door[1], {"reason": "回访"}))
