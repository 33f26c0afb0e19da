"""A resident says something, follows it, judges the result: without an account and without JavaScript."""

import hashlib
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Attachment, Case, Statement
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel import clock, numbers
from huying.people.actions import erasing
from tests.cast import DISTRICT, MONDAY, STREET, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "春风路垃圾没人收，臭得很"
REPLY = "您好，您反映的垃圾问题我们已到场核实，垃圾已清运，并加派了保洁。"


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    forget_timing()
    return gather()


def _said(client: Client, **given: object) -> str:
    """The receipt of a fresh report."""
    answer = client.post("/report", {"key": str(uuid4()), "text": TEXT, **given})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer["Location"].rsplit("/", 1)[1]


def _handled(cast: Cast) -> Case:
    """The only case, taken to the point where the caller is asked."""
    case = Case.objects.get()
    Case.objects.filter(id=case.id).update(area=STREET)
    ref, now = (DISTRICT, case.id), clock.now()
    advance(ref, Verb.FILE, by=cast.dispatcher, now=now, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    advance(ref, Verb.SIGN, by=cast.handler, now=now)
    facts = {"result": "内部写法：已清运。", "reply": REPLY, "solved": True}
    advance(ref, Verb.REPORT, by=cast.handler, now=now, **facts)
    return advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=now)


