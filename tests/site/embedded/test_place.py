"""Who may reach what, without a server."""

import os
from pathlib import Path

import pytest

from huying.kernel.errors import Unavailable
from huying.site.embedded import binaries, place
from huying.site.embedded.place import Runner

STRANGER = Runner(uid=54321, gid=54321, switch=True)


def test_a_closed_folder_above_hides_all_below(tmp_path: Path) -> None:
    inner = tmp_path / "open" / "data"
    inner.mkdir(parents=True)
    (tmp_path / "open").chmod(0o700)
    assert not place.reaches(inner, STRANGER)
    assert not place.reaches(inner / "not" / "yet", STRANGER)
    assert place.reaches(inner, Runner(os.getuid(), os.getgid(), switch=False))


def test_a_data_folder_out_of_reach_is_refused_and_modes_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(Unavailable, match="HUYING_DATA_DIR"):
        place.data_folder(tmp_path / "data", STRANGER)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_strict_umask_does_not_lock_the_server_out(data: Path) -> None:
    before = os.umask(0o077)
    try:
        made = place.data_folder(data / "deep", STRANGER)
    finally:
        os.umask(before)
    assert place.reaches(made.data, STRANGER)


def test_a_link_in_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable):
        place.private_folder(tmp_path / "socket", Runner(os.getuid(), os.getgid(), switch=False))


def test_binaries_out_of_reach_are_copied_once_and_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = binaries.find(None)
    monkeypatch.setattr(binaries, "reaches", lambda path, who: False)
    copied = binaries.reachable(original, STRANGER, tmp_path)
    assert tmp_path in copied.folder.parents
    assert binaries.find(str(copied.folder)).major == original.major
    made = copied.folder.stat().st_mtime_ns
    assert binaries.reachable(original, STRANGER, tmp_path) == copied
    assert copied.folder.stat().st_mtime_ns == made


def test_named_binaries_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="HUYING_POSTGRES_BIN"):
        binaries.find(str(tmp_path))


def test_old_binaries_are_refused(tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    program.chmod(0o755)
    with pytest.raises(Unavailable, match="15"):
        binaries.find(str(tmp_path))
