from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role
from huying.web.navigation import home_for, links_for


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _mounted(namespace: str, name: str):
    return path(f"{namespace}/", include(([path("", _page, name=name)], namespace)))


routes = ModuleType("routes")
routes.urlpatterns = [
    _mounted("dispatch", "index"),
    _mounted("handling", "index"),
    _mounted("audit", "index"),
]


def _actor(role: Role) -> Actor:
    return Actor(ActorKind.ACCOUNT, 440310, "李敏", account_id=1, grants=(Grant(role, "440310001"),))


@pytest.fixture(autouse=True)
def _routes():
    with override_settings(ROOT_URLCONF=routes):
        yield


def _labels(actor: Actor | None, here: str = "/") -> list[str]:
    return [link.label for group in links_for(actor, here) for link in group.links]


def test_a_dispatcher_sees_the_dispatch_desk_and_not_the_audit() -> None:
    assert _labels(_actor(Role.STREET_DISPATCHER)) == ["分拨台"]


def test_an_auditor_sees_the_audit_and_no_desk() -> None:
    assert _labels(_actor(Role.AUDITOR)) == ["审计记录"]


def test_a_stranger_sees_no_door() -> None:
    assert links_for(None, "/") == []


def test_the_door_one_stands_in_is_marked() -> None:
    [group] = links_for(_actor(Role.DEPARTMENT_HANDLER), "/handling/440310-000000001")
    assert [link.here for link in group.links] == [True]


def test_what_is_seldom_wanted_is_folded_until_one_is_in_it_or_begins_there() -> None:
    with override_settings(ROOT_URLCONF="huying.site.urls"):
        dispatcher, auditor = _actor(Role.STREET_DISPATCHER), _actor(Role.AUDITOR)
        assert [group.open for group in links_for(dispatcher, "/dispatch/")] == [True] * 4 + [False]
        assert links_for(dispatcher, "/admin/knowledge/")[-1].open
        assert links_for(auditor, "/case/")[-1].open


@pytest.mark.parametrize(
    ("role", "home"), [(Role.STREET_DISPATCHER, "/dispatch/"), (Role.GRID_WORKER, "/handling/")]
)
def test_the_day_begins_at_the_desk_of_ones_post(role: Role, home: str) -> None:
    assert home_for(_actor(role)) == home


def test_a_post_without_a_desk_has_no_home() -> None:
    assert home_for(_actor(Role.RESIDENT)) == ""
