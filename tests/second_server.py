"""Run the database's tests once more, on the oldest PostgreSQL we promise: ``python -m tests.second_server [options]``.

What pages and interfaces ask of a database is asked here by the journeys, which open every page to everybody and send
every form; their own folders are not run again.

Looks at HUYING_TEST_DATABASE_URL, else at 127.0.0.1:5432. Where no PostgreSQL 15 answers this is said, and counts
as a failure on the build server (CI=true) alone.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

OLDEST = 15
TESTS = Path(__file__).parent
NOT_AGAIN = {"web", "api", "stories", "browser", "__pycache__"}
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"


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
        missed = os.environ.get("CI") == "true"
        sys.stderr.write(f"no PostgreSQL {OLDEST} for the second run: {found}\n")
        return 1 if missed else 0
    # A name of its own, so that two runs on one server do not meet.
    own = urlunsplit(urlsplit(url)._replace(path=f"/huying_{os.getpid()}"))
    environment = {**os.environ, "HUYING_DATABASE_URL": own}
    folders = [str(one) for one in sorted(TESTS.iterdir()) if one.is_dir() and one.name not in NOT_AGAIN]
    command = [sys.executable, "-m", "pytest", *options, *folders]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
