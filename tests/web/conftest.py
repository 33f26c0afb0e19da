"""The cast's district for every desk."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    cache.clear()
    forget_timing()
    yield gather()
    forget_timing()
