from collections.abc import Iterator
from typing import Any

import pytest

from huying.cases.queries.settings.timing import forget_timing
from huying.texts.queries import forget
from tests.cast import gather
from tests.notices.folk import Folk, hire


@pytest.fixture
def folk(db: None, settings: Any) -> Iterator[Folk]:
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    forget_timing()
    forget()
    yield hire(gather())
    forget_timing()
    forget()
