"""The one interface of every vendor.

``verify`` answers the vendor's question whether the address is ours; ``read`` tells what came in; ``answer`` is what
is given back at once, with words only where ``replies`` says the vendor takes them; ``send`` writes to somebody;
``notify`` writes to staff with a button; ``announce`` to a group, without anybody's words; ``greet`` asks whether the
secrets are right; ``fetch`` gets a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from huying.chat.channels.asking import Refused
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import WINDOW, Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.kernel.errors import Denied

SPARE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Card:
    """What staff are told: a title, a text, and where the button leads ("" for none)."""

    title: str
    text: str
    link: str = ""


class Adapter(Protocol):
    """One account with one vendor. ``replies``: an answer may be given back with the vendor's own request."""

    @property
    def replies(self) -> bool: ...

    def verify(self, asked: Request, now: datetime) -> Answer: ...

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]: ...

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer: ...

    def send(self, to: Reach, text: str, now: datetime) -> None: ...

    def notify(self, to: Reach, card: Card, now: datetime) -> None: ...

    def announce(self, text: str, now: datetime) -> None: ...

    def greet(self, now: datetime) -> None: ...

    def fetch(self, media: str, now: datetime) -> bytes: ...


class Wrong(Denied):
    """签名不对，或请求太旧。"""


def in_window(to: Reach, now: datetime) -> bool:
    """Whether somebody wrote so lately that the vendor lets us write freely."""
    return now - to.last_at < WINDOW - SPARE


def no_group(account: Held) -> Refused:
    """Why nothing can be said to a group."""
    return Refused(f"{account.vendor.zh}渠道没有设群机器人")
