"""The cast's district for every desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None, settings: Any) -> Iterator[Cast]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    forget_timing()
    yield gather()
    forget_timing()
