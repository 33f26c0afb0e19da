"""Questions of a list that a person keeps: theirs alone, by name, without scripts."""

from urllib.parse import quote

import pytest

from huying.access.roles import Role
from huying.people.models import SavedFilter
from tests.cast import Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _save(client: object, name: str, query: str, page: str = "case") -> str:
    sent = {"list": page, "name": name, "query": query, "next": f"/case/?{query}"}
    return client.post("/account/filters", sent, follow=True).text  # type: ignore[attr-defined, no-any-return]


def test_a_question_is_kept_under_a_name_and_asked_again(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    assert "save-filter" not in client.get("/case/").text
    page = client.get("/case/?mark=supervised").text
    assert 'name="name" value="督办中"' in page
    told = _save(client, "盯着的", "mark=supervised&after=abc&case=1&q=")
    assert "已存为常用筛选" in told
    assert '<a href="?mark=supervised">盯着的</a>' in client.get("/case/").text


def test_it_is_on_its_own_list_alone_and_nobody_else_sees_it(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    _save(client, "盯着的", "mark=supervised")
    assert "盯着的" not in client.get("/admin/knowledge/").text
    other = desk(Role.EVALUATOR)
    assert "盯着的" not in other.get("/case/").text
    number = SavedFilter.objects.get().id
    other.post(f"/account/filters/{number}/drop")
    assert SavedFilter.objects.count() == 1
    client.post(f"/account/filters/{number}/drop")
    assert SavedFilter.objects.count() == 0


def test_the_same_name_is_replaced_and_what_is_wrong_is_said(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    _save(client, "盯着的", "mark=supervised")
    _save(client, "盯着的", "mark=suspended")
    assert SavedFilter.objects.get().query == "mark=suspended"
    assert "起个名字" in _save(client, "  ", "mark=suspended")
    assert "先选好筛选条件" in _save(client, "空的", "")
    for n in range(11):
        _save(client, f"第{n}", f"q={quote('路灯')}{n}")
    assert "最多存 12 个" in _save(client, "多的", "lamp=red")
    assert SavedFilter.objects.count() == 12
