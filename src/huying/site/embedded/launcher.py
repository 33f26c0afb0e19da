"""What a process calls that needs the embedded server; it stays up while the process lives."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from huying.kernel.errors import Unavailable
from huying.site.embedded import binaries, cluster, locks, place

# Seconds; a server that was killed may have minutes of log to read again.
READY_WITHIN = 120.0
KEEPER = "huying.site.embedded.keeper"


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach the server: a folder with its socket in place of a host, and the application's role."""

    host: str
    port: int
    user: str
    password: str
    programs: binaries.Binaries

    def url(self, database: str = cluster.APPLICATION) -> str:
        """A connection string for programs that take one; it holds the password."""
        return (
            f"host={self.host} port={self.port} dbname={database} user={self.user} password={self.password}"
        )


_servers: dict[Path, Server] = {}
_held: dict[Path, int] = {}
_one_at_a_time = threading.RLock()


def ensure(data: Path, named_binaries: str | None = None) -> Server:
    """The server of this data folder, created and started where needed.

    The process counts as its user from now on.

    Costs nothing after the first call. Raises Unavailable, saying what to do, when it cannot be started.
    """
    data = data.absolute()
    with _one_at_a_time:
        found = _servers.get(data)
        if found is None:
            found = _servers[data] = _bring_up(data, named_binaries)
        return found


def revive(data: Path, named_binaries: str | None = None) -> Server:
    """Like ``ensure``, but looks whether the server answers: for a process whose connection broke."""
    with _one_at_a_time:
        _servers.pop(data.absolute(), None)
        return ensure(data, named_binaries)


def leave(data: Path) -> None:
    """Stop counting as a user before the process ends; the connections of this process should be closed."""
    with _one_at_a_time:
        _servers.pop(data.absolute(), None)
        held = _held.pop(data.absolute(), None)
        if held is not None:
            locks.release(held)


def _bring_up(data: Path, named_binaries: str | None) -> Server:
    who = place.runner()
    where = place.data_folder(data, who)
    if data not in _held:
        _held[data] = locks.hold_shared(where.users)
    with locks.exclusive(where.gate):
        programs = binaries.reachable(binaries.find(named_binaries), who, where.data)
        cluster.create(where, programs, who)
        server = Server(
            str(where.socket_folder),
            place.PORT,
            cluster.APPLICATION,
            cluster.passwords(where).application,
            programs,
        )
        _wait(where, programs, server)
    return server


def _keeper(where: place.Place, programs: binaries.Binaries) -> subprocess.Popen[bytes] | None:
    """Start a keeper unless one is at work."""
    free = locks.try_exclusive(where.keeper)
    if free is None:
        return None
    locks.release(free)
    source = str(Path(__file__).parents[3])
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    with where.log.open("ab") as log:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "huying.site.embedded.keeper",
                where.data,
                programs.folder,
                str(programs.major),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={**cluster.clean_environment(), "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )


def _wait(where: place.Place, programs: binaries.Binaries, server: Server) -> None:
    deadline = time.monotonic() + READY_WITHIN
    keeper = _keeper(where, programs)
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=10).close()
            return
        except psycopg.OperationalError as error:
            failed = keeper is not None and keeper.poll() not in (None, 0)
            if failed or time.monotonic() > deadline:
                raise Unavailable(
                    f"内置数据库没有启动成功，原因见 {where.log} 和 {where.cluster / 'log'}：{error}"
                ) from error
        if keeper is None or keeper.poll() == 0:
            # The one we relied on was just leaving.
            keeper = _keeper(where, programs)
        time.sleep(0.02)
