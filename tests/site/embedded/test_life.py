"""The embedded server lives exactly as long as somebody uses it, whatever is killed."""

import os
import socket
from pathlib import Path

import psycopg
import pytest

from huying.site.embedded import launcher, server
from huying.site.embedded.place import Place
from tests.site.embedded.waiting import ended, kill, until

pytestmark = pytest.mark.server


@pytest.fixture
def modes_above(data: Path) -> dict[Path, int]:
    return {folder: folder.stat().st_mode for folder in data.parents}


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_starts_private_and_durable(data: Path, modes_above: dict[Path, int]) -> None:
    found = launcher.ensure(data)
    assert int(str(ask(found.url(), "show server_version_num"))) >= 150000
    assert ask(found.url(), "show fsync") == "on"
    assert ask(found.url(), "show synchronous_commit") == "on"
    assert (
        ask(found.url(), "select pg_encoding_to_char(encoding) from pg_database where datname = 'huying'")
        == "UTF8"
    )
    assert ask(found.url(), "select upper('é') || '呼应'") == "É呼应"
    assert ask(found.url(), "select rolsuper from pg_roles where rolname = current_user") is False
    assert (data / "postgres.secret").stat().st_mode & 0o777 == 0o600
    assert (data / "postgres").stat().st_mode & 0o777 == 0o700
    assert (data / "postgres.socket").stat().st_mode & 0o777 == 0o700
    assert {folder: folder.stat().st_mode for folder in data.parents} == modes_above


def test_refuses_a_wrong_password_and_has_no_network_port(data: Path) -> None:
    found = launcher.ensure(data)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(found.url().replace(found.password, "guess"))
    assert ask(found.url(), "show listen_addresses") == ""
    pid = server.running_pid(Place(data))
    assert not any(inode in _listening() for inode in _sockets(pid))


def _sockets(pid: int | None) -> set[str]:
    links = (os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir())
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def _listening() -> set[str]:
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().split("\n")[1:]
    ]
    return {fields[9] for fields in lines if len(fields) > 9 and fields[3] == "0A"}


def test_a_folder_with_a_long_name_gets_a_short_socket(data: Path) -> None:
    long = data / ("很长的名字" * 6) / ("x" * 60)
    found = launcher.ensure(long)
    try:
        assert ask(found.url(), "select 1") == 1
        assert len(os.fsencode(found.host)) < 90
    finally:
        launcher.leave(long)
        until(lambda: ended(long), 30)


def test_ends_with_its_last_user_even_when_users_are_killed(data: Path, use) -> None:  # type: ignore[no-untyped-def]
    first, second = use(), use()
    kill(first.pid)
    first.wait()
    pid = server.running_pid(Place(data))
    assert pid is not None
    kill(second.pid)
    second.wait()
    until(lambda: server.running_pid(Place(data)) is None, 15)
    third = use()
    assert server.running_pid(Place(data)) not in (None, pid)
    kill(third.pid)


def test_comes_back_by_itself_when_killed_and_keeps_what_was_committed(data: Path) -> None:
    found = launcher.ensure(data)
    with psycopg.connect(found.url()) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")
    pid = server.running_pid(Place(data))
    assert pid is not None
    kill(pid)
    until(lambda: server.running_pid(Place(data)) not in (None, pid), 15)
    assert ask(launcher.revive(data).url(), "select n from kept") == 7


def test_a_new_keeper_adopts_a_server_whose_keeper_was_killed(data: Path, use) -> None:  # type: ignore[no-untyped-def]
    user = use()
    pid = server.running_pid(Place(data))
    kill(_keeper_of(data))
    newcomer = use()
    assert server.running_pid(Place(data)) == pid
    for process in (user, newcomer):
        kill(process.pid)
        process.wait()
    until(lambda: server.running_pid(Place(data)) is None, 15)


def _keeper_of(data: Path) -> int:
    mark = f"huying.site.embedded.keeper\0{data}\0".encode()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark in entry.read_bytes():
                return int(entry.parent.name)
        except OSError:
            continue
    raise AssertionError("no keeper")


def test_everything_killed_at_once_recovers_at_the_next_use(data: Path, use) -> None:  # type: ignore[no-untyped-def]
    user = use()
    pid = server.running_pid(Place(data))
    assert pid is not None
    for process in (_keeper_of(data), pid, user.pid):
        kill(process)
    user.wait()
    assert ask(launcher.ensure(data).url(), "select 1") == 1


def test_a_socket_name_too_long_for_the_system_is_never_tried(data: Path) -> None:
    for depth in range(1, 12):
        folder = Place(data / ("x" * 10 * depth)).socket_folder
        with socket.socket(socket.AF_UNIX) as probe, pytest.raises(FileNotFoundError):
            probe.connect(str(folder / ".s.PGSQL.5432"))
