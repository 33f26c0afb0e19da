"""The district with a chat account of each vendor, switched on by its administrator."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from huying.cases.queries.settings.timing import forget_timing
from huying.chat.actions import make_account, switch
from huying.chat.models import Account
from huying.chat.queries.accounts import held
from huying.chat.rules.accounts import Held, NewAccount, Secrets
from huying.chat.rules.kinds import Vendor
from huying.kernel import clock
from tests.cast import Cast, gather
from tests.chat.speaking import AES_KEY, SECRET, TOKEN, Speaker

Open = Callable[..., Held]


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    cache.clear()
    forget_timing()
    yield gather()
    forget_timing()


@pytest.fixture
def open_account(cast: Cast) -> Open:
    """Make an account of a vendor and switch it on."""

    def make(vendor: Vendor, *, sealed: bool = True, host: str = "", **more: str) -> Held:
        now: datetime = clock.now()
        secrets = Secrets(
            secret=SECRET, token=TOKEN, aes_key=AES_KEY if sealed else "", webhook=more.get("webhook", ""),
            webhook_secret=more.get("webhook_secret", ""), send_url=more.get("send_url", ""),
        )  # fmt: skip
        new = NewAccount(
            vendor, f"龙田{vendor.zh}", "wx-app", "1000002", more.get("template", ""), host, secrets
        )
        number = make_account(cast.administrator, new, now)
        switch(cast.administrator, number, now, on=True)
        return held(Account.objects.get(pk=number))

    return make


@pytest.fixture
def wechat(open_account: Open) -> Held:
    return open_account(Vendor.WECHAT)


@pytest.fixture
def mei(wechat: Held, client: Client) -> Speaker:
    """梅阿姨, who writes to the 公众号."""
    return Speaker(wechat, client, "oMei-0001")
