"""Which carrier this installation has for each way: by the settings, and a file or the log where none is set."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huying.notices.channels.chat import Chat
from huying.notices.channels.letters import Carrier
from huying.notices.channels.mail import Mail
from huying.notices.channels.outbox import Console, Outbox
from huying.notices.channels.sms import Sms
from huying.notices.channels.wechat import WeChat
from huying.notices.rules.kinds import Way


def carrier_for(way: Way) -> Carrier:
    """The carrier of a way; the same one as long as the settings are."""
    return Chat() if way is Way.CHAT else _outward(way) or _kept(way)


def goes_out(way: Way) -> bool:
    """Whether what is sent this way can be read by whom it is for: pages promise a message only where one can arrive.

    By a carrier, or through the file from which a gateway takes it; while developing the log of the own server does.
    """
    return _outward(way) is not None or settings.HUYING_NOTICES is not None or settings.DEBUG


def _outward(way: Way) -> Carrier | None:
    makers = {Way.MAIL: _mail, Way.SMS: _sms, Way.WECHAT: _wechat}
    return makers[way]() if way in makers else None


def _kept(way: Way) -> Carrier:
    path: Path | None = settings.HUYING_NOTICES
    return Outbox(way, path) if path else Console(way)


def _mail() -> Carrier | None:
    url: str = settings.HUYING_MAIL_URL
    return Mail(url, settings.HUYING_MAIL_FROM) if url else None


def _sms() -> Carrier | None:
    url: str = settings.HUYING_SMS_URL
    return Sms(url, settings.HUYING_SMS_KEY, settings.HUYING_SMS_SECRET) if url else None


def _wechat() -> Carrier | None:
    given = (
        settings.HUYING_WECHAT,
        settings.HUYING_WECHAT_ID,
        settings.HUYING_WECHAT_SECRET,
        settings.HUYING_WECHAT_SENDER,
        settings.HUYING_WECHAT_URL,
    )
    return _one_wechat(*given) if given[0] else None


@lru_cache(4)
def _one_wechat(kind: str, account: str, secret: str, sender: str, host: str) -> WeChat:
    # It holds the token, which may be asked for only so often.
    return WeChat(kind, account, secret, sender, host)
