"""Whether everything the platform stands on is as it should be."""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import Error, connection

from huying.kernel.errors import HuyingError
from huying.site import assets, schema
from huying.site.configuration import environment

OLDEST_PYTHON: Final = (3, 11)
OLDEST_DATABASE: Final = 150000
# A gigabyte is some 300,000 cases, or a bad day's photographs.
LEAST_FREE: Final = 2**30
LARGEST_SKEW: Final = 2.0
# The worker gives a sign of life every ten seconds.
LONGEST_SILENCE: Final = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: its name, whether all is well, and what was found or must be done."""

    name: str
    well: bool
    text: str


def examine() -> list[Finding]:
    """Every check, in order; one that cannot be made counts as not passed."""
    return [_made(name, check) for name, check in CHECKS.items()]


def _made(name: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        return Finding(name, *check())
    except (HuyingError, Error, OSError) as error:
        return Finding(name, False, str(error).strip().split("\n")[0])


def _python() -> tuple[bool, str]:
    return sys.version_info >= OLDEST_PYTHON, sys.version.split()[0]


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int, current_setting('server_version')")
        number, version = cursor.fetchone()
        cursor.execute("show server_encoding")
        encoding = cursor.fetchone()[0]
    own = "内置" if connection.settings_dict["ENGINE"].startswith("huying") else "外部"
    well = number >= OLDEST_DATABASE and encoding == "UTF8"
    return well, f"{own} PostgreSQL {version}，编码 {encoding}" + ("" if well else "；需要 15 以上、UTF8")


def _tables() -> tuple[bool, str]:
    waiting = schema.pending()
    return not waiting, f"有 {len(waiting)} 步待升级，请运行 huying migrate" if waiting else "已是最新"


def _disk() -> tuple[bool, str]:
    folder: Path = environment.data_dir()
    free = shutil.disk_usage(next(spot for spot in (folder, *folder.parents) if spot.exists())).free
    return free >= LEAST_FREE, f"{folder} 剩余 {free / 2**30:.1f} GB"


def _clock() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        began = time.time()
        cursor.execute("select extract(epoch from clock_timestamp())")
        skew = abs(float(cursor.fetchone()[0]) - (began + time.time()) / 2)
    return skew <= LARGEST_SKEW, f"时区 {settings.TIME_ZONE}，与数据库相差 {skew:.2f} 秒"


def _assets() -> tuple[bool, str]:
    names = [path.name for path in (assets.FOLDER / "vendor").glob("*.*js")]
    return bool(names), "齐全" if names else "缺少浏览器脚本，请运行 make assets"


def _worker() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from clock_timestamp() - max(at)) from cases_heartbeat")
        seconds = cursor.fetchone()[0]
    if seconds is None:
        return True, "还没有启动过"
    return seconds <= LONGEST_SILENCE, f"最近一次在 {seconds:.0f} 秒前"


CHECKS: Final[dict[str, Callable[[], tuple[bool, str]]]] = {
    "Python": _python,
    "数据库": _database,
    "数据库表": _tables,
    "磁盘": _disk,
    "时钟": _clock,
    "页面文件": _assets,
    "后台": _worker,
}
