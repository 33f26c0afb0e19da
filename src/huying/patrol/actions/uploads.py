"""Files of finds on their way: they come in parts, in their order, and wait until their find is sent.

They lie on the disk under the account that sends them; what nobody used within a week is taken away. A part that was
cut off counts as far as it came: whoever sends asks how much that is, and goes on from there.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import said
from huying.patrol.policy import must_walk
from huying.patrol.rules.reporting import NewFile

#: Bytes of one file, and how many may wait for one account: a day of a busy worker.
MOST: Final = 20 * 2**20
MOST_WAITING: Final = 600
#: Bytes of one part.
PART: Final = 2 * 2**20
_KEPT_FOR: Final = timedelta(days=7)


class NotWhole(Conflict):
    """有照片没有传完整，请再传一次。"""

    code = "not_whole"


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many bytes of a file are here; ``taken`` False where the part given did not begin there."""

    bytes: int
    taken: bool = True


def arrived(by: Actor, file_id: UUID) -> int:
    """How many bytes of a file are here."""
    path = _path(by, file_id)
    return path.stat().st_size if path.is_file() else 0


def keep_part(by: Actor, file_id: UUID, offset: int, part: bytes) -> Arrived:
    """Put one part behind what is here. Raises Invalid for what is too large or too much, Denied."""
    path = _path(by, file_id)
    if not 0 < len(part) <= PART or offset < 0 or offset + len(part) > MOST:
        raise Invalid("文件太大，每个最多 20 MB。", fields={"part": "文件太大，每个最多 20 MB。"})
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() and sum(1 for _ in path.parent.iterdir()) >= MOST_WAITING:
        raise Invalid("没有发出的照片太多，请先发出上报。")
    with path.open("ab") as file:
        # Two tabs that send the same file take turns.
        fcntl.flock(file, fcntl.LOCK_EX)
        here = os.fstat(file.fileno()).st_size
        if here != offset:
            return Arrived(here, taken=False)
        file.write(part)
        file.flush()
        os.fsync(file.fileno())
        return Arrived(here + len(part))


def read_whole(by: Actor, files: Sequence[NewFile]) -> list[bytes]:
    """The content of each file. Raises NotWhole naming those that are not here as the phone took them."""
    found, missing = [], {}
    for file in files:
        path = _path(by, UUID(file.id))
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != file.sha256:
            missing[file.id] = said("没有传完整")
            # What is wrong in the middle is never mended by going on at its end.
            if len(content):
                path.unlink(missing_ok=True)
        found.append(content)
    if missing:
        raise NotWhole(fields=missing)
    return found


def let_go(by: Actor, files: Sequence[NewFile]) -> None:
    """The find of these files stands: they wait no longer."""
    for file in files:
        _path(by, UUID(file.id)).unlink(missing_ok=True)


def clear_old(now: datetime) -> int:
    """Take away the files that nobody used within a week; how many accounts had any."""
    root, gone = Path(settings.MEDIA_ROOT) / "patrol-waiting", 0
    for folder in root.glob("*/*") if root.is_dir() else ():
        old = [file for file in folder.iterdir() if file.stat().st_mtime < (now - _KEPT_FOR).timestamp()]
        for file in old:
            file.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
        gone += bool(old)
    return gone


def _path(by: Actor, file_id: UUID) -> Path:
    account = must_walk(by)
    return Path(settings.MEDIA_ROOT) / "patrol-waiting" / str(by.district) / str(account) / str(file_id)
