"""Every page without parameters, opened by every role: what the mark says is what happens."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huying.access.roles import ROLES, Role
from huying.kernel import clock
from huying.people import actions
from huying.web.guard import guard_of
from tests.people.cast import PASSWORD, SYSTEM, enter, post_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _plain_routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _plain_routes(pattern, address)
        elif isinstance(pattern, URLPattern) and not any(sign in address for sign in "<(^"):
            yield f"/{address}", pattern.callback


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RESIDENT])
def test_a_page_opens_to_the_roles_its_mark_names_and_to_no_other(role: Role) -> None:
    made = actions.create_account(
        SYSTEM,
        "somebody",
        "某人",
        [post_of(role)],
        clock.now(),
        password=PASSWORD,
        must_change_password=False,
    )
    client = Client(raise_request_exception=False)
    enter(client, made)
    wrong = []
    for address, view in _plain_routes(get_resolver()):
        guard = guard_of(view)
        if guard is None or not guard.permissions:
            continue
        status = client.get(address).status_code
        if status == 405:
            continue
        may = bool(guard.permissions & ROLES[role])
        if (may and (status == 403 or status >= 500)) or (not may and status != 403):
            wrong.append((address, status))
    assert not wrong


def test_a_stranger_sees_public_pages_and_the_sign_in_page_only() -> None:
    client = Client(raise_request_exception=False)
    for address, view in _plain_routes(get_resolver()):
        guard = guard_of(view)
        answer = client.get(address)
        if guard is not None and guard.permissions is not None and answer.status_code != 405:
            assert answer.headers.get("Location", "").startswith("/account/sign-in"), address
