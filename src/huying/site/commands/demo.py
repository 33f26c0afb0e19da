"""``huying demo``: a living demonstration district, with everybody's account."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from huying.kernel.clock import now
from huying.kernel.errors import Conflict
from huying.site import console
from huying.site.configuration import environment

if TYPE_CHECKING:
    from huying.simulate.loading import Loaded

EXAMPLES = """
  huying demo                          一个区、三个街道、90 天、约 6000 件
  huying demo --if-empty               数据库里已经有区时什么也不做
  huying demo --streets 1 --cases 500  小一些、快一些
  huying demo --streets 10 --days 365 --cases 1000000 --processes 8   压力测试用
  huying demo --seed 7                 换一个区；同一种子得到同一个区
"""
_MOST_STREETS: Final = 30
_BATCH: Final = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="随机种子，默认 1")
    parser.add_argument("--streets", type=_within(1, _MOST_STREETS), default=3, help="街道数，默认 3")
    parser.add_argument("--days", type=_within(1, 400), default=90, help="历史天数，默认 90")
    parser.add_argument(
        "--cases", type=_within(0, 2_000_000), default=6000, help="案件数（期望值），默认 6000"
    )
    parser.add_argument("--processes", type=_within(1, 64), default=1, help="并行写入的进程数，默认 1")
    parser.add_argument("--if-empty", action="store_true", help="数据库里已经有区时什么也不做")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the district was made, or with ``--if-empty`` when there was one; Conflict when there was one."""
    # Here and not above: these load the tables, which the help text does not need.
    from huying.places.queries import districts
    from huying.simulate.loading import load
    from huying.simulate.loading.looking_back import look_back
    from huying.simulate.loading.preventing import look_ahead

    there = districts()
    if there:
        if not args.if_empty:
            raise Conflict(f"数据库里已经有{there[0].name}，演示数据只装进空的数据库。")
        console.emit(
            args, {"made": False, "district": there[0].code}, [f"已经有{there[0].name}，没有再装演示数据。"]
        )
        return 0
    bar, moved = console.watched("重演办件历史", args.cases)
    with bar:
        loaded = load(
            args.seed,
            now(),
            streets=args.streets,
            days=args.days,
            cases=args.cases,
            processes=args.processes,
            progress=moved,
            stage=console.remark,
        )
    console.remark("数清各单位在办、超时多少")
    _count(int(loaded.land.code))
    console.remark("上个月封账，月分析签发")
    look_back(int(loaded.land.code), now())
    console.remark("找热点、反复问题和苗头")
    look_ahead(int(loaded.land.code), now())
    console.emit(args, _result(loaded), _lines(loaded))
    return 0


def _count(district: int) -> None:
    """The boards are right from the first look on, and not only once the worker has followed months of history."""
    from huying.cases.actions import follow
    from huying.figures.tasks import count

    while follow("figures", district, count, now(), _BATCH):
        pass


def _within(least: int, most: int) -> Any:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"应在 {least} 到 {most} 之间")
        return value

    return number


def _address() -> str:
    return f"http://{environment.value('HOST')}:{environment.value('PORT')}/"


def _result(loaded: "Loaded") -> dict[str, Any]:
    lived = loaded.lived
    return {
        "made": True,
        "district": int(loaded.land.code),
        "name": loaded.land.name,
        "address": _address(),
        "password": loaded.password,
        "accounts": [
            {
                "login": person.login,
                "name": person.name,
                "role": person.post.role.value,
                "area": person.post.area,
            }
            for person in loaded.cast
        ],
        "receipts": [{"receipt": receipt, "phone": phone} for receipt, phone in lived.samples],
        "cases": lived.cases,
        "appeals": lived.appeals,
        "steps": lived.deeds,
        "refused": list(lived.refused),
    }


def _lines(loaded: "Loaded") -> Iterator[str]:
    lived, land = loaded.lived, loaded.land
    yield (
        f"{land.name}（{land.code}）：{len(land.of('street'))} 个街道、{len(land.of('community'))} 个社区、"
        + (
            f"{len(land.of('grid'))} 个网格；{lived.cases} 件案件、{lived.appeals} 件诉求、{lived.deeds} 步办理。"
        )
    )
    names = {area.code: area.name for area in land.areas}
    units = {unit.key: unit.short for unit in loaded.units}
    yield f"网址：{_address()}"
    yield f"以下账号的密码都是 {loaded.password}（只用于演示）："
    for person in loaded.cast:
        where = units.get(person.post.body) or names[person.post.area]
        yield f"  {person.login:9}{person.name}　{person.post.role.zh}，{where}"
    yield "居民用受理编号和手机号后四位查询："
    yield from (f"  {receipt}　手机尾号 {phone[-4:]}" for receipt, phone in lived.samples)
    yield from (f"✗ 未写入：{reason}" for reason in lived.refused[:20])
