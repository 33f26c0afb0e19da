"""An account tried by whoever set it up: the vendor asked for a token, the group told a word."""

from datetime import datetime

from huying.access.actor import Actor
from huying.chat.channels.asking import Refused, TokenOver
from huying.chat.channels.vendors import adapter_for
from huying.chat.queries.accounts import own_account
from huying.kernel.errors import Conflict, Unavailable
from huying.kernel.saying import said

_HELLO = "呼应：这个群会收到“有居民在对话里请人工”的提醒。"


def try_account(by: Actor, number: int, now: datetime) -> None:
    """Raises Denied, NotFound, Conflict with what the vendor said, Unavailable."""
    account = own_account(by, number)
    adapter = adapter_for(account)
    try:
        adapter.greet(now)
        if account.secrets.webhook:
            adapter.announce(_HELLO, now)
    except Refused as no:
        raise Conflict(said("厂商不接受：%(why)s", why=str(no))) from no
    except TokenOver as over:
        raise Unavailable("令牌刚取到就被拒绝。") from over
