"""The role under which the application writes: it may add to the ledger, and nobody through it may alter it.

Triggers refuse changes too, but whoever owns the table may switch them off; this role owns nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from psycopg import sql

ROLE: Final = "huying_writer"
# The ledger, the roots that were published of it, who saw whose data, who tried to sign in, who changed what, what was
# reported and who signed it.
_KEPT: Final = (
    "cases_entry", "cases_dayroot", "people_viewing", "people_signin", "annals_change", "reports_report",
    "reports_signing",
)  # fmt: skip


def grant(role: str = ROLE) -> list[str]:
    """Make the role where it is missing and give it what the application needs; the tables it may only add to.

    To be called as the owner of the tables, and again after every migration that makes new ones. Raises
    django.db.ProgrammingError when the connected user may not create roles and the role does not exist.
    """
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        statements = [] if cursor.fetchone() else [sql.SQL("CREATE ROLE {} NOLOGIN").format(name)]
        everything = "ALL TABLES IN SCHEMA public"
        kept = sql.SQL(", ").join(map(sql.Identifier, _KEPT))
        statements += [
            sql.SQL("GRANT {} TO CURRENT_USER").format(name),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
            sql.SQL(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {everything} TO {{}}").format(name),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
            sql.SQL("REVOKE ALL ON {} FROM {}").format(kept, name),
            sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(kept, name),
        ]
        for statement in statements:
            cursor.execute(statement)
    return list(_KEPT)


def may_alter(role: str = ROLE) -> list[str]:
    """The kept tables that the role could still change, as ``table: privilege``; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t || ': ' || p FROM unnest(%s::text[]) t, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) p "
            "WHERE has_table_privilege(%s, t, p)",
            [list(_KEPT), role],
        )
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the user who connected, not as the role: for what changes tables."""
    role = connection.settings_dict["OPTIONS"].get("assume_role")
    if not role:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
