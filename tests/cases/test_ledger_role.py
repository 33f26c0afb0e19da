"""Under its own database role the platform can do its work, and cannot alter the ledger with triggers off either."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.actions.roots import publish_root
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry
from huying.site import writer
from tests.cast import DISTRICT, GRID, MONDAY, Cast

ROLE = f"huying_writer_test_{os.getpid()}"


@pytest.fixture
def as_writer(cast: Cast, with_handler: Case) -> Iterator[None]:
    """The rest of the test acts as the role; roles belong to the whole server, so all is rolled back with the test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("the connected user may not create roles")
        writer.grant(ROLE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_entry DISABLE TRIGGER USER")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


ATTEMPTS = (
    "UPDATE cases_entry SET verb = 'close'",
    "DELETE FROM cases_entry",
    "TRUNCATE cases_entry",
    "ALTER TABLE cases_entry DISABLE TRIGGER USER",
    "DROP TABLE cases_entry CASCADE",
    "UPDATE cases_dayroot SET entries = 0",
    "DELETE FROM cases_dayroot",
    "UPDATE people_viewing SET reason = ''",
    "DELETE FROM people_viewing",
    "DELETE FROM people_signin",
    "CREATE OR REPLACE FUNCTION ledger_is_kept() RETURNS trigger LANGUAGE sql AS ''",
)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_role_cannot_alter_what_is_kept(as_writer: None, attempt: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        execute(attempt)


def test_the_role_does_the_platforms_work(as_writer: None, cast: Cast, with_handler: Case) -> None:
    advance(
        (DISTRICT, with_handler.id),
        Verb.NOTE,
        by=cast.handler,
        now=MONDAY + timedelta(hours=2),
        note="已到场",
    )
    receive(DISTRICT, [NewAppeal(text="路灯不亮", channel="web", area=GRID)], by=cast.system, now=MONDAY)
    assert fire_due(MONDAY + timedelta(days=30)) > 0
    publish_root(DISTRICT, MONDAY.date(), MONDAY + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Entry.objects.filter(verb="note").exists()


def test_granting_again_is_harmless_and_says_that_nothing_is_left(as_writer: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    writer.grant(ROLE)
    assert writer.may_alter(ROLE) == []


def test_a_role_that_owns_the_tables_is_told_apart(as_writer: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    assert "cases_entry: UPDATE" in writer.may_alter(owner)
