"""One PostgreSQL process: how it is started, whether it lives, how it ends."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from huying.site.embedded.binaries import Binaries
from huying.site.embedded.cluster import clean_environment
from huying.site.embedded.place import PORT, Place, Runner, private_folder

# For a small machine with solid-state storage. What was acknowledged is on the disk: fsync and
# synchronous_commit stay on. Plans are short, so compiling them costs more than it saves.
TUNING: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    # Statements may carry people's data; their parameters stay out of the log.
    "log_parameter_max_length_on_error": "0",
}


def _memory() -> dict[str, str]:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    buffers = min(512, max(128, megabytes // 8))
    return {"shared_buffers": f"{buffers}MB", "effective_cache_size": f"{max(256, megabytes // 2)}MB"}


def start(place: Place, binaries: Binaries, who: Runner) -> subprocess.Popen[bytes]:
    """Start PostgreSQL in a session of its own, so that a Ctrl-C at a terminal does not reach it."""
    folder = private_folder(place.socket_folder, who)
    drop_stale_lock(place)
    wanted = {**TUNING, **_memory(), "unix_socket_directories": str(folder), "port": str(PORT)}
    arguments = [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]
    with place.log.open("ab") as log:
        return subprocess.Popen(
            [binaries.path("postgres"), "-D", str(place.cluster), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,
            user=who.user,
            group=who.group,
            extra_groups=who.groups,
        )


def recorded_pid(place: Place) -> int | None:
    """The process PostgreSQL wrote down as its own, dead or alive."""
    try:
        return abs(int((place.cluster / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def running_pid(place: Place) -> int | None:
    """The process that serves this data folder now, or None."""
    pid = recorded_pid(place)
    return pid if pid is not None and _lives(pid) and _is_postgres(pid) else None


def drop_stale_lock(place: Place) -> None:
    """Remove the process file a killed server left.

    PostgreSQL does so itself, but not when the number now belongs to another program or to a dead child
    nobody collected. That old backends are gone it still checks by its shared memory.
    """
    if recorded_pid(place) is not None and running_pid(place) is None:
        (place.cluster / "postmaster.pid").unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        # The state follows the name, which stands in brackets; Z is dead and waiting to be collected.
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2][0]
            != "Z"
        )
    except OSError:
        return True


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return not Path("/proc/self").exists()


def stop(pid: int, patience: float = 60.0) -> None:
    """Fast shutdown: open transactions are rolled back, everything committed is kept.

    ``patience`` is in seconds; after it the server is told to end at once and recovers at its next start.
    """
    for sign, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 10.0)):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not _lives(pid):
                return
            time.sleep(0.02)
