"""Which adapter speaks with which vendor."""

from collections.abc import Callable, Mapping
from typing import Final

from huying.chat.channels.adapter import Adapter
from huying.chat.channels.console import Console
from huying.chat.channels.dingtalk import DingTalk
from huying.chat.channels.mini import Mini
from huying.chat.channels.sms import Sms
from huying.chat.channels.wechat import WeChat
from huying.chat.channels.wecom import WeCom
from huying.chat.rules.accounts import Held
from huying.chat.rules.kinds import Vendor

_VENDORS: Final[Mapping[Vendor, Callable[[Held], Adapter]]] = {
    Vendor.WECHAT: WeChat,
    Vendor.MINI: Mini,
    Vendor.WECOM: WeCom,
    Vendor.DINGTALK: DingTalk,
    Vendor.SMS: Sms,
    Vendor.CONSOLE: Console,
}


def adapter_for(account: Held) -> Adapter:
    """The adapter of an account."""
    return _VENDORS[account.vendor](account)
