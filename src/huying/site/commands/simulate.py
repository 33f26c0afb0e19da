"""``huying simulate``: live through days of the demonstration district through the public interface."""

import argparse
import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from huying.kernel.clock import now
from huying.kernel.errors import Invalid
from huying.site import console
from huying.site.configuration import environment

if TYPE_CHECKING:
    from huying.simulate.living import Deeds

EXAMPLES = """
  huying simulate --days 1 --speed 1440             一天过成一分钟
  huying simulate --days 7 --speed 0 --at-once 16   不等待，尽快过完一周
  huying simulate --client build/client --days 1    经生成的客户端（make client）过一天
  huying simulate --keys-to 密钥.json --days 0       只准备密钥，供另一台机器使用
  huying simulate --base https://huying.example.cn --keys 密钥.json --days 1 --speed 60
"""
_A_DAY: Final = 66


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many days, how fast, of which district, at which address, under which keys."""
    parser.add_argument("--days", type=int, default=1, help="过几天，默认 1")
    parser.add_argument("--speed", type=float, default=1440.0, help="几倍速，默认 1440；0 为不等待")
    parser.add_argument("--cases", type=int, help=f"总件数（期望值），默认每天 {_A_DAY}")
    parser.add_argument("--base", default="", help="网址，默认本机的服务")
    parser.add_argument("--keys", type=Path, help="密钥文件；不给则在本机数据库里新建（两天后失效）")
    parser.add_argument("--keys-to", type=Path, help="把新建的密钥写到这个文件")
    parser.add_argument("--seed", type=int, default=1, help="演示区的种子，默认 1")
    parser.add_argument("--streets", type=int, default=3, help="演示区的街道数，默认 3")
    parser.add_argument(
        "--run", type=int, default=0, help="这一次的编号：相同的编号重演同样的事，不会重复受理"
    )
    parser.add_argument("--at-once", type=int, default=8, help="同时进行的请求数，默认 8")
    parser.add_argument(
        "--client", type=Path, metavar="目录", help="经 make client 生成的 Python 客户端办事，如 build/client"
    )
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every act was answered; 1 when some were given up after five minutes without an answer."""
    from huying.simulate.living import Deeds, Outline, every_post, issue, live, read_keys, script, write_keys

    if args.days < 0 or args.speed < 0 or args.at_once < 1:
        raise Invalid("--days、--speed 不能为负，--at-once 至少为 1。")
    story = script(args.seed, args.streets, now(), args.days, args.cases or args.days * _A_DAY, args.run)
    ring = read_keys(args.keys) if args.keys else issue(story, every_post(story), now())
    if args.keys_to:
        write_keys(ring, args.keys_to)
    base = args.base or f"http://127.0.0.1:{environment.value('PORT')}"
    began, deeds = time.perf_counter(), Deeds()
    bar, moved = console.watched("过日子", story.cases)
    if args.days:
        with bar:
            deeds = asyncio.run(
                live(story, ring, Outline(base, args.speed, args.at_once, args.client), moved)
            )
    seconds = time.perf_counter() - began
    console.emit(args, _result(deeds, seconds), _lines(deeds, seconds, args.days))
    return 1 if deeds.lost else 0


def _result(deeds: "Deeds", seconds: float) -> dict[str, Any]:
    return {
        "seconds": round(seconds, 1),
        "done": dict(deeds.done.most_common()),
        "passed_over": dict(deeds.passed_over.most_common()),
        "refused": dict(deeds.refused.most_common()),
        "asked_again": deeds.again,
        "lost": deeds.lost,
    }


def _lines(deeds: "Deeds", seconds: float, days: int) -> Iterator[str]:
    from huying.cases.lifecycle import Verb

    yield f"过了 {days} 天，用时 {seconds:.0f} 秒：受理 {deeds.done['receive']} 件，办理 " + (
        f"{deeds.done.total() - deeds.done['receive']} 步；重发 {deeds.again} 次，放弃 {deeds.lost} 次。"
    )
    yield from (f"  {Verb(verb).zh}　{count}" for verb, count in deeds.done.most_common())
    if deeds.passed_over:
        passed = "、".join(f"{Verb(verb).zh} {count}" for verb, count in deeds.passed_over.most_common())
        yield f"已不需要而跳过：{passed}"
    yield from (f"✗ {reason}：{count} 次" for reason, count in deeds.refused.most_common(20))
