"""``huying chat say``: talk to the conversation from a terminal, as a resident would in a chat."""

import argparse
import secrets
from pathlib import Path

from huying.access.actor import system
from huying.chat.actions import keep, make_account, switch, think
from huying.chat.actions.answering import given_back
from huying.chat.queries import accounts_for, held_account
from huying.chat.rules.accounts import Held, NewAccount
from huying.chat.rules.incoming import Incoming
from huying.chat.rules.kinds import Medium, Vendor
from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.places.queries import districts
from huying.site import console

EXAMPLES = """
  huying chat say "楼下路灯不亮"              说一件事；接着说地点，再说 1 提交
  huying chat say --as 李四 "进度"            换一个人说
  huying chat say --photo 路灯.jpg            发一张照片
  huying chat say --lon 113.5 --lat 23.1     发一个位置（GCJ-02）
"""
_NAME = "终端"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is said, by whom, with what."""
    parser.add_argument("text", nargs="?", default="", help="说的话")
    parser.add_argument("--as", dest="who", default="terminal", help="谁说的（默认 terminal）")
    parser.add_argument("--photo", type=Path, help="照片文件")
    parser.add_argument("--lon", type=float, help="经度（GCJ-02）")
    parser.add_argument("--lat", type=float, help="纬度（GCJ-02）")
    parser.add_argument("--district", type=int, help="六位区划代码；不写则为第一个区")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it was answered; what needs a carrier outside is answered by the worker."""
    known = districts()
    if not known:
        raise Invalid("还没有区，请先运行 huying demo 或导入区划。")
    account = _account(args.district or known[0].code)
    kept = keep(account, _heard(args), now())
    think(account.district, kept.person, now())
    answer = (
        "您发得太快了，请过一分钟再发。"
        if kept.message is None
        else given_back(account.district, kept.message, now())
    )
    console.emit(args, {"answer": answer}, [answer or "（已记下，由后台答复）"])
    return 0


def _heard(args: argparse.Namespace) -> Incoming:
    number = secrets.token_hex(8)
    if args.photo:
        return Incoming(args.who, number, Medium.PICTURE, args.text, (str(args.photo.absolute()),))
    if args.lon is not None and args.lat is not None:
        return Incoming(args.who, number, Medium.PLACE, args.text, (), args.lon, args.lat)
    return Incoming(args.who, number, Medium.TEXT, args.text)


def _account(district: int) -> Held:
    by, at = system(district), now()
    rows = [one for one in accounts_for(by) if one.vendor is Vendor.CONSOLE]
    number = rows[0].id if rows else make_account(by, NewAccount(Vendor.CONSOLE, _NAME), at)
    switch(by, number, at, on=True)
    found = held_account(district, number)
    if found is None:
        raise Invalid("终端渠道没有启用。")
    return found
