"""Keeping photos: the file first, under its own digest, then the row with the step that it belongs to."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from huying.cases.actions import rows
from huying.cases.actions.work import Work
from huying.cases.models import Attachment
from huying.cases.rules.photos import CleanPhoto, StoredPhoto, clean_photo


def store_photo(district: int, content: bytes) -> StoredPhoto:
    """Clean one photo and write it to the store; the same picture twice is one file.

    A file whose step never comes is an orphan that harms nobody. Raises Invalid for what is no photo.
    """
    return _stored(district, clean_photo(content))


def store_photos(district: int, contents: Sequence[bytes]) -> list[StoredPhoto]:
    """All photos of one form, or none: the first that is no photo raises Invalid before anything is written."""
    cleaned = [clean_photo(content) for content in contents]
    return [_stored(district, photo) for photo in cleaned]


def _stored(district: int, photo: CleanPhoto) -> StoredPhoto:
    path = Path(str(district), photo.sha256[:2], f"{photo.sha256}.jpg")
    target = Path(settings.MEDIA_ROOT) / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(photo.content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    return StoredPhoto(str(path), photo.sha256, photo.width, photo.height, len(photo.content))


def attach(
    work: Work,
    photos: Sequence[StoredPhoto],
    *,
    district: int,
    stage: str,
    case_id: int | None = None,
    seq: int | None = None,
    appeal_id: int | None = None,
) -> None:
    """Put the rows of stored photos into the work of the step they belong to."""
    if not photos:
        return
    for number, photo in zip(rows.new_ids(len(photos)), photos, strict=True):
        work.add(
            Attachment(
                district=district,
                id=number,
                appeal_id=appeal_id,
                case_id=case_id,
                seq=seq,
                stage=stage,
                path=photo.path,
                sha256=photo.sha256,
                media_type="image/jpeg",
                width=photo.width,
                height=photo.height,
                size=photo.size,
                created_at=work.now,
            )
        )
