"""Backup and restore compared row by row, and life that goes on in the restored instance."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from huying.site.embedded import launcher
from tests.journeys.instance import Instance, folder
from tests.site.embedded.waiting import ended, until

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def two() -> Iterator[tuple[Instance, Instance]]:
    """An instance, and one on a new server of its own that knows the same signing key."""
    with folder() as place:
        pair = Instance(place / "old"), Instance(place / "new")
        yield pair
        for one in pair:
            launcher.leave(one.data)
            until(lambda data=one.data: ended(data), 60)  # type: ignore[misc]


def everything(instance: Instance) -> dict[str, Any]:
    """Every row of every table, and where every sequence stands; with its number, as text."""
    found: dict[str, Any] = {}
    with psycopg.connect(launcher.ensure(instance.data).url()) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in tables:
            query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
            found[name] = connection.execute(query).fetchall()
        sequences = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        found["sequences"] = sorted(connection.execute(sequences).fetchall())
    return found


def media(instance: Instance) -> dict[str, bytes]:
    root = instance.data / "media"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_every_row_and_file_comes_back_and_life_goes_on(
    two: tuple[Instance, Instance], tmp_path: Path
) -> None:
    old, new = two
    old.migrate()
    old.ground("prepare")
    # So that a new server, which counts from the beginning, is far behind.
    old.ground("burn", "3000")
    before = old.ground("live", "9")
    assert before["entries"] > 9
    held, files = everything(old), media(old)
    assert len(held["cases_appeal"]) == 9
    assert len(files) == 1

    archive = tmp_path / "backup.tar"
    old.huying("backup", str(archive))
    new.data.mkdir(mode=0o755)
    shutil.copy(old.data / "secret_key", new.data / "secret_key")
    assert new.huying("restore", str(archive))["same_key"] is True
    back = everything(new)
    assert sorted(back) == sorted(held)
    assert [name for name in held if back[name] != held[name]] == []
    assert media(new) == files
    assert new.huying("ledger", "verify")["whole"] is True
    goes_on(new, before)

    # Once more, over what has happened since: it is the moment of the backup again.
    new.huying("restore", str(archive), "--force")
    assert everything(new) == held
    goes_on(new, before)


def goes_on(instance: Instance, before: dict[str, Any]) -> None:
    """What is new stands above all that was, and every follower takes exactly that."""
    after = instance.ground("live", "6")
    assert after["last"][0] > before["last"][0]
    assert after["cases"] == before["cases"] + 6
    assert {name: place for name, place in after["cursors"].items() if place != after["last"]} == {}
    assert (after["stumbles"], after["searched"]) == ([], after["cases"])
    found = instance.ground("examine")
    assert found["recount"] == dict.fromkeys(found["recount"], True)
    assert instance.huying("ledger", "verify")["whole"] is True
