"""No page without a mark that says who may open it (``huying.web.guard``)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.web.guard import guard_of


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def _pages() -> list[tuple[str, Callable[..., Any]]]:
    # The programming interface asks each operation for a key instead; tests/api walks those.
    return [(address, view) for address, view in _routes(get_resolver()) if not _of_interface(view)]


def _of_interface(view: Callable[..., Any]) -> bool:
    # Its description is served by views to which the interface itself was already given.
    whole = getattr(view, "func", view)
    # What stands in the interfaces asks for a key of its own; tests/api walks that.
    return getattr(whole, "__module__", "").startswith(("ninja.", "huying.api."))


def test_there_are_routes_to_walk() -> None:
    assert any(address == "account/sign-in" for address, _ in _pages())


def test_every_page_says_who_may_open_it() -> None:
    unmarked = [address for address, view in _pages() if guard_of(view) is None]
    assert not unmarked, f"mark these views with @public, @signed_in() or @guarded(…): {unmarked}"


def test_every_guarded_page_opens_to_some_role() -> None:
    held: frozenset[Permission] = frozenset().union(*ROLES.values())
    shut = [
        address
        for address, view in _pages()
        if (guard := guard_of(view)) and guard.permissions and not guard.permissions & held
    ]
    assert not shut


@pytest.mark.parametrize("address", ["account/", "account/password", "account/second-factor"])
def test_ones_own_account_is_not_public(address: str) -> None:
    guards = {route: guard_of(view) for route, view in _pages()}
    guard = guards[address]
    assert guard is not None
    assert guard.permissions is not None