def test_the_form_comes_with_a_key_and_without_scripts_in_the_page(client: Client, cast: Cast) -> None:
    page = client.get("/report").content.decode()
    assert re.search(r'name="key" value="[0-9a-f-]{36}"', page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_one_line_of_text_gets_a_number_who_and_by_when(client: Client, cast: Cast) -> None:
    number = _said(client)
    page = client.get(f"/receipt/{number}").content.decode()
    assert f"{number[:4]}-{number[4:8]}-{number[8:]}" in page
    assert "指挥中心" in page
    assert re.search(r"最晚.*<time datetime=", page, re.DOTALL)
    assert Appeal.objects.get().text == TEXT


def test_the_same_form_sent_twice_is_one_appeal(client: Client, cast: Cast) -> None:
    key = str(uuid4())
    assert _said(client, key=key) == _said(client, key=key)
    assert Appeal.objects.count() == 1


def test_what_was_typed_stays_when_something_is_wrong(client: Client, cast: Cast) -> None:
    answer = client.post("/report", {"key": str(uuid4()), "text": TEXT, "phone": "12"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert TEXT in page
    assert 'value="12"' in page
    assert "电话号码不对" in page


def test_a_photo_is_kept_and_only_its_holder_sees_it(
    client: Client, cast: Cast, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#3a5").save(picture, "JPEG")
    photo = SimpleUploadedFile("a.jpg", picture.getvalue(), content_type="image/jpeg")
    number = _said(client, photos=photo, phone="13812346677")
    address = f"/track/{number}/photos/{Attachment.objects.get().id}"
    assert address in client.get(f"/track/{number}").content.decode()
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert Client().get(address).status_code == 404


def test_a_document_called_a_photo_is_refused_with_the_text_kept(client: Client, cast: Cast) -> None:
    fake = SimpleUploadedFile("a.jpg", b"%PDF-1.7", content_type="image/jpeg")
    answer = client.post("/report", {"key": str(uuid4()), "text": TEXT, "photos": fake})
    assert answer.status_code == 400
    assert TEXT in answer.content.decode()
    assert not Appeal.objects.exists()


def test_another_browser_needs_the_end_of_the_phone(client: Client, cast: Cast) -> None:
    number = _said(client, phone="138 1234 6677")
    stranger = Client()
    assert stranger.get(f"/track/{number}")["Location"] == f"/track?receipt={number}"
    assert stranger.post("/track", {"receipt": number, "tail": "0000"}).status_code == 400
    assert stranger.get(f"/track/{number}").status_code == 302
    assert stranger.post("/track", {"receipt": number, "tail": "6677"})["Location"] == f"/track/{number}"
    page = stranger.get(f"/track/{number}").content.decode()
    assert TEXT in page
    assert "138" not in re.sub(number, "", page)


def test_after_five_wrong_ends_even_the_right_one_must_wait(client: Client, cast: Cast) -> None:
    number = _said(client, phone="13812346677")
    stranger = Client()
    for _try in range(5):
        stranger.post("/track", {"receipt": number, "tail": "0000"})
    answer = stranger.post("/track", {"receipt": number, "tail": "6677"})
    assert "15 分钟后再试" in answer.content.decode()


def test_who_tries_number_after_number_is_not_answered_any_more(client: Client, cast: Cast) -> None:
    number, scanner = _said(client), Client()
    assert scanner.get(f"/track/{number}").status_code == 200
    for _ in range(30):
        assert scanner.get(f"/track/{numbers.receipt()}").status_code == 302
    assert scanner.get(f"/track/{number}").status_code == 302
    assert scanner.get(f"/api/v1/appeals/{number}").status_code == 429
    assert "15 分钟后再试" in scanner.post("/track", {"receipt": number}).content.decode()
    assert client.get(f"/track/{number}").status_code == 200


def test_what_a_phone_guarded_is_not_opened_by_the_number_once_it_was_erased(
    client: Client, cast: Cast
) -> None:
    number = _said(client, phone="13812346677")
    erasing.erase(cast.administrator, [Appeal.objects.get().caller_id], "本人要求删除", MONDAY)
    assert Client().get(f"/track/{number}").status_code == 302
    assert Client().post("/track", {"receipt": number}).status_code == 400
    assert client.get(f"/track/{number}").status_code == 200


def test_a_wrong_receipt_and_a_wrong_end_are_answered_alike(client: Client, cast: Cast) -> None:
    number = _said(client, phone="13812346677")
    wrong_end = Client().post("/track", {"receipt": number, "tail": "0000"}).content.decode()
    unknown = Client().post("/track", {"receipt": numbers.receipt(), "tail": "0000"}).content.decode()
    told = [re.findall(r"没有查到[^<]*", page) for page in (wrong_end, unknown)]
    assert told[0] == told[1] != []


def test_the_caller_reads_the_reply_and_never_the_internal_words(client: Client, cast: Cast) -> None:
    number = _said(client)
    _handled(cast)
    page = client.get(f"/track/{number}").content.decode()
    assert REPLY in page
    assert "内部写法" not in page
    assert "这事解决了吗" in page


def test_one_tap_sends_it_back(client: Client, cast: Cast) -> None:
    number = _said(client)
    case = _handled(cast)
    address = re.findall(
        r'action="(/track/\d+/cases/[\d-]+/rating)"', client.get(f"/track/{number}").content.decode()
    )
    answer = client.post(address[0], {"solved": "no"}, follow=True)
    assert "已退回重办" in answer.content.decode()
    assert Case.objects.get(id=case.id).state == "handling"


def test_a_happy_caller_gives_stars_and_is_thanked(client: Client, cast: Cast) -> None:
    number = _said(client)
    _handled(cast)
    case = Case.objects.get()
    address = f"/track/{number}/cases/{DISTRICT}-{case.id:09d}/rating"
    page = client.post(
        address, {"solved": "yes", "speed": "5", "words": "很快"}, follow=True
    ).content.decode()
    assert "谢谢您的评价" in page
    assert "您已评价" in page
    assert "您说解决了" in page
    assert "这事解决了吗" not in page


def test_nobody_judges_for_another(client: Client, cast: Cast) -> None:
    number = _said(client, phone="13812346677")
    case = _handled(cast)
    address = f"/track/{number}/cases/{DISTRICT}-{case.id:09d}/rating"
    assert Client().post(address, {"solved": "yes"}).status_code == 404
    other = _said(client)
    assert client.post(f"/track/{other}/cases/{DISTRICT}-{case.id:09d}/rating", {}).status_code in {302, 404}
    assert Case.objects.get(id=case.id).state == "checked"


def test_what_is_no_longer_needed_is_withdrawn_once(client: Client, cast: Cast) -> None:
    number = _said(client)
    page = client.post(f"/track/{number}/withdrawal", {"reason": "已经好了"}, follow=True).content.decode()
    assert "已撤回" in page
    assert Case.objects.get().state == "withdrawn"
    again = client.post(f"/track/{number}/withdrawal", follow=True).content.decode()
    assert "不用撤回" in again


def test_the_holder_verifies_the_record_and_an_altered_word_is_found(client: Client, cast: Cast) -> None:
    number = _said(client)
    _handled(cast)
    whole = client.post(f"/track/{number}/proof").content.decode()
    assert "6 步记录全部对得上" in whole
    Statement.objects.filter(name="reply").update(text="您好，垃圾一直很干净。")
    broken = client.post(f"/track/{number}/proof").content.decode()
    assert "第 5 步对不上" in broken


def test_the_seals_can_be_recomputed_by_anybody_who_holds_the_receipt(client: Client, cast: Cast) -> None:
    number = _said(client, phone="13812346677")
    _handled(cast)
    entries = client.get(f"/track/{number}/chain.json").json()["entries"]
    seal = bytes(32)
    for entry in entries:
        assert entry["previous"] == seal.hex()
        seal = hashlib.new(entry["algorithm"], seal + bytes.fromhex(entry["content"])).digest()
        assert entry["seal"] == seal.hex()
    assert len(entries) == 6
    assert Client().get(f"/track/{number}/chain.json").status_code == 404


def test_words_erased_by_law_do_not_break_the_chain(client: Client, cast: Cast) -> None:
    number = _said(client)
    _handled(cast)
    Statement.objects.filter(name="result").update(text="")
    assert "6 步记录全部对得上" in client.post(f"/track/{number}/proof").content.decode()


def test_the_public_reads_the_answer_and_nobodys_words_or_numbers(client: Client, cast: Cast) -> None:
    number = _said(client, phone="13812346677")
    case = _handled(cast)
    now = clock.now() + timedelta(minutes=5)
    facts = {"appeal": Appeal.objects.get().id, "satisfaction": "satisfied"}
    actor = cast.resident(facts["appeal"])
    advance((DISTRICT, case.id), Verb.RATE, outcome=Outcome.SOLVED, by=actor, now=now, **facts)
    advance((DISTRICT, case.id), Verb.CLOSE, by=cast.evaluator, now=now)
    page = Client().get("/public").content.decode()
    assert "垃圾已清运" in page
    assert TEXT not in page
    assert number not in page


def test_elder_mode_is_kept_and_leads_back(client: Client, cast: Cast) -> None:
    answer = client.post("/elder", {"on": "1", "next": "/report"})
    assert answer["Location"] == "/report"
    assert "data-elder" in client.get("/").content.decode()
    assert client.post("/elder", {"on": "0", "next": "https://evil.example/"})["Location"] == "/"


def test_the_page_can_be_installed(client: Client, cast: Cast) -> None:
    told = client.get("/manifest.webmanifest").json()
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert told["start_url"] == "/"
