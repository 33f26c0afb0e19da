"""Everything a page of staff can do, the interface can: ``parity.txt`` says by which operation, or why not."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from huying.api.urls import urlpatterns
from huying.api.v1.interface import api
from huying.web.guard import guard_of
from tests.structure.test_every_route_is_guarded import _pages

TABLE = Path(__file__).with_name("parity.txt")


class Why(StrEnum):
    """Why a page needs no operation."""

    SIGNING_IN = "signing_in"  # sessions, passwords, second factors: a key has none
    OWN = "own"  # of one person signed in: their bell, shifts, filters, telephone
    PERSON = "person"  # somebody answers for it with their own name; a system cannot
    PRESENTATION = "presentation"  # another drawing or a fragment of what an operation already tells


def _table() -> Mapping[str, str]:
    lines = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    pairs = [line.split("->") for line in lines]
    assert len({page.strip() for page, _ in pairs}) == len(pairs)
    return {page.strip(): told.strip() for page, told in pairs}


def _operations() -> set[str]:
    assert urlpatterns
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def _staff() -> set[str]:
    found = {address: guard_of(view) for address, view in _pages()}
    return {
        address for address, guard in found.items() if guard is not None and guard.permissions is not None
    }


def test_every_page_of_staff_has_its_operation_or_a_reason() -> None:
    told, pages = _table(), _staff()
    assert sorted(pages - set(told)) == [], "say in parity.txt which operations do what these pages do"
    assert sorted(set(told) - pages) == [], "these pages are gone"


def test_the_operations_named_are_there() -> None:
    known = _operations()
    for page, told in _table().items():
        if told.startswith("("):
            assert told.strip("()") in set(Why), page
            continue
        for one in told.split(", "):
            assert one in known, f"{page}: {one}"
