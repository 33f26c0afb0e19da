"""Photos that came while a report was still being written, kept apart until it is sent, a day at most.

They lie under the key of their form, which nobody else knows; whoever holds it may see, add and take away. A photo
is checked and re-encoded before it is kept, so that what waits says no more than what is seen on it.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from huying.cases.rules.photos import clean_photo
from huying.kernel.errors import Invalid, NotFound
from huying.web.citizen.forms import MOST_PHOTOS

KEPT_FOR: Final = timedelta(days=1)
_NAME: Final = re.compile(r"[0-9a-f]{32}")


def name_of(content: bytes) -> str:
    """By what a photo is known as it was sent: the same picture sent again is the same photo."""
    return sha256(content).hexdigest()[:32]


def keep(key: UUID, content: bytes) -> str:
    """Keep one photo under its form; its name. Twice is once.

    Raises Invalid for what is no photo, and for one more than a report takes.
    """
    name, folder = name_of(content), _folder(key)
    if (folder / name).exists():
        return name
    if len(waiting(key)) >= MOST_PHOTOS:
        raise Invalid(_("最多 6 张照片，请少选几张。"))
    cleaned = clean_photo(content)
    folder.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(cleaned.content)
    Path(made).replace(folder / name)
    return name


def waiting(key: UUID) -> list[str]:
    """The names of what waits under a form, in the order it came."""
    folder = _folder(key)
    if not folder.is_dir():
        return []
    kept = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    return [file.name for file in sorted(kept, key=lambda file: (file.stat().st_mtime_ns, file.name))]


def path_of(key: UUID, name: str) -> Path:
    """Where one waiting photo lies. Raises NotFound."""
    path = _folder(key) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    return path


def take(key: UUID, names: Sequence[str]) -> list[bytes]:
    """The photos of a form that is sent now; names that do not wait there are passed over."""
    known = set(waiting(key))
    return [path_of(key, name).read_bytes() for name in dict.fromkeys(names) if name in known]


def drop(key: UUID, name: str) -> None:
    """Take one photo away again; gone already is as good."""
    if _NAME.fullmatch(name):
        (_folder(key) / name).unlink(missing_ok=True)


def drop_all(key: UUID) -> None:
    """Nothing waits under this form any more: its report was sent."""
    shutil.rmtree(_folder(key), ignore_errors=True)


def clear_old(now: datetime) -> int:
    """Take away what nobody sent within a day; how many forms that were."""
    root, gone = _root(), 0
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.stat().st_mtime < (now - KEPT_FOR).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _folder(key: UUID) -> Path:
    return _root() / str(key)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "waiting"
