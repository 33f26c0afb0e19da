"""A call at the seat's desk: written down once, filed or answered, its receipt read aloud."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from huying.kernel.numbers import receipt, spoken
from huying.knowledge.actions import ArticleDraft, withdraw_article, write_article
from huying.knowledge.models import ArticleUse, Gap
from huying.knowledge.queries import offered_article
from huying.people.models import Caller, Viewing
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CALL = {"text": "新华路边上有人乱倒建筑垃圾，堆了两天", "phone": "13800138000", "name": "王女士"}
REPLY = "经核实，您反映的办证时间是工作日上午九点到下午五点，已向您解释清楚。"


@pytest.fixture
def seat(cast: Cast) -> Client:
    return desk(Role.SEAT)


def _call(**more: str) -> dict[str, str]:
    return {**CALL, "key": str(uuid4()), "do": "keep", **more}


def test_a_call_is_kept_and_its_receipt_read_aloud(seat: Client) -> None:
    kept = seat.post("/seat/", _call(kind="complaint"))
    appeal = Appeal.objects.get()
    assert kept.status_code == 302
    assert (appeal.channel, appeal.kind, appeal.text) == ("hotline", "complaint", CALL["text"])
    page = seat.get(kept.headers["Location"]).content.decode()
    assert all(breath in page for breath in spoken(appeal.receipt).split("，"))
    assert "13800138000" not in page


def test_saving_twice_is_one_appeal(seat: Client) -> None:
    call = _call()
    first, second = seat.post("/seat/", call), seat.post("/seat/", call)
    assert first.headers["Location"] == second.headers["Location"]
    assert Appeal.objects.count() == 1


def test_an_answer_on_the_spot_closes_the_case(seat: Client) -> None:
    answered = seat.post("/seat/", _call(do="answer", reply=REPLY))
    assert answered.status_code == 302
    assert Case.objects.get().state == "closed"
    assert "并当场答复" in seat.get(answered.headers["Location"]).content.decode()


def test_advice_is_shown_once_where_it_could_not_be_while_writing(seat: Client) -> None:
    weak = "小广告的问题已转相关部门处理。"
    first = seat.get("/seat/").content.decode()
    # Inside <noscript>: with scripts it is said while the answer is written, and a quick key sends at once.
    assert '<noscript><input type="hidden" name="unadvised" value="1"></noscript>' in first
    assert "仍然发送" not in first
    call = _call(do="answer", reply=weak)
    shown = seat.post("/seat/", {**call, "unadvised": "1"})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert f"<mark>{weak}</mark>" in page
    assert "仍然发送" in page
    assert 'name="unadvised"' not in page
    assert CALL["text"] in page
    assert not Appeal.objects.exists()
    assert seat.post("/seat/", call).status_code == 302
    assert Case.objects.get().state == "closed"
    fine = _call(do="answer", reply=REPLY, text="办证大厅办证时间是几点到几点", unadvised="1")
    assert seat.post("/seat/", fine).status_code == 302
    assert seat.post("/seat/", _call(reply=weak, unadvised="1")).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "请写一下是什么事"),
        ({"phone": "12"}, "电话号码"),
        ({"do": "answer", "reply": ""}, "当场答复要写明答复内容"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    seat: Client, wrong: dict[str, str], says: str
) -> None:
    refused = seat.post("/seat/", _call(**wrong))
    page = refused.content.decode()
    assert refused.status_code == 400
    assert says in page
    assert "王女士" in page
    assert not Appeal.objects.exists()


def test_a_refused_answer_keeps_nothing(seat: Client) -> None:
    refused = seat.post("/seat/", _call(do="answer", reply=REPLY + "请打 13912345678"))
    assert refused.status_code == 400
    assert "不能出现手机号" in refused.content.decode()
    assert not Appeal.objects.exists()
    assert not Caller.objects.exists()


def test_who_rings_is_shown_masked_with_what_they_said_before_and_written_down(seat: Client) -> None:
    seat.post("/seat/", _call())
    found = seat.post("/seat/caller", {"phone": "138 0013 8000"}).content.decode()
    assert CALL["text"] in found
    assert "13800138000" not in found
    assert Viewing.objects.get().kind == "search"
    assert "第一次来电" in seat.post("/seat/caller", {"phone": "13900139000"}).content.decode()


def test_without_scripts_a_button_looks_up_and_keeps_the_form(seat: Client) -> None:
    seat.post("/seat/", _call())
    page = seat.post("/seat/", _call(do="look", text="还是那件事")).content.decode()
    assert "还是那件事" in page
    assert CALL["text"] in page
    assert Appeal.objects.count() == 1


def test_the_kind_follows_the_words_until_the_seat_chooses(seat: Client) -> None:
    first = seat.post("/seat/suggestions", {"text": "请问怎么办理居住证？"}).content.decode()
    assert 'value="inquiry" checked' in first
    said = {"text": "投诉楼下噪音扰民", "kind": "inquiry", "guessed": "inquiry"}
    assert 'value="complaint" checked' in seat.post("/seat/suggestions", said).content.decode()
    said["kind"] = "thanks"
    assert 'value="thanks" checked' in seat.post("/seat/suggestions", said).content.decode()


def test_a_receipt_is_shown_to_those_who_may_see_its_case(seat: Client, cast: Cast) -> None:
    kept = seat.post("/seat/", _call()).headers["Location"]
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    assert worker.get(kept).status_code == 404
    assert seat.get(f"/seat/receipts/{receipt()}").status_code == 404
    assert seat.get("/seat/receipts/123456789012").status_code == 400


def test_the_desk_asks_little_of_the_database(seat: Client, django_assert_max_num_queries: object) -> None:
    seat.get("/seat/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        seat.get("/seat/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        seat.post("/seat/suggestions", {"text": CALL["text"], "place_text": "新华路"})


@pytest.fixture
def article(cast: Cast) -> int:
    draft = ArticleDraft(
        question="居住证怎么办理",
        answer="带身份证和租房合同，到居住地派出所或社区服务窗口办理，不收工本费。",
        keywords=("居住证",),
        valid_from=date(2026, 1, 1),
    )
    return write_article(cast.administrator, draft, MONDAY)


def test_an_article_that_fits_is_offered_with_its_key_and_answers_the_call(
    seat: Client, article: int
) -> None:
    said = {"text": "你好，请问居住证怎么办理", "kind": "inquiry"}
    panel = seat.post("/seat/suggestions", said).content.decode()
    assert f'value="{article}" data-digit="7"' in panel
    assert "不收工本费" in panel
    call = _call(
        **said, do="answer", article=str(article), reply="带身份证和租房合同，到派出所窗口办理，不收费。"
    )
    assert seat.post("/seat/", call).status_code == 302
    seat.post("/seat/", call)
    assert Case.objects.get().state == "closed"
    assert [(use.article_id, use.channel) for use in ArticleUse.objects.all()] == [(article, "hotline")]
    assert not Gap.objects.exists()


def test_without_scripts_a_chosen_article_is_the_reply(seat: Client, article: int) -> None:
    assert seat.post("/seat/", _call(do="answer", article=str(article), reply="")).status_code == 302
    assert ArticleUse.objects.count() == 1


def test_an_answer_typed_by_hand_is_a_gap_and_a_filed_call_is_none(seat: Client, article: int) -> None:
    call = _call(do="answer", reply=REPLY, text="办证大厅几点下班，我的号码13800138000")
    seat.post("/seat/", call)
    seat.post("/seat/", call)
    seat.post("/seat/", _call(article=str(article)))
    gap = Gap.objects.get()
    assert (gap.kind, gap.words, gap.reply) == ("by_hand", "办证大厅几点下班，我的号码＊", REPLY)
    assert not ArticleUse.objects.exists()


def test_an_article_withdrawn_during_the_call_keeps_nothing_but_what_was_typed(
    seat: Client, cast: Cast, article: int
) -> None:
    withdraw_article(cast.administrator, article, MONDAY)
    refused = seat.post("/seat/", _call(do="answer", article=str(article), reply=REPLY))
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "刚刚停用或到期" in page
    assert REPLY in page
    assert not Appeal.objects.exists()
    assert not Gap.objects.exists()


def test_a_choice_outlives_other_words_and_a_reload(seat: Client, article: int) -> None:
    other = {"text": "楼下烧烤油烟太大", "article": str(article)}
    chosen = f'value="{article}" data-digit="7" checked'
    assert chosen in seat.post("/seat/suggestions", other).content.decode()
    answer = offered_article(DISTRICT, article, MONDAY).answer
    restored = {"text": "居住证怎么办理", "reply": answer}
    assert chosen in seat.post("/seat/suggestions", restored).content.decode()
    laid_aside = {**restored, "article": ""}
    assert chosen not in seat.post("/seat/suggestions", laid_aside).content.decode()
