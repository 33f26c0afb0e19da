"""Databases of the benchmark's own on the configured server: the user's data is neither read nor written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlencode

import psycopg
from django.db import connection
from psycopg import sql

PREFIX: Final = "huying_bench"
_HOME: Final = connection.settings_dict["NAME"]


def name_for(cases: int) -> str:
    """The name of the scratch database with about so many cases."""
    return f"{PREFIX}_{cases}"


def mark(name: str, words: str) -> None:
    """Keep some words with a database, by which it is known later."""
    with _server() as server:
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(_own(name)), sql.Literal(words))
        )


def marked(name: str) -> str | None:
    """The words kept with a database; None where there is no such database."""
    with _server() as server:
        row = server.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    return None if row is None else str(row[0])


def make(name: str, template: str | None = None) -> None:
    """Make a database, as a copy of ``template`` where one is given; nobody may be using that one."""
    # File by file: through the log, ten gigabytes would be written twice.
    copied = (
        sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template))
        if template
        else sql.SQL("")
    )
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_own(name))) + copied
    with _server() as server:
        server.execute(made)


def rename(name: str, to: str) -> None:
    """Give a database another name."""
    with _server() as server:
        names = [sql.Identifier(_own(each)) for each in (name, to)]
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


def drop(name: str) -> None:
    """Remove a database of ours, ending whoever still uses it."""
    with _server() as server:
        # WITH (FORCE) is refused while the server itself tidies up there, which a plain DROP ends.
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [_own(name)],
        )
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(_own(name))))


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let this process work in the database of that name for the block."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def address(name: str) -> Mapping[str, str]:
    """How another program reaches that database: libpq's own names, with the password."""
    given = _parameters()
    found = {key: str(given[key]) for key in ("host", "port", "user", "password") if given.get(key)}
    return {**found, "dbname": name}


def url(name: str) -> str:
    """The value of HUYING_DATABASE_URL under which a process of ours works in that database."""
    return f"postgresql:///{name}?{urlencode({k: v for k, v in address(name).items() if k != 'dbname'})}"


def settings_of_server() -> dict[str, str]:
    """What of the server's settings bears on the figures; the version first."""
    names = (
        "server_version",
        "fsync",
        "synchronous_commit",
        "full_page_writes",
        "shared_buffers",
        "max_wal_size",
    )
    with _server() as server:
        rows = [(name, server.execute("SELECT current_setting(%s)", [name]).fetchone()) for name in names]
    return {name: str(row[0]) for name, row in rows if row}


def _parameters() -> dict[str, Any]:
    return connection.get_connection_params()


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    parameters = {**address(_HOME)}
    with psycopg.connect(**parameters, autocommit=True) as server:  # type: ignore[arg-type]
        yield server


def _own(name: str) -> str:
    if not name.startswith(PREFIX):
        raise ValueError(f"{name} is not one of the benchmark's databases")
    return name
