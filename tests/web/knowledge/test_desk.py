"""The knowledge base's pages: written, previewed, changed, withdrawn; gaps become articles; each sees their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.knowledge.actions import (
    ArticleDraft,
    load_starter_articles,
    note_gap,
    withdraw_article,
    write_article,
)
from huying.knowledge.models import Article, ArticleVersion, Gap
from huying.knowledge.rules import GapKind
from tests.cast import DISTRICT, MONDAY, Cast
from tests.people.cast import SYSTEM
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = {
    "question": "遛狗要不要牵绳",
    "answer": "出门遛狗必须牵绳，并清理粪便；不牵绳的请说明时间和地点。",
    "keywords": "遛狗、牵绳 狗绳",
    "valid_from": "2026-01-01",
}
DRAFT = ArticleDraft(
    question=TEXT["question"], answer=TEXT["answer"], keywords=("遛狗",), valid_from=date(2026, 1, 1)
)


@pytest.fixture
def admin(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def _sent(**more: str) -> dict[str, str]:
    return {**TEXT, "key": str(uuid4()), "do": "save", **more}


def test_an_article_is_written_once_and_listed(admin: Client) -> None:
    sent = _sent()
    first, second = admin.post("/admin/knowledge/new", sent), admin.post("/admin/knowledge/new", sent)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    version = ArticleVersion.objects.get()
    assert version.keywords == ["遛狗", "牵绳", "狗绳"]
    assert TEXT["question"] in admin.get("/admin/knowledge/").content.decode()
    assert TEXT["answer"] in admin.get(first.headers["Location"]).content.decode()


def test_a_preview_keeps_nothing_and_loses_nothing(admin: Client) -> None:
    page = admin.post("/admin/knowledge/new", _sent(do="preview"))
    assert page.status_code == 200
    assert "居民看到的样子" in page.content.decode()
    assert page.content.decode().count(TEXT["answer"]) == 2
    assert not Article.objects.exists()


def test_a_change_is_a_further_version_and_the_old_one_can_be_read(admin: Client, cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    form = admin.get(f"/admin/knowledge/{number}/text").content.decode()
    assert 'name="seen" value="1"' in form
    changed = _sent(seen="1", answer="先打狗证，遛狗要牵绳，狗绳不超过一米五。", note="加长度")
    assert admin.post(f"/admin/knowledge/{number}/text", changed).status_code == 302
    page = admin.get(f"/admin/knowledge/{number}").content.decode()
    assert all(words in page for words in ("不超过一米五", TEXT["answer"], "加长度", "第 2 版", "第 1 版"))


def test_what_somebody_saved_meanwhile_stands_beside_what_was_typed(admin: Client, cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    admin.post(
        f"/admin/knowledge/{number}/text", _sent(seen="1", answer="别人的新答复：出门要牵绳，违者罚款。")
    )
    refused = admin.post(
        f"/admin/knowledge/{number}/text", _sent(seen="1", answer="我的新答复：请先办理犬只登记再出门。")
    )
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "别人的新答复" in page
    assert "我的新答复" in page
    assert ArticleVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"question": "短"}, "4 到 120 字"),
        ({"answer": "短"}, "15 到 2000 字"),
        ({"valid_until": "2025-01-01"}, "截止日不能早于启用日"),
        ({"item": "没有的"}, "没有这个事项编码"),
        ({"body": "99999"}, "99999"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(admin: Client, wrong: dict[str, str], says: str) -> None:
    load_starter(SYSTEM, DISTRICT, MONDAY)
    refused = admin.post("/admin/knowledge/new", _sent(**wrong))
    assert refused.status_code == 400
    assert says in refused.content.decode()
    assert "狗绳" in refused.content.decode()
    assert not Article.objects.exists()


def test_an_empty_base_is_begun_with_the_starter_set_by_who_writes_for_all(admin: Client, cast: Cast) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    assert "装入起步知识" not in handler.get("/admin/knowledge/").content.decode()
    assert "只能写本单位" in handler.post("/admin/knowledge/starter", follow=True).content.decode()
    assert not Article.objects.exists()
    assert "装入起步知识" in admin.get("/admin/knowledge/").content.decode()
    for _ in range(2):
        assert "起步知识已装入" in admin.post("/admin/knowledge/starter", follow=True).content.decode()
    assert Article.objects.count() >= 40


def test_an_article_may_name_an_item_of_the_list(admin: Client, cast: Cast) -> None:
    load_starter(cast.system, DISTRICT, MONDAY)
    made = admin.post("/admin/knowledge/new", _sent(item="070205"))
    assert "宠物叫声" in admin.get(made.headers["Location"]).content.decode()


def test_a_handler_writes_for_their_body_and_only_reads_the_others(cast: Cast) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    made = handler.post("/admin/knowledge/new", _sent(body=str(cast.urban)))
    assert made.status_code == 302
    assert handler.post("/admin/knowledge/new", _sent(body=str(cast.water))).status_code == 400
    assert handler.post("/admin/knowledge/new", _sent()).status_code == 400
    other = write_article(cast.administrator, replace(DRAFT, body_id=cast.water), MONDAY)
    assert "修改" not in handler.get(f"/admin/knowledge/{other}").content.decode()
    assert handler.get(f"/admin/knowledge/{other}/text").status_code == 403
    handler.post(f"/admin/knowledge/{other}/standing", {"do": "withdraw"})
    assert not ArticleVersion.objects.filter(article_id=other, withdrawn=True).exists()


def test_a_seat_reads_and_writes_nothing(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    seat = desk(Role.SEAT)
    for page in ("", f"{number}", "gaps", "ending"):
        shown = seat.get(f"/admin/knowledge/{page}")
        assert shown.status_code == 200
        assert "/admin/knowledge/new" not in shown.content.decode()
    for page in ("new", f"{number}/text"):
        assert seat.get(f"/admin/knowledge/{page}").status_code == 403


def test_an_article_is_withdrawn_and_put_back(admin: Client, cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    for do, chip in (("withdraw", "已停用"), ("restore", "有效")):
        page = admin.post(f"/admin/knowledge/{number}/standing", {"do": do, "note": "按新规"}, follow=True)
        assert f">{chip}</span>" in page.content.decode()
    assert "按新规" in page.content.decode()


def test_a_gap_becomes_an_article_and_leaves_the_list(admin: Client) -> None:
    for key, words in (("a", "共享单车乱停谁管"), ("b", "请问共享单车乱停谁管啊")):
        note_gap(DISTRICT, GapKind.BY_HAND, words, key, clock.now(), "已告知可以登记，由城管和企业清理。")
    page = admin.get("/admin/knowledge/gaps").content.decode()
    assert "手写 2" in page
    begun = page.split("?gap=")[1].split('"')[0]
    form = admin.get(f"/admin/knowledge/new?gap={begun}").content.decode()
    assert "由城管和企业清理" in form
    admin.post("/admin/knowledge/new", _sent(gap=begun, question="共享单车乱停谁管"))
    assert set(Gap.objects.values_list("article_id", flat=True)) == {Article.objects.get().pk}
    assert "没有缺口" in admin.get("/admin/knowledge/gaps").content.decode()


def test_a_gap_that_needs_no_article_is_settled_once(admin: Client) -> None:
    note_gap(DISTRICT, GapKind.NOT_FOUND, "今天星期几", "a", clock.now())
    gap = Gap.objects.get().id
    assert (
        "已从缺口里去掉" in admin.post(f"/admin/knowledge/gaps/{gap}/settled", follow=True).content.decode()
    )
    assert "已经处理过了" in admin.post(f"/admin/knowledge/gaps/{gap}/settled", follow=True).content.decode()


def test_what_runs_out_is_shown_to_who_writes_for_its_body(admin: Client, cast: Cast) -> None:
    soon = replace(DRAFT, valid_from=date(2026, 1, 1), valid_until=timezone.localdate() + timedelta(days=5))
    write_article(cast.administrator, replace(soon, body_id=cast.urban), clock.now())
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    other = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.water)
    for client, shown in ((admin, True), (handler, True), (other, False)):
        assert (TEXT["question"] in client.get("/admin/knowledge/ending").content.decode()) is shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=牵绳", True),
        ("q=没有这个词", False),
        ("standing=withdrawn", False),
        ("standing=nonsense", True),
        ("body=7x", True),
    ],
)
def test_the_list_is_narrowed_by_its_address(admin: Client, cast: Cast, asked: str, found: bool) -> None:
    write_article(cast.administrator, DRAFT, MONDAY)
    assert (TEXT["question"] in admin.get(f"/admin/knowledge/?{asked}").content.decode()) is found


def test_a_page_address_that_is_none_is_refused(admin: Client) -> None:
    assert admin.get("/admin/knowledge/?after=x").status_code == 400


def test_the_pages_ask_little_of_the_database(
    admin: Client, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    load_starter_articles(cast.system, clock.now())
    number = Article.objects.order_by("-pk")[0].pk
    withdraw_article(cast.administrator, number, clock.now())
    for page, most in (("", 8), ("gaps", 7), ("ending", 8), (f"{number}", 8), ("new", 7)):
        admin.get(f"/admin/knowledge/{page}")
        with django_assert_max_num_queries(most):
            admin.get(f"/admin/knowledge/{page}")
