"""Articles in the database: versions that are kept, who may write what, what is found, counted and missing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.knowledge.actions import (
    ArticleDraft,
    load_starter_articles,
    note_gap,
    put_article,
    settle_gaps,
    use_article,
    withdraw_article,
    write_article,
)
from huying.knowledge.models import Article, ArticleUse, ArticleVersion, Gap
from huying.knowledge.queries import (
    ArticleFilter,
    article_for,
    articles_for,
    ending_for,
    fitting,
    gap_for,
    gaps_for,
    most_used,
    offered_article,
    uses_by_channel,
    uses_of,
    versions_for,
)
from huying.knowledge.rules import GapKind, Standing, UseChannel
from tests.cast import DISTRICT, MONDAY, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DRAFT = ArticleDraft(
    question="遛狗要不要牵绳",
    answer="出门遛狗必须牵绳，并清理粪便；不牵绳的请说明时间和地点。",
    keywords=("遛狗", "牵绳"),
    valid_from=date(2026, 1, 1),
)


@pytest.fixture
def cast() -> Cast:
    return gather()


def test_nothing_is_overwritten(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    later = replace(DRAFT, answer=DRAFT.answer + "烈性犬不得饲养。", note="加一句")
    assert put_article(cast.administrator, number, later, 1, MONDAY) == 2
    withdraw_article(cast.administrator, number, MONDAY, note="改由公安答复")
    told = [
        (one.version, one.answer, one.withdrawn, one.note) for one in versions_for(cast.seat, number, MONDAY)
    ]
    assert told == [
        (3, later.answer, True, "改由公安答复"),
        (2, later.answer, False, "加一句"),
        (1, DRAFT.answer, False, ""),
    ]


def test_the_same_again_adds_no_version(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY, origin="form-1")
    assert write_article(cast.administrator, DRAFT, MONDAY, origin="form-1") == number
    assert put_article(cast.administrator, number, DRAFT, 1, MONDAY) == 1
    withdraw_article(cast.administrator, number, MONDAY)
    withdraw_article(cast.administrator, number, MONDAY)
    assert ArticleVersion.objects.count() == 2


def test_who_saw_an_older_version_does_not_overwrite_a_newer(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    put_article(cast.administrator, number, replace(DRAFT, keywords=("狗",)), 1, MONDAY)
    with pytest.raises(StaleVersion):
        put_article(cast.administrator, number, replace(DRAFT, keywords=("犬",)), 1, MONDAY)


def test_a_handler_writes_for_their_own_body_alone(cast: Cast) -> None:
    own = write_article(cast.handler, replace(DRAFT, body_id=cast.urban), MONDAY)
    for act in (
        lambda: write_article(cast.handler, replace(DRAFT, body_id=cast.water), MONDAY),
        lambda: write_article(cast.handler, DRAFT, MONDAY),
        lambda: put_article(cast.helper, own, replace(DRAFT, body_id=cast.water), 1, MONDAY),
        lambda: put_article(cast.handler, own, replace(DRAFT, body_id=cast.water), 1, MONDAY),
        lambda: withdraw_article(cast.helper, own, MONDAY),
        lambda: write_article(cast.seat, DRAFT, MONDAY),
    ):
        with pytest.raises(Denied):
            act()
    assert ArticleVersion.objects.count() == 1


def test_another_districts_articles_do_not_exist(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    with pytest.raises(NotFound):
        article_for(cast.stranger_in(990102), number, MONDAY)
    assert fitting(990102, "遛狗牵绳", MONDAY, 5) == []


@pytest.mark.parametrize(
    "wrong",
    [{"question": "短"}, {"answer": "短"}, {"valid_until": date(2025, 1, 1)}],
    ids=lambda one: next(iter(one)),
)
def test_what_is_no_article_is_not_kept(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        write_article(cast.administrator, replace(DRAFT, **wrong), MONDAY)
    assert set(told.value.fields) == set(wrong)
    assert not Article.objects.exists()


def test_only_what_holds_is_offered(cast: Cast) -> None:
    by = cast.administrator
    today = MONDAY.date()
    write_article(by, replace(DRAFT, valid_until=today - timedelta(days=1)), MONDAY)
    write_article(by, replace(DRAFT, valid_from=today + timedelta(days=1)), MONDAY)
    withdraw_article(by, write_article(by, DRAFT, MONDAY), MONDAY)
    last = write_article(by, replace(DRAFT, valid_until=today), MONDAY)
    assert [one.article.id for one in fitting(DISTRICT, "遛狗不牵绳", MONDAY, 9)] == [last]
    assert fitting(DISTRICT, "遛狗不牵绳", MONDAY + timedelta(days=1), 9)[0].article.id != last
    assert offered_article(DISTRICT, last, MONDAY).standing is Standing.ENDING


def test_an_article_of_the_chosen_item_comes_first(cast: Cast) -> None:
    write_article(cast.administrator, DRAFT, MONDAY)
    of_item = write_article(cast.administrator, replace(DRAFT, item="070205"), MONDAY)
    assert fitting(DISTRICT, "遛狗要牵绳吗", MONDAY, 2, item="070205")[0].article.id == of_item


def test_a_call_counts_once_whatever_is_sent_again(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    for _ in range(2):
        use_article(DISTRICT, number, UseChannel.HOTLINE, "seat:1", MONDAY)
    use_article(DISTRICT, number, UseChannel.WEB, "web:1", MONDAY)
    assert uses_of(DISTRICT, [number], MONDAY) == {number: 2}
    assert uses_by_channel(DISTRICT, number, MONDAY) == [("hotline", 1), ("web", 1)]
    assert {(row.day, row.version) for row in ArticleUse.objects.all()} == {(MONDAY.date(), 1)}


def test_an_article_withdrawn_meanwhile_answers_nobody_but_the_call_it_answered(cast: Cast) -> None:
    number = write_article(cast.administrator, DRAFT, MONDAY)
    use_article(DISTRICT, number, UseChannel.HOTLINE, "seat:1", MONDAY)
    withdraw_article(cast.administrator, number, MONDAY)
    use_article(DISTRICT, number, UseChannel.HOTLINE, "seat:1", MONDAY)
    with pytest.raises(Conflict):
        use_article(DISTRICT, number, UseChannel.HOTLINE, "seat:2", MONDAY)
    assert ArticleUse.objects.count() == 1


def test_gaps_come_in_groups_until_somebody_settles_them(cast: Cast) -> None:
    for key, words in (
        ("a", "共享单车乱停谁管"),
        ("b", "请问共享单车乱停谁管啊"),
        ("b", "同一通"),
        ("c", "13800138000"),
    ):
        note_gap(DISTRICT, GapKind.BY_HAND, words, key, MONDAY, "已告知")
    note_gap(DISTRICT, GapKind.NOT_FOUND, "13800138000", "c", MONDAY)
    group = gaps_for(cast.seat)[0]
    assert (group.times, group.reply) == (2, "已告知")
    assert gap_for(cast.seat, group.members[1].id).words == group.words
    with pytest.raises(Denied):
        settle_gaps(cast.seat, [group.members[0].id], MONDAY)
    assert settle_gaps(cast.handler, [one.id for one in group.members], MONDAY) == 2
    assert gaps_for(cast.seat) == []
    assert not Gap.objects.filter(words__contains="138").exists()


def test_what_runs_out_is_told_to_its_owner(cast: Cast) -> None:
    soon = replace(DRAFT, valid_until=MONDAY.date() + timedelta(days=5))
    over = replace(DRAFT, valid_until=MONDAY.date() - timedelta(days=5))
    mine = write_article(cast.administrator, replace(soon, body_id=cast.urban), MONDAY)
    late = write_article(cast.administrator, replace(over, body_id=cast.urban), MONDAY)
    other = write_article(cast.administrator, replace(soon, body_id=cast.water), MONDAY)
    write_article(cast.administrator, replace(DRAFT, body_id=cast.urban), MONDAY)
    assert [one.id for one in ending_for(cast.handler, MONDAY)] == [late, mine]
    assert [one.id for one in ending_for(cast.administrator, MONDAY)] == [late, mine, other]


@pytest.mark.parametrize("state", list(Standing))
def test_a_list_narrowed_to_a_standing_shows_that_one_alone(cast: Cast, state: Standing) -> None:
    by, today = cast.administrator, MONDAY.date()
    for until in (None, today + timedelta(days=3), today - timedelta(days=3)):
        write_article(by, replace(DRAFT, valid_until=until), MONDAY)
    write_article(by, replace(DRAFT, valid_from=today + timedelta(days=3)), MONDAY)
    withdraw_article(by, write_article(by, DRAFT, MONDAY), MONDAY)
    found = articles_for(cast.seat, ArticleFilter(standing=state), MONDAY).articles
    assert [one.standing for one in found] == [state]


def test_a_list_is_read_page_by_page(cast: Cast) -> None:
    made = [write_article(cast.administrator, DRAFT, MONDAY) for _ in range(3)]
    first = articles_for(cast.seat, ArticleFilter(words="牵绳"), MONDAY, limit=2)
    rest = articles_for(cast.seat, ArticleFilter(words="牵绳"), MONDAY, first.after, limit=2)
    assert [one.id for one in (*first.articles, *rest.articles)] == made[::-1]
    assert rest.after == ""
    assert articles_for(cast.seat, ArticleFilter(words="没有这个词"), MONDAY).articles == []
    with pytest.raises(Invalid):
        articles_for(cast.seat, ArticleFilter(), MONDAY, "x")


def test_the_starter_set_is_brought_in_once_and_found(cast: Cast) -> None:
    new = load_starter_articles(cast.system, MONDAY)
    assert new >= 40
    assert load_starter_articles(cast.system, MONDAY) == 0
    found = fitting(DISTRICT, "请问居住证怎么办理", MONDAY, 3)
    assert found[0].article.question == "居住证怎么办理"
    use_article(DISTRICT, found[0].article.id, UseChannel.WEB, "web:1", MONDAY)
    assert most_used(DISTRICT, MONDAY, 5)[0].id == found[0].article.id


def test_what_is_asked_most_comes_first_and_what_is_withdrawn_not_at_all(cast: Cast) -> None:
    made = [write_article(cast.administrator, DRAFT, MONDAY) for _ in range(4)]
    for key, number in enumerate((made[1], made[1], made[1], made[2], made[2], made[3])):
        use_article(DISTRICT, number, UseChannel.WEB, f"web:{key}", MONDAY)
    withdraw_article(cast.administrator, made[1], MONDAY)
    assert [one.id for one in most_used(DISTRICT, MONDAY, 9)] == [made[2], made[3], made[0]]
    assert [one.id for one in most_used(DISTRICT, MONDAY, 1)] == [made[2]]
    later = MONDAY + timedelta(days=91)
    assert [one.id for one in most_used(DISTRICT, later, 9)] == [made[0], made[2], made[3]]


def test_a_search_asks_the_database_twice(cast: Cast, django_assert_num_queries: Any) -> None:
    load_starter_articles(cast.system, MONDAY)
    with django_assert_num_queries(2):
        fitting(DISTRICT, "半夜施工打桩太吵，投诉好几次了，孩子要考试，请问归哪个部门管", MONDAY, 4)
    with django_assert_num_queries(0):
        assert fitting(DISTRICT, "请问怎么办理", MONDAY, 4) == []
