"""The token by which a vendor is asked: fetched once for all processes, before it ends or when it is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import transaction

from huying.chat.actions.tokens import keep_token, locked_token, token_now
from huying.chat.channels.asking import Refused, TokenOver
from huying.chat.rules.accounts import Held
from huying.kernel.errors import Unavailable

_SPARE: Final = timedelta(minutes=5)

T = TypeVar("T")
Fetch = Callable[[], tuple[str, float]]
"""Asks the vendor: the token, and for how many seconds it is good."""


def with_token(account: Held, fetch: Fetch, now: datetime, act: Callable[[str], T]) -> T:
    """``act`` with a token that is good, once more with a fresh one where the vendor says it is over."""
    token = token_now(account, now) or _fresh(account, fetch, now, "")
    try:
        return act(token)
    except TokenOver:
        fresh = _fresh(account, fetch, now, token)
    try:
        return act(fresh)
    except TokenOver as over:
        raise Unavailable("令牌刚取到就被拒绝。") from over


@transaction.atomic
def _fresh(account: Held, fetch: Fetch, now: datetime, refused: str) -> str:
    """Another token than ``refused``: whoever waited for the lock finds the one that was fetched meanwhile."""
    held = locked_token(account, now)
    if held and held != refused:
        return held
    try:
        token, seconds = fetch()
    except TokenOver as over:
        raise Refused("没有取到令牌，请核对应用编号和密钥。") from over
    if not token:
        raise Unavailable("接口没有给出令牌。")
    keep_token(account, token, now + max(timedelta(seconds=seconds) - _SPARE, timedelta(minutes=1)))
    return token
