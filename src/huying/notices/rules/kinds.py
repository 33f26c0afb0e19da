"""By which way a notice goes, and how it stands."""

from typing import Final

from huying.kernel.terms import Term


class Way(Term):
    """What carries a notice to a person."""

    PAGE = "page", "站内"
    MAIL = "mail", "邮件"
    SMS = "sms", "短信"
    WECHAT = "wechat", "微信"
    CHAT = "chat", "企业微信/钉钉"


class Sending(Term):
    """How a notice stands."""

    WAITING = "waiting", "等待发送"
    GATHERING = "gathering", "等待汇总"
    SENT = "sent", "已发出"
    GATHERED = "gathered", "已并入汇总"
    DROPPED = "dropped", "不再发送"
    FAILED = "failed", "发送失败"


OUTSIDE: Final = (Way.MAIL, Way.SMS, Way.WECHAT, Way.CHAT)
