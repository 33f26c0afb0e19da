"""Template messages of the WeChat kind: 企业微信 (work) and 公众号 (service), over their HTTP interfaces.

An access token is fetched, kept until five minutes before its end, and fetched anew when the service says that it is
no longer good (another process may have asked for one).
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from huying.kernel.errors import Unavailable
from huying.notices.channels.http import ask
from huying.notices.channels.letters import Letter, Refused

HOSTS: Final[Mapping[str, str]] = {
    "work": "https://qyapi.weixin.qq.com",
    "service": "https://api.weixin.qq.com",
}
_SPARE_SECONDS: Final = 300
# Error codes of both services: the token is bad or over; the service is busy or was asked too often.
_TOKEN_OVER: Final = frozenset({40001, 40014, 42001})
_LATER: Final = frozenset({-1, 45009, 45011})
_MOST_TITLE: Final = 128
_MOST_TEXT: Final = 512


@dataclass(slots=True)
class WeChat:
    """``kind`` is work or service; ``sender`` the agent's number or the template's id; ``host`` may be a relay."""

    kind: str
    account: str
    secret: str
    sender: str
    host: str = ""
    _token: str = ""
    _good_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, letter: Letter) -> None:
        answer = self._post(letter, self._fresh_token(""))
        if answer.get("errcode") in _TOKEN_OVER:
            answer = self._post(letter, self._fresh_token(self._token))
        _must_be_taken(answer)

    def _post(self, letter: Letter, token: str) -> dict[str, Any]:
        path = "/cgi-bin/message/send" if self.kind == "work" else "/cgi-bin/message/template/send"
        address = f"{self._host()}{path}?{urlencode({'access_token': token})}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": letter.id}
        return ask("POST", address, body=orjson.dumps(self._message(letter)), headers=headers)

    def _message(self, letter: Letter) -> dict[str, Any]:
        if self.kind == "work":
            card = {
                "title": letter.title[:_MOST_TITLE],
                "description": letter.text[:_MOST_TEXT],
                "url": letter.link,
            }
            return {
                "touser": letter.to, "msgtype": "textcard", "agentid": self.sender, "textcard": card,
                "enable_duplicate_check": 1,
            }  # fmt: skip
        data = {"title": {"value": letter.title}, "content": {"value": letter.text[:_MOST_TEXT]}}
        return {
            "touser": letter.to, "template_id": self.sender, "url": letter.link, "data": data,
            "client_msg_id": letter.id,
        }  # fmt: skip

    def _fresh_token(self, refused: str) -> str:
        """The token that is good, another one than ``refused``."""
        with self._lock:
            if self._token and self._token != refused and time.monotonic() < self._good_until:
                return self._token
            answer = ask("GET", f"{self._host()}{self._token_path()}")
            if "access_token" not in answer:
                _must_be_taken(answer)
                raise Unavailable("微信没有给出令牌。")
            self._token = str(answer["access_token"])
            self._good_until = time.monotonic() + float(answer.get("expires_in", 7200)) - _SPARE_SECONDS
            return self._token

    def _token_path(self) -> str:
        if self.kind == "work":
            return f"/cgi-bin/gettoken?{urlencode({'corpid': self.account, 'corpsecret': self.secret})}"
        asked = {"grant_type": "client_credential", "appid": self.account, "secret": self.secret}
        return f"/cgi-bin/token?{urlencode(asked)}"

    def _host(self) -> str:
        return (self.host or HOSTS[self.kind]).rstrip("/")


def _must_be_taken(answer: Mapping[str, Any]) -> None:
    code = answer.get("errcode", 0)
    if code == 0:
        return
    words = f"微信：{code} {str(answer.get('errmsg', ''))[:120]}"
    if code in _LATER or code in _TOKEN_OVER:
        raise Unavailable(words)
    raise Refused(words)
