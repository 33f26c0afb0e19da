"""微信小程序: 消息推送 in JSON or XML. Nothing is given back with the request; answers go by 客服消息 within 48 hours,
订阅消息 after that where the account has a template (微信小程序 开发文档)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.chat.channels.adapter import Card, Wrong, in_window, no_group
from huying.chat.channels.asking import Codes, Refused
from huying.chat.channels.wechat import HOST, custom, fetched, post, stable_token
from huying.chat.channels.wechat_forms import incoming, opened
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.signatures import is_signed

CODES: Final = Codes("小程序", token={40001, 40014, 42001, 41001}, later={-1, 45009, 45011, 45047})
_THING: Final = 20


@dataclass(frozen=True, slots=True)
class Mini:
    """One mini-programme."""

    account: Held
    replies: bool = False

    def verify(self, asked: Request, now: datetime) -> Answer:
        """The echo that shows the address is ours. Raises Wrong."""
        given = asked.query
        parts = (self.account.secrets.token, given.get("timestamp", ""), given.get("nonce", ""))
        if not is_signed(given.get("signature", ""), *parts):
            raise Wrong
        return Answer(given.get("echostr", "")[:200].encode())

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """What came in. Raises Wrong, Invalid."""
        found = incoming(opened(self.account, asked, now))
        return [found] if found else []

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """ "success": the words go by themselves."""
        return Answer()

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """Raises Unavailable, Refused."""
        if in_window(to, now):
            post(self.account, HOST, CODES, "/cgi-bin/message/custom/send", custom(to.who, text), now)
            return
        if not self.account.template:
            raise Refused("超过 48 小时没有来过消息，又没有设订阅模板，微信不让发")
        # thing is a field of at most twenty characters.
        data = {
            "touser": to.who, "template_id": self.account.template,
            "data": {"thing1": {"value": text.splitlines()[0][:_THING]}},
        }  # fmt: skip
        post(self.account, HOST, CODES, "/cgi-bin/message/subscribe/send", data, now)

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """As any message."""
        self.send(to, f"{card.title}\n{card.text}", now)

    def announce(self, text: str, now: datetime) -> None:
        """Raises Refused: a mini-programme has no groups."""
        raise no_group(self.account)

    def greet(self, now: datetime) -> None:
        """Ask for a token afresh. Raises Unavailable, Refused."""
        stable_token(self.account, HOST)

    def fetch(self, media: str, now: datetime) -> bytes:
        """A picture by its media id. Raises Unavailable, Refused."""
        return fetched(self.account, HOST, CODES, media, now)
