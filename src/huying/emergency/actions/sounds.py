"""Keeping voice messages: looked at before they are kept, under their own digest."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from huying.emergency.rules.sounds import sound_kind


def store_sound(district: int, content: bytes) -> str:
    """Keep one recording; its path in the store. The same one twice is one file. Raises Invalid for what is no sound."""
    kind = sound_kind(content)
    digest = hashlib.sha256(content).hexdigest()
    path = Path(str(district), "sounds", digest[:2], f"{digest}.{kind}")
    target = Path(settings.MEDIA_ROOT) / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    return str(path)
