from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from huying.access.actor import Grant
from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people import actions, queries
from huying.people.actions import NewBody, NewPost
from huying.people.models import Account
from huying.people.rules.kinds import BodyKind
from tests.people.cast import DISTRICT, NOW, PASSWORD, SYSTEM, actor, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_actor_has_the_posts_valid_now_and_no_others() -> None:
    cast = make_cast()
    later = NOW + timedelta(days=1)
    post = actions.create_post(SYSTEM, cast.sun, NewPost(Role.EVALUATOR, "990101001"), later)
    handler = Grant(Role.DEPARTMENT_HANDLER, "990101", cast.water)
    evaluator = Grant(Role.EVALUATOR, "990101001")
    assert actor(cast.sun, NOW).grants == (handler,)
    assert actor(cast.sun, later).grants == (handler, evaluator)
    actions.end_post(SYSTEM, post, later + timedelta(days=1))
    assert actor(cast.sun, later + timedelta(days=1)).grants == (handler,)


def test_an_actor_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    account = Account.objects.get(pk=make_cast().sun)
    with django_assert_num_queries(1):
        found = queries.actor_of(account, NOW)
    assert found.may(P.ORDER_SIGN)
    assert not found.may(P.ACCOUNT_EDIT)
    assert (found.name, found.district, found.body_ids) == ("孙海", DISTRICT, {account.posts.get().body_id})


def test_a_stopped_account_may_nothing_and_nobody_stops_themselves() -> None:
    cast = make_cast()
    actions.set_active(actor(cast.wang), cast.sun, False, NOW)
    assert actor(cast.sun).grants == ()
    with pytest.raises(Conflict):
        actions.set_active(actor(cast.wang), cast.wang, False, NOW)


@pytest.mark.parametrize(
    ("login", "password", "phone", "area", "refusal"),
    [
        ("wang", PASSWORD, "", "990101", Conflict),
        ("new", "weak", "", "990101", Invalid),
        ("new", PASSWORD, "12", "990101", Invalid),
        ("new", PASSWORD, "", "990102", Invalid),
        (" ", PASSWORD, "", "990101", Invalid),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_made(
    login: str, password: str, phone: str, area: str, refusal: type[Exception]
) -> None:
    cast = make_cast()
    before = Account.objects.count()
    with pytest.raises(refusal):
        actions.create_account(
            actor(cast.wang), login, "新人", [NewPost(Role.SEAT, area)], NOW, password=password, phone=phone
        )
    assert Account.objects.count() == before


def test_only_administrators_manage_accounts() -> None:
    cast = make_cast()
    with pytest.raises(Denied):
        actions.create_account(actor(cast.sun), "new", "新人", [], NOW)
    with pytest.raises(Denied):
        queries.accounts_for(actor(cast.sun))
    with pytest.raises(Denied):
        queries.account_info(actor(cast.sun), cast.zhao)
    assert queries.account_info(actor(cast.sun), cast.sun).name == "孙海"


def test_who_administers_one_street_does_not_make_themself_more() -> None:
    cast = make_cast()
    post = NewPost(Role.ADMINISTRATOR, "990101001")
    li = actor(actions.create_account(SYSTEM, "li", "李一街", [post], NOW, password=PASSWORD))
    for act in (
        lambda: actions.create_post(li, li.account_id or 0, NewPost(Role.DISTRICT_DISPATCHER, "990101"), NOW),
        lambda: actions.reset_sign_in(li, cast.wang, NOW),
        lambda: actions.set_active(li, cast.wang, False, NOW),
        lambda: actions.create_key(li, "后门", Role.SUPERVISOR, "990101", NOW),
        lambda: actions.create_body(li, NewBody("X9", "自设局", BodyKind.DEPARTMENT, "990101"), NOW),
        lambda: queries.accounts_for(li),
        lambda: queries.keys_for(li),
    ):
        with pytest.raises(Denied):
            act()


def test_the_list_is_searched_and_paged_within_the_district() -> None:
    cast = make_cast()
    wang = actor(cast.wang)
    assert [info.login for info in queries.accounts_for(wang, limit=2)] == ["wang", "zhao"]
    assert [info.login for info in queries.accounts_for(wang, after=cast.zhao)] == ["sun", "qian"]
    assert [info.id for info in queries.accounts_for(wang, "孙")] == [cast.sun]
    Account.objects.filter(pk=cast.sun).update(district=990102)
    with pytest.raises(NotFound):
        queries.account_info(wang, cast.sun)


def test_a_phone_is_sealed_and_shown_masked() -> None:
    made = actions.create_account(SYSTEM, "li", "李", [], NOW, phone="138 1234 1234")
    assert queries.account_info(SYSTEM, made).phone == "138****1234"
    assert b"13812341234" not in bytes(Account.objects.get(pk=made).phone_sealed or b"")


def test_a_handling_post_names_its_body_for_without_one_it_would_reach_every_case() -> None:
    cast = make_cast()
    with pytest.raises(Invalid) as refused:
        actions.create_post(SYSTEM, cast.zhao, NewPost(Role.DEPARTMENT_HANDLER, "990101"), NOW)
    assert "body" in refused.value.fields
