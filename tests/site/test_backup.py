"""What was backed up comes back to the row and the byte, and nothing is overwritten by accident."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from huying.site.embedded import launcher

pytestmark = [pytest.mark.server, pytest.mark.slow]


def huying(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("HUYING_")}
    environment = {**kept, "HUYING_DATA_DIR": str(data)}
    command = [sys.executable, "-m", "huying", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def report(data: Path, *arguments: str) -> dict[str, Any]:
    done = huying(data, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def rows(data: Path) -> list[tuple[Any, ...]]:
    with psycopg.connect(launcher.ensure(data).url()) as connection:
        return connection.execute("select * from kept order by 1").fetchall()


def test_backup_and_restore(data: Path, tmp_path: Path) -> None:
    url = launcher.ensure(data).url()
    assert report(data, "migrate")["applied"]
    with psycopg.connect(url) as connection:
        connection.execute("create table kept (n int, said text)")
        connection.execute("insert into kept values (1, '呼应'), (2, E'a\\nb')")
    photo = data / "media" / "2026" / "一.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(bytes(range(256)))
    before = rows(data)

    archive = tmp_path / "backup.tar"
    assert report(data, "backup", str(archive))["files"] == 1
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as tar:
        assert "secret_key" not in tar.getnames()
    again = huying(data, "backup", str(archive))
    assert (again.returncode, "已存在" in again.stderr) == (1, True)

    refused = huying(data, "restore", str(archive))
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    with psycopg.connect(url) as connection:
        connection.execute("delete from kept")
    photo.unlink()
    assert report(data, "restore", str(archive), "--force")["same_key"] is True
    assert rows(data) == before
    assert photo.read_bytes() == bytes(range(256))
    assert report(data, "migrate", "--check")["pending"] == []


def test_a_damaged_or_foreign_file_is_refused_before_anything_is_cleared(data: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.tar"
    foreign.write_bytes(b"not a tar file")
    done = huying(data, "restore", str(foreign), "--force")
    assert (done.returncode, "不是呼应的备份" in done.stderr) == (1, True)
