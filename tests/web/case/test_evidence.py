"""Photos of a report: taken one by one while it is written, before and after, seen side by side when it is sent."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Attachment, Case, Entry
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from tests.cast import DISTRICT, Cast
from tests.photos import jpeg
from tests.web.case.pages import address, hidden, text
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REPLY = "经现场核实，我局已安排清运，垃圾已清理干净，感谢您的监督。"
DONE = {"result": "十点到场，清运两车", "reply": REPLY, "solved": "True"}


@pytest.fixture
def handler(cast: Cast) -> Client:
    return desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)


def _take(client: Client, case: Case, key: str, field: str, name: str) -> str:
    answer = client.post(f"{address(case)}/waiting/{key}/{field}", {"photo": jpeg(name, "brown")})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["name"])


def test_photos_sent_early_stand_before_and_after(signed: Case, handler: Client) -> None:
    way = f"{address(signed)}/steps/report"
    form = hidden(text(handler.get(way)))
    before = _take(handler, signed, form["key"], "photos_before", "before.jpg")
    listed = handler.get(f"{address(signed)}/waiting/{form['key']}/photos_before").json()["photos"]
    assert [one["name"] for one in listed] == [before]
    assert handler.get(listed[0]["src"]).headers["Content-Type"] == "image/jpeg"
    sent = form | DONE | {"waiting-photos_before": before, "photos": [jpeg("after.jpg")]}
    assert handler.post(way, sent).status_code == 302
    stages = list(Attachment.objects.filter(case_id=signed.id).order_by("id").values_list("stage", flat=True))
    assert stages == ["before", "after"]
    page = text(handler.get(address(signed)))
    side = page[page.index("处置前后") :]
    assert side.index("处置前照片 1") < side.index("处置后照片 1")
    assert "诉求人照片" not in page


def test_a_report_sent_again_after_a_lost_answer_is_one_report(signed: Case, handler: Client) -> None:
    way = f"{address(signed)}/steps/report"
    form = hidden(text(handler.get(way)))
    name = _take(handler, signed, form["key"], "photos", "after.jpg")
    sent = form | DONE | {"waiting-photos": name}
    assert [handler.post(way, sent).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(case_id=signed.id, verb=Verb.REPORT).count() == 1
    assert Attachment.objects.filter(case_id=signed.id).count() == 1


def test_a_photo_taken_away_again_is_not_sent(signed: Case, handler: Client) -> None:
    way = f"{address(signed)}/steps/report"
    form = hidden(text(handler.get(way)))
    name = _take(handler, signed, form["key"], "photos", "wrong.jpg")
    assert handler.delete(f"{address(signed)}/waiting/{form['key']}/photos/{name}").status_code == 204
    assert handler.post(way, form | DONE | {"waiting-photos": name}).status_code == 302
    assert not Attachment.objects.filter(case_id=signed.id).exists()


def test_nobody_else_sees_or_sends_what_waits(signed: Case, handler: Client, cast: Cast) -> None:
    key = str(uuid4())
    name = _take(handler, signed, key, "photos", "mine.jpg")
    other = desk(Role.STREET_DISPATCHER)
    assert other.get(f"{address(signed)}/waiting/{key}/photos/{name}").status_code == 404
    assert other.get(f"{address(signed)}/waiting/{key}/photos").json()["photos"] == []
    outsider = desk(Role.DEPARTMENT_HANDLER, body_id=cast.housing)
    assert (
        outsider.post(f"{address(signed)}/waiting/{key}/photos", {"photo": jpeg("x.jpg")}).status_code == 404
    )
    assert handler.get(f"{address(signed)}/waiting/{key}/reply").status_code == 404


def test_what_is_no_photo_is_refused_with_its_reason(signed: Case, handler: Client) -> None:
    words = SimpleUploadedFile("a.jpg", b"no photo", content_type="image/jpeg")
    answer = handler.post(f"{address(signed)}/waiting/{uuid4()}/photos", {"photo": words})
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_a_reply_is_told_what_it_lacks_while_it_is_written(signed: Case, handler: Client) -> None:
    way = f"{address(signed)}/reply-check"
    lacking = text(handler.post(way, {"reply": "已清理", "solved": "True"}))
    assert lacking.count('class="said"') == 1
    assert "答复太短" in lacking
    assert "后续安排" not in lacking
    unsolved = text(handler.post(way, {"reply": "", "solved": "False"}))
    assert "后续安排" in unsolved
    assert "答复太短" not in unsolved
    whole = text(handler.post(way, {"reply": REPLY, "solved": "True"}))
    assert "还没写" not in whole
    assert "error" not in whole
    handler.post("/language", {"language": "en"})
    english = text(handler.post(way, {"reply": "已清理", "solved": "True"}))
    assert "too short" in english


def test_a_refused_reply_says_its_faults_in_the_readers_language(signed: Case, handler: Client) -> None:
    handler.post("/language", {"language": "en"})
    way = f"{address(signed)}/steps/report"
    page = text(handler.post(way, hidden(text(handler.get(way))) | DONE | {"reply": "好"}))
    assert "The reply is too short" in page
    assert "The reply still lacks" in page
    assert "答复还缺" not in page


def test_the_body_in_charge_adds_another_to_assist(signed: Case, handler: Client, cast: Cast) -> None:
    way = f"{address(signed)}/steps/add_body"
    page = text(handler.get(way))
    assert "协办单位" in page
    assert (
        handler.post(way, hidden(page) | {"body": str(cast.water), "reason": "管网要一起查"}).status_code
        == 302
    )
    assert Entry.objects.filter(case_id=signed.id, verb=Verb.ADD_BODY).count() == 1
    assert "水务局" in text(handler.get(address(signed)))


def test_photos_that_the_list_asks_for_are_not_called_optional(cast: Cast, received: Case) -> None:
    load_starter(cast.system, DISTRICT, clock.now())
    ref = (DISTRICT, received.id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="010101")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), body=cast.urban)
    case = advance(ref, Verb.SIGN, by=cast.handler, now=clock.now())
    handler = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    page = text(handler.get(f"{address(case)}/steps/report"))
    assert page.count('<span class="need">要交</span>') == 2
    noting = text(handler.get(f"{address(case)}/steps/note"))
    assert "要交</span>" not in noting


def test_more_photos_than_a_step_takes_are_refused_in_the_readers_words(
    signed: Case, handler: Client
) -> None:
    key = str(uuid4())
    for colour in ("red", "green", "blue", "white", "black", "yellow"):
        assert (
            handler.post(
                f"{address(signed)}/waiting/{key}/photos", {"photo": jpeg("one.jpg", colour)}
            ).status_code
            == 201
        )
    with override(None):
        handler.post("/language", {"language": "en"})
        answer = handler.post(f"{address(signed)}/waiting/{key}/photos", {"photo": jpeg("more.jpg", "navy")})
    assert answer.status_code == 400
    assert "6 photos at most" in answer.json()["message"]
