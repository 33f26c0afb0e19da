"""PostgreSQL's own programs for backup and restore, and how they reach the database."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from huying.kernel.errors import HuyingError, Unavailable
from huying.site.configuration import environment
from huying.site.embedded import binaries


def _candidates() -> list[binaries.Binaries]:
    on_path = shutil.which("pg_dump")
    folders = [
        environment.value("POSTGRES_BIN") or None,
        on_path and str(Path(on_path).resolve().parent),
        None,
    ]
    found = []
    for folder in dict.fromkeys(folders):
        try:
            found.append(binaries.find(folder))
        except HuyingError:
            continue
    return found


def matching() -> binaries.Binaries:
    """The oldest programs that are not older than the server: newer ones write what it may not read again.

    Raises Unavailable when all are older.
    """
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    fit = [found for found in _candidates() if found.major >= server]
    if not fit:
        raise Unavailable(
            f"数据库是 PostgreSQL {server}，本机没有同版本或更新的 pg_dump。请设置 HUYING_POSTGRES_BIN。"
        )
    return min(fit, key=lambda found: found.major)


def run(name: str, *arguments: str) -> None:
    """Run a program against the database of the settings. Raises Unavailable with the program's own words."""
    connection.ensure_connection()
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    done = subprocess.run(
        [matching().path(name), *arguments],
        env={**os.environ, **{key: str(text) for key, text in given.items() if text}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Unavailable(f"{name} 没有成功：{done.stderr.strip()[-800:]}")
