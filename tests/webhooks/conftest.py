from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from huying.cases.queries.settings.timing import forget_timing
from huying.texts.queries import forget
from tests.cast import gather
from tests.notices.folk import Folk, hire
from tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def folk(db: None, settings: Any) -> Iterator[Folk]:
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    settings.HUYING_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    forget_timing()
    forget()
    yield hire(gather())
    forget_timing()
    forget()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running
