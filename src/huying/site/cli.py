"""``huying``: the command line. Only the chosen command's module is imported, so that help comes at once.

A command is a module with ``add_arguments(parser)`` and ``run(args) -> int``; its first docstring line is not
read, the table's words are. An ``EXAMPLES`` string is shown under its help. Exit codes: 0 done; 1 not done, the
reason was said; 2 used wrongly; 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from huying.kernel.errors import HuyingError

DONE, NOT_DONE, MISUSED, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """``module`` runs it; ``django``: the applications are loaded before it."""

    module: str
    zh: str
    django: bool = True


COMMANDS: Final[Mapping[str, Command]] = {
    "serve": Command("huying.site.commands.serve", "启动：数据库、网页服务、后台", django=False),
    "work": Command("huying.site.commands.working.turns", "后台：跟随办理链，看守时限"),
    "listen": Command("huying.site.commands.listen", "设备接收：MQTT、HJ 212"),
    "work list": Command("huying.site.commands.working.listing", "后台任务：导出、导入做到哪里了"),
    "notices": Command("huying.site.commands.notices", "发出去的消息：等待、失败、重发"),
    "webhooks list": Command("huying.site.commands.webhooks.listing", "订阅推送：有哪些订阅，各自怎样"),
    "webhooks deliveries": Command(
        "huying.site.commands.webhooks.deliveries", "一个订阅推送了什么、对方怎么答"
    ),
    "webhooks replay": Command("huying.site.commands.webhooks.replaying", "从一个时间或办理链位置起重放"),
    "webhooks try": Command("huying.site.commands.webhooks.trying", "发一条测试消息，看对方怎么答"),
    "chat say": Command("huying.site.commands.chat.say", "在终端里像居民那样和对话说话"),
    "stand-in chat": Command(
        "huying.site.commands.chat.stand_in", "在本机扮演微信、企业微信、钉钉的接口和回调"
    ),
    "stand-in city": Command(
        "huying.site.commands.exchange.stand_in", "在本机扮演市 12345 平台：派单、催办、出错"
    ),
    "exchange list": Command("huying.site.commands.exchange.listing", "对接系统：通不通、积压、待人处理"),
    "exchange run": Command("huying.site.commands.exchange.running", "马上收、办、发一遍"),
    "exchange reconcile": Command(
        "huying.site.commands.exchange.reconciling", "和对接系统对一天的账，补齐出入"
    ),
    "exchange dead": Command("huying.site.commands.exchange.dead", "收不进、发不出的信和原因"),
    "exchange resend": Command("huying.site.commands.exchange.resending", "收不进、发不出的信再试一次"),
    "exchange try": Command(
        "huying.site.commands.exchange.trying", "试一封对方的信会变成什么，不留下任何东西"
    ),
    "work cancel": Command("huying.site.commands.working.cancelling", "取消一个后台任务"),
    "migrate": Command("huying.site.commands.migrate", "建立或升级数据库表"),
    "backup": Command("huying.site.commands.backup", "备份数据库和附件到一个文件"),
    "restore": Command("huying.site.commands.restore", "从备份文件恢复"),
    "demo": Command("huying.site.commands.demo", "装入演示区：地图、单位、人员和几个月的办件"),
    "simulate": Command(
        "huying.site.commands.simulate", "在演示区里过日子：居民反映、各岗位办理，全走公开接口"
    ),
    "mcp": Command("huying.site.commands.mcp", "助手接口（MCP）：由助手程序启动，经标准输入输出"),
    "doctor": Command("huying.site.commands.doctor", "检查运行环境"),
    "openapi": Command("huying.site.commands.openapi", "打印程序接口的说明（OpenAPI 3.1）"),
    "import areas": Command("huying.site.commands.imports.areas", "导入区划、街道、社区或网格的边界"),
    "import places": Command("huying.site.commands.imports.places", "导入地名、门牌、道路、河流和水域"),
    "import devices": Command("huying.site.commands.imports.devices", "导入设备登记表"),
    "import facilities": Command("huying.site.commands.imports.facilities", "导入服务设施（CSV，按对应表）"),
    "import roads": Command("huying.site.commands.imports.roads", "导入步行路网（GeoJSON）"),
    "import people": Command("huying.site.commands.imports.people", "导入居住人口（CSV），生活圈用"),
    "import orders": Command("huying.site.commands.imports.orders", "导入其他系统的工单（CSV、Excel）"),
    "export orders": Command(
        "huying.site.commands.export_orders", "导出工单（CSV、Excel），诉求人信息已遮盖"
    ),
    "ledger verify": Command("huying.site.commands.ledger.verify", "核验办理链：逐条重算，指出被改动的一条"),
    "ledger roots": Command("huying.site.commands.ledger.roots", "公布每日总摘要"),
    "ledger check": Command(
        "huying.site.commands.ledger.check", "核对证明文件或存证包，不用连接数据库", django=False
    ),
    "ledger bundle": Command("huying.site.commands.ledger.bundle", "导出一个案件的签名存证包"),
    "ledger role": Command("huying.site.commands.ledger.role", "建立只能追加办理链的数据库角色"),
    "figures recount": Command("huying.site.commands.figures_recount", "从办理链重新统计，或只核对"),
    "learn item": Command("huying.site.commands.learn.item", "让自动分类学习已结案件和标注文件，不用重启"),
    "hot-issues": Command(
        "huying.site.commands.hot_issues", "找出一批留言里的热点问题，按热度排名", django=False
    ),
    "bench": Command("huying.site.commands.bench.speed", "这台机器上有多快：每个数旁边是数据库本身的下限"),
    "bench item": Command("huying.site.commands.bench.item", "检验事项自动分类"),
    "bench body": Command("huying.site.commands.bench.body", "在真实工单上检验承办单位推荐"),
    "bench place": Command("huying.site.commands.bench.place", "检验从文字里读出位置"),
    "bench replies": Command(
        "huying.site.commands.bench.replies", "检验答复检查：意见占多少，张冠李戴认不认得出"
    ),
    "bench services": Command(
        "huying.site.commands.bench.services", "身边服务有多快：步行最近、生活圈", django=False
    ),
    "bench grids": Command(
        "huying.site.commands.bench.grids", "检验划网格：多久、多均匀、沿不沿路、拆没拆小区", django=False
    ),
    "bench home": Command(
        "huying.site.commands.bench.home", "检验独居守护：跌倒多久被发现，每月误报几次", django=False
    ),
    "bench warnings": Command(
        "huying.site.commands.bench.warnings", "检验预警：平静的月份误报几条，突增发现多少、多快"
    ),
    "bench visits": Command(
        "huying.site.commands.bench.visits", "检验走访计划：频次、均衡、路线、请假改排", django=False
    ),
    "bench water": Command(
        "huying.site.commands.bench.water", "检验水质异常识别：有标注的读数里找到多少、误报多少", django=False
    ),
}

CLOSING: Final = "返回码：0 完成；1 未完成（已说明原因）；2 用法不对；130 被中断。设置见 docs/settings.md。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Refusals of the platform are said in one line, without a trace."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name, rest = _chosen(given)
    if name is None:
        _overview().parse_args(given)
        _overview().print_help()
        return MISUSED
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    try:
        return _run(name, rest)
    except HuyingError as error:
        sys.stderr.write(f"{error.message}\n")
        return NOT_DONE
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断。\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        trouble = _database_trouble(error)
        if trouble is None:
            raise
        sys.stderr.write(f"{trouble}\n")
        return NOT_DONE


def _database_trouble(error: Exception) -> str | None:
    """What an operator can do about a failure of the database; None when it is a failure of ours."""
    import psycopg

    cause = error if isinstance(error, psycopg.Error) else error.__cause__ or error.__context__
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return "数据库表还没有建立或不是最新，请先运行 huying migrate。"
    if isinstance(cause, psycopg.OperationalError):
        return f"数据库没有回应：{cause}"
    return None


def _chosen(given: list[str]) -> tuple[str | None, list[str]]:
    for words in (2, 1):
        name = " ".join(given[:words])
        if len(given) >= words and name in COMMANDS:
            return name, given[words:]
    return None, []


def _overview() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS)) + 2
    listed = "\n".join(f"  {name:{width}}{command.zh}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        "huying",
        usage="huying 命令 [选项]",
        description=f"呼应：民有所呼，我有所应。\n\n命令：\n{listed}\n\n“huying 命令 --help” 看每个命令的用法。",
        epilog=CLOSING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=sorted(COMMANDS), help=argparse.SUPPRESS)
    return parser


def _run(name: str, rest: list[str]) -> int:
    command = COMMANDS[name]
    if command.django:
        import django

        # Before the import: a command's module may import models.
        django.setup()
    module = import_module(command.module)
    examples = getattr(module, "EXAMPLES", "").strip()
    parser = argparse.ArgumentParser(
        f"huying {name}",
        description=command.zh,
        epilog=(f"例：\n{examples}\n\n" if examples else "") + CLOSING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    args = parser.parse_args(rest)
    code: int = module.run(args)
    return code


if __name__ == "__main__":
    sys.exit(main())
