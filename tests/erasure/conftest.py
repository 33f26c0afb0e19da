"""The cast in its district, with files in folders of the test's own."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HUYING_WORK_DIR = tmp_path / "work"
    cache.clear()
    forget_timing()
    return gather()
