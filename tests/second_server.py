"""Run the database's tests once more, on the oldest PostgreSQL we promise: ``python -m tests.second_server [options]``.

Looks at HUYING_TEST_DATABASE_URL, else at 127.0.0.1:5432. Where no PostgreSQL 15 answers this is said, and counts
as a failure on the build server (CI=true) alone.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

OLDEST = 15
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
    return subprocess.run([sys.executable, "-m", "pytest", *options], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
