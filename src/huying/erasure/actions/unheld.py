"""Files in the store that nothing shows any more."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from huying.erasure.actions.parts import HELD


def remove_unheld(district: int, paths: Collection[str]) -> int:
    """Remove those of the files that no package holds; how many. One that is gone already is as good."""
    going = set(paths)
    if going:
        going -= set[str]().union(*(asked(district, going) for asked in HELD))
    for path in going:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
    return len(going)
