"""``huying stand-in chat``: play the vendors of chats on this machine, for a demonstration and for trying things out."""

import argparse
import sys
import time

from huying.access.actor import system
from huying.chat.queries import accounts_for, held_account
from huying.kernel.errors import NotFound
from huying.places.queries import districts
from huying.simulate.stand_in import call, calls_of, playing
from huying.site.configuration import environment

EXAMPLES = """
  huying stand-in chat --port 18090                         只当厂商的接口：把渠道的“接口地址”填成它打印的地址
  huying stand-in chat --account 3 --who 梅 --say 路灯不亮    用渠道 3 的密钥，像厂商那样回调一次
  huying stand-in chat --account 3 --say 路灯不亮 --twice     同一条消息发两次
  huying stand-in chat --account 3 --say 路灯不亮 --wrong     签名不对（应回 403）
  huying stand-in chat --account 3 --say 路灯不亮 --late 7200 两小时前签的（应回 403）
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen; or whose message to bring, and how."""
    parser.add_argument("--port", type=int, default=0, help="监听端口，默认任选一个空的")
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为第一个区")
    parser.add_argument("--account", type=int, help="渠道编号（管理 → 对话渠道，地址栏末尾的数）")
    parser.add_argument("--say", help="居民说的话；给了就回调一次，不监听")
    parser.add_argument("--who", default="stand-in-1", help="谁说的；短信渠道填手机号")
    parser.add_argument("--base", default="", help="本平台的网址，默认本机的服务")
    parser.add_argument("--twice", action="store_true", help="发两次")
    parser.add_argument("--wrong", action="store_true", help="签名不对")
    parser.add_argument("--late", type=int, default=0, help="多少秒前签的")


def run(args: argparse.Namespace) -> int:
    """0; 1 where the platform refused the call."""
    return _said(args) if args.say else _played(args)


def _said(args: argparse.Namespace) -> int:
    district = args.district or districts()[0].code
    held = held_account(district, args.account or 0)
    row = next((one for one in accounts_for(system(district)) if one.id == args.account), None)
    if held is None or row is None:
        raise NotFound("没有这个渠道，或还没有启用。")
    base = args.base or f"http://127.0.0.1:{environment.value('PORT')}"
    made = calls_of(held, args.who, args.say, wrong=args.wrong, late=args.late)
    status = 0
    for _ in range(2 if args.twice else 1):
        status, body = call(f"{base.rstrip('/')}/chat/{row.key}/callback", made)
        sys.stdout.write(f"{status} {body.decode(errors='replace')}\n")
    return int(status != 200)


def _played(args: argparse.Namespace) -> int:
    with playing(args.port) as vendors:
        sys.stdout.write(f"替身在 {vendors.url}，按 Ctrl-C 结束；收到的在 {vendors.url}/sent\n")
        sys.stdout.flush()
        shown = 0
        while True:
            for one in vendors.sent[shown:]:
                shown += 1
                sys.stdout.write(f"{one['path']}  {vendors.texts()[shown - 1]}\n")
                sys.stdout.flush()
            time.sleep(0.2)
