"""``huying listen``: hears devices through MQTT and HJ 212, for machines that serve no pages.

A process of its own: two thousand messages a second must hold up neither pages nor reactions, and no end of either may
deafen the platform.
"""

import argparse
import threading

from huying.kernel.ending import end_when_told
from huying.site import console

EXAMPLES = """
  huying listen                         接收设备消息，直到结束
  huying listen                         再启动一个：备用，前一个一结束就接上
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none: everything is a setting."""


def run(args: argparse.Namespace) -> int:
    """Until it is told to end; 1 where there is nothing to listen to, or when an ear fails."""
    from huying.site.running import hearing

    stopping = threading.Event()
    end_when_told(stopping)
    if not hearing.is_wanted():
        console.remark("没有可接收的：请设置 HUYING_MQTT_URL 或 HUYING_HJ212，见 docs/devices.md。")
        return 1
    return hearing.hear(stopping)
