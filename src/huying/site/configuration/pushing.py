"""What an operator may choose of the pushes to outside systems."""

from typing import Final

from huying.kernel.errors import HuyingError
from huying.kernel.outward import Network, parse_networks
from huying.site.configuration.setting import Setting, names, number


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return parse_networks(names(value))
    except HuyingError:
        raise ValueError("10.20.0.0/16, 192.168.5.0/24") from None


def _ports(value: str) -> frozenset[int]:
    return frozenset(number(1, 65535)(one) for one in names(value))


PUSHING: Final[tuple[Setting, ...]] = (
    Setting(
        "WEBHOOK_NETWORKS",
        _networks,
        "",
        "订阅推送、取来信照片可以到达的内部网段，逗号隔开，如 10.20.0.0/16；这些网段里可以用 http 和任何端口。"
        "不设则只能推送到公网，见 webhooks.md",
        "Inner networks to which webhooks and calls for pictures of exchanged letters may go, separated by commas, "
        "such as 10.20.0.0/16; http and any port may be used there. Unset: the public network alone, see webhooks.md",
    ),
    Setting(
        "WEBHOOK_PORTS",
        _ports,
        "443,8443",
        "订阅推送在公网可以用的端口，逗号隔开",
        "Ports of public addresses to which webhooks may go, separated by commas",
    ),
    Setting(
        "WEBHOOK_DAYS",
        number(1, 3650),
        "30",
        "订阅推送的记录（发了什么、对方怎么答）保留几天",
        "Days for which the log of webhooks (what was sent, what was answered) is kept",
    ),
)
