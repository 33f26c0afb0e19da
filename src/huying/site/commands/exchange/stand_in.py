"""``huying stand-in city``: play the platform of a city on this machine, to demonstrate and to try things out."""

import argparse
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

import httpx
import orjson

from huying.kernel.clock import now
from huying.kernel.errors import Unavailable
from huying.simulate.city import PORT, dialect
from huying.simulate.city.holding import Holding
from huying.simulate.city.moods import Moods
from huying.simulate.city.pushing import push_for_ever
from huying.simulate.city.serving import City

EXAMPLES = """
  huying stand-in city                          在演示区“市12345（替身）”指着的地址上起来，按 Ctrl-C 结束
  huying stand-in city --send 5                 让正在跑的替身派 5 件单
  huying stand-in city --urge SZ000001          替身催办这一单；--revoke 撤单，--back 退回重办
  huying stand-in city --mood '{"lost": 0.2}'    让它出错；'{}' 又变好
"""
_ABOUT: Final = {"urge": "URGE", "revoke": "REVOKE", "back": "BACK"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen; or what the one that runs is to do."""
    parser.add_argument("--port", type=int, default=PORT, help=f"端口，默认 {PORT}")
    parser.add_argument(
        "--folder", type=Path, default=Path("stand-in-city"), help="它记东西的文件夹，默认 stand-in-city"
    )
    parser.add_argument("--push", default="", help="由它推送时，我们收信的地址")
    parser.add_argument("--send", type=int, default=0, metavar="件数", help="派这么多件单")
    parser.add_argument("--urge", metavar="编号", help="催办这一单")
    parser.add_argument("--revoke", metavar="编号", help="撤回这一单")
    parser.add_argument("--back", metavar="编号", help="退回重办这一单")
    parser.add_argument("--mood", metavar="JSON", help="怎样出错，见 docs/exchange.md")


def run(args: argparse.Namespace) -> int:
    """0. Raises Unavailable where one is to do something and none runs."""
    letters = list(_letters(args, now()))
    if not letters and args.mood is None:
        return _played(args)
    if args.mood is not None:
        _say(args.port, "/control", args.mood.encode())
    if letters:
        _say(args.port, "/send", orjson.dumps({"letters": letters}))
        sys.stdout.write(f"已派出 {len(letters)} 封：{'、'.join(str(one['orderNo']) for one in letters)}\n")
    return 0


def _letters(args: argparse.Namespace, at: datetime) -> Iterator[dict[str, object]]:
    # By the second, so that what is sent tomorrow is not what was sent today.
    chance = Random(at.timestamp())
    for number in range(args.send):
        yield dialect.order(f"SZ{at:%y%m%d%H%M%S}{number:03d}", chance, at)
    for name, kind in _ABOUT.items():
        if number := getattr(args, name):
            yield dialect.about(kind, number, at, reason="市民又来电")


def _say(port: int, path: str, body: bytes) -> None:
    try:
        httpx.post(f"http://127.0.0.1:{port}{path}", content=body, timeout=20).raise_for_status()
    except httpx.HTTPError as error:
        raise Unavailable("替身没有应答：先在另一个窗口运行 huying stand-in city。") from error


def _played(args: argparse.Namespace) -> int:
    city = City(args.port, Holding(args.folder), Moods())
    city.push_to = args.push
    for work in (lambda: push_for_ever(city), city.serve_forever):
        threading.Thread(target=work, daemon=True).start()
    sys.stdout.write(
        f"市12345 的替身在 http://127.0.0.1:{args.port}，按 Ctrl-C 结束；它手里的在 /holds\n"
        "在“系统对接”里启用“市12345（替身）”，再在另一个窗口运行 huying stand-in city --send 5\n"
    )
    sys.stdout.flush()
    shown: dict[str, int] = {number: len(told) for number, told in city.holding.summary()["told"].items()}
    while True:
        for number, told in city.holding.summary()["told"].items():
            for one in told[shown.get(number, 0) :]:
                sys.stdout.write(f"{number}  {one}\n")
            shown[number] = len(told)
        sys.stdout.flush()
        time.sleep(0.5)
