"""常见问题 without an account or scripts: find an answer, or carry the words over to a report."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from huying.kernel import clock
from huying.knowledge.actions import load_starter_articles, withdraw_article
from huying.knowledge.models import Article, ArticleUse, Gap
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
UNKNOWN = "河里有一条鳄鱼"


@pytest.fixture
def resident(cast: Cast) -> Client:
    cache.clear()
    load_starter_articles(cast.system, clock.now())
    return Client()


def _number(resident: Client) -> int:
    page = resident.get("/questions/", {"q": "居住证怎么办"}).content.decode()
    return int(page.split('href="/questions/')[1].split("?")[0])


def test_a_question_finds_its_answer_and_says_that_it_helped_once(resident: Client) -> None:
    number = _number(resident)
    page = resident.get(f"/questions/{number}").content.decode()
    assert "连续就读" in page
    key = page.split('name="key" value="')[1].split('"')[0]
    for _ in range(2):
        assert resident.post(f"/questions/{number}/helped", {"key": key}).status_code == 302
    assert [(use.article_id, use.channel) for use in ArticleUse.objects.all()] == [(number, "web")]


def test_what_was_said_is_carried_over_to_the_report(resident: Client) -> None:
    page = resident.get("/questions/", {"q": UNKNOWN}).content.decode()
    address = page.split('href="/report?words=')[1].split('"')[0]
    assert f">\n{UNKNOWN}</textarea>" in resident.get(f"/report?words={address}").content.decode()
    number = _number(resident)
    asked = resident.get(f"/questions/{number}", {"q": "居住证卡住了"}).content.decode()
    assert "/report?words=%E5%B1%85%E4%BD%8F%E8%AF%81%E5%8D%A1" in asked
    alone = resident.get(f"/questions/{number}").content.decode()
    assert "/report?words=%E5%B1%85%E4%BD%8F%E8%AF%81%E6%80%8E" in alone


def test_a_search_without_a_find_is_a_gap_once_a_day_and_visitor(resident: Client) -> None:
    for _ in range(2):
        resident.get("/questions/", {"q": UNKNOWN})
    resident.get("/questions/", {"q": UNKNOWN}, REMOTE_ADDR="10.1.2.3")
    resident.get("/questions/", {"q": "居住证"})
    assert list(Gap.objects.values_list("kind", "words")) == [("not_found", UNKNOWN)] * 2


def test_a_machine_does_not_fill_the_list_of_gaps(resident: Client) -> None:
    for number in range(30):
        resident.get("/questions/", {"q": f"{UNKNOWN}{chr(0x4E00 + 40 * number)}"})
    assert Gap.objects.count() == 10


def test_without_words_the_most_asked_stand_there(resident: Client) -> None:
    number = _number(resident)
    resident.post(f"/questions/{number}/helped", {"key": str(uuid4())})
    page = resident.get("/questions/").content.decode()
    assert page.index(f'href="/questions/{number}"') == page.index(
        'href="/questions/', page.index("大家常问")
    )


def test_a_withdrawn_article_is_gone_for_everybody(resident: Client, cast: Cast) -> None:
    number = _number(resident)
    withdraw_article(cast.administrator, number, clock.now())
    assert resident.get(f"/questions/{number}").status_code == 404
    refused = resident.post(f"/questions/{number}/helped", {"key": str(uuid4())}, follow=True)
    assert "刚刚停用或到期" in refused.content.decode()
    assert not ArticleUse.objects.exists()


@pytest.mark.parametrize(
    "words", ["\x00", "'; DROP TABLE", "<script>hy=1</script>", "狗", "%", "長" * 5000, "怎么办"]
)
def test_whatever_is_searched_breaks_nothing(resident: Client, words: str) -> None:
    page = resident.get("/questions/", {"q": words})
    assert page.status_code == 200
    assert "<script>hy" not in page.content.decode()
    assert resident.get("/report", {"words": words}).status_code == 200


def test_a_key_that_is_none_is_refused(resident: Client) -> None:
    refused = resident.post(f"/questions/{_number(resident)}/helped", {"key": "x"}, follow=True)
    assert "刷新后再提交" in refused.content.decode()


def test_the_report_page_leads_to_the_questions(resident: Client) -> None:
    assert 'href="/questions/"' in resident.get("/report").content.decode()


def test_the_pages_ask_little_of_the_database(
    resident: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    number = Article.objects.order_by("pk")[0].pk
    for page, most in (("", 4), ("?q=居住证", 4), (f"{number}", 4)):
        resident.get(f"/questions/{page}")
        with django_assert_max_num_queries(most):
            resident.get(f"/questions/{page}")
