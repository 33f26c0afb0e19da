"""What a backup file contains."""

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from typing import Any

from huying.kernel.errors import Invalid

FORMAT = 1
MANIFEST, DUMP, KEY, MEDIA = "manifest.json", "database.dump", "secret_key", "media"


@dataclass(frozen=True, slots=True)
class Manifest:
    """First entry of the archive: its format, the version that wrote it, when, and what to check it by."""

    format: int
    version: str
    created: str
    dump_sha256: str
    key_mark: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def key_mark(key: str) -> str:
    """Tells two signing keys apart without telling either."""
    return hashlib.sha256(b"huying backup key mark\0" + key.encode()).hexdigest()[:16]


def manifest_of(tar: tarfile.TarFile) -> Manifest:
    """Raises Invalid when the archive is not one of ours, or of a later format."""
    try:
        file = tar.extractfile(MANIFEST)
        manifest = Manifest(**json.load(file)) if file else None
    except (KeyError, TypeError, ValueError):
        manifest = None
    if manifest is None:
        raise Invalid("这不是呼应的备份文件。")
    if manifest.format > FORMAT:
        raise Invalid(f"备份文件由更新的版本（{manifest.version}）写成，请先升级呼应。")
    return manifest
