"""Where the files of long work lie."""

from pathlib import Path

from django.conf import settings


def home() -> Path:
    """The folder of long work."""
    folder: Path = settings.HUYING_WORK_DIR
    return folder


def place(name: str) -> Path:
    """A file of it by its name as a row keeps it."""
    return home() / Path(name).name
