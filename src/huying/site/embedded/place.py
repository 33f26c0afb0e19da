"""Where the server lives: folders, the user it runs as, the socket."""

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from huying.kernel.errors import Unavailable

PORT = 5432
# sun_path holds 108 bytes with the closing zero.
LONGEST_SOCKET = 107


@dataclass(frozen=True, slots=True)
class Runner:
    """The user PostgreSQL, which refuses root, runs as. ``switch``: we must become that user."""

    uid: int
    gid: int
    switch: bool

    @property
    def user(self) -> int | None:
        """What ``subprocess`` is told; None leaves things as they are. Likewise the next two."""
        return self.uid if self.switch else None

    @property
    def group(self) -> int | None:
        return self.gid if self.switch else None

    @property
    def groups(self) -> list[int] | None:
        return [] if self.switch else None


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one embedded server, in one data folder (but a socket whose path would be too long)."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "postgres"

    @property
    def secret(self) -> Path:
        return self.data / "postgres.secret"

    @property
    def log(self) -> Path:
        return self.data / "postgres.log"

    @property
    def users(self) -> Path:
        return self.data / "postgres.users"

    @property
    def gate(self) -> Path:
        return self.data / "postgres.gate"

    @property
    def keeper(self) -> Path:
        return self.data / "postgres.keeper"

    @property
    def socket_folder(self) -> Path:
        near = self.data / "postgres.socket"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return near
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"huying-{mark}"


def runner() -> Runner:
    """Who PostgreSQL runs as: ourselves, or for root the existing user postgres, else nobody.

    Raises Unavailable when root finds neither; users are never created.
    """
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid(), switch=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(entry.pw_uid, entry.pw_gid, switch=True)
    raise Unavailable(
        "以 root 运行时，内置数据库需要一个普通用户（postgres 或 nobody），本机都没有。请换普通用户运行。"
    )


def reaches(path: Path, who: Runner) -> bool:
    """Whether ``who`` may enter the folder, or read and execute the file, and every folder above it.

    Folders that do not exist yet are judged by their nearest existing parent.
    """
    if not who.switch:
        return True
    spot = path.resolve()
    if spot.is_file() and not _grants(spot.stat(), who, read=True):
        return False
    return all(_grants(step.stat(), who, read=False) for step in (spot, *spot.parents) if step.is_dir())


def _grants(entry: os.stat_result, who: Runner, *, read: bool) -> bool:
    shift = 6 if entry.st_uid == who.uid else 3 if entry.st_gid == who.gid else 0
    bits = entry.st_mode >> shift & 0o7
    wanted = 0o5 if read else 0o1
    return bits & wanted == wanted


def private_folder(path: Path, who: Runner) -> Path:
    """Make or find a folder that ``who`` alone may enter.

    Raises Unavailable when the name is taken by another user's folder or by a link: in the temporary
    folder anybody may have put it there.
    """
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        entry = path.lstat()
        if not stat.S_ISDIR(entry.st_mode) or entry.st_uid != who.uid:
            raise Unavailable(f"文件夹 {path} 不属于本系统，请移走后再试。") from None
    else:
        if who.switch:
            os.chown(path, who.uid, who.gid)
    path.chmod(0o700)
    return path


def data_folder(data: Path, who: Runner) -> Place:
    """Make the data folder where missing and answer with its place; folders above it keep their modes.

    Raises Unavailable when the server's user could not reach it.
    """
    data = data.absolute()
    for missing in reversed([step for step in (data, *data.parents) if not step.exists()]):
        missing.mkdir(exist_ok=True)
        # Ours to open: a strict umask of the shell must not lock the server out of a folder made for it.
        missing.chmod(0o755)
    if not reaches(data, who):
        raise Unavailable(
            f"数据目录 {data} 对数据库的运行用户不可达（上级目录不开放）。"
            "请用 HUYING_DATA_DIR 另选目录，例如 /var/lib/huying；本系统不会改动上级目录的权限。"
        )
    return Place(data)
