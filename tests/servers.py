"""Run what needs a database, a browser or patience, each test once, on two servers: ``python -m tests.servers``.

What a domain asks of the database, and what the journeys ask, which open every page to everybody and send every form, is
asked of the oldest PostgreSQL we promise. Pages and interfaces by themselves, stories, and whatever starts servers of
its own run on the newest, which the platform brings along.

Looks for the oldest at HUYING_TEST_DATABASE_URL, else at 127.0.0.1:5432. Where no PostgreSQL 15 answers this is said,
all runs on the newest, and on the build server (CI=true) that counts as a failure.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

OLDEST = 15
TESTS = Path(__file__).parent
_NEWEST = {"web", "api", "stories", "browser"}
_OF_ITS_OWN = {"server", "browser"}
_WANTED = "database or server or browser or slow"
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def asks_the_oldest(item: pytest.Item) -> bool:
    """Whether a test is for the oldest server: a domain's or a journey, and it starts no server of its own."""
    folder = item.path.relative_to(TESTS).parts[0]
    marks = {mark.name for mark in item.iter_markers()}
    return "database" in marks and not marks & _OF_ITS_OWN and folder not in _NEWEST


def version_at(url: str) -> int | str:
    """The major version of the server, or why there is none."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            return connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        return str(error).strip().split("\n")[0]


def main(options: list[str]) -> int:
    url = os.environ.get("HUYING_TEST_DATABASE_URL") or USUAL
    found = version_at(url)
    if found != OLDEST:
        sys.stderr.write(f"no PostgreSQL {OLDEST}, all runs on the newest alone: {found}\n")
        failed = _pytest(options)
        return failed or int(os.environ.get("CI") == "true")
    # A name of its own, so that two runs on one server do not meet.
    own = urlunsplit(urlsplit(url)._replace(path=f"/huying_{os.getpid()}"))
    newest = _pytest([*options, "--on", "newest"])
    oldest = _pytest([*options, "--on", "oldest"], HUYING_DATABASE_URL=own)
    return newest or oldest


def _pytest(options: list[str], **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-m", _WANTED, *options, str(TESTS)]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
