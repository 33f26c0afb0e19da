"""``huying serve``: everything in one command: database, tables, web processes and the background worker."""

import argparse

from huying.site import console, environment
from huying.site.running.children import Child, Family

EXAMPLES = """
  huying serve                          在 http://127.0.0.1:8000 启动
  HUYING_PORT=9000 huying serve         换一个端口
  HUYING_HOST=0.0.0.0 HUYING_ALLOWED_HOSTS=huying.example.cn huying serve
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-worker", action="store_true", help="不启动后台（由另外的机器运行 huying work）")


def run(args: argparse.Namespace) -> int:
    """Until it is told to end; 1 when a part cannot be kept running."""
    import django

    django.setup()
    from django.db import connection

    from huying.site import schema

    with console.waiting("正在准备数据库……"):
        schema.migrate()
    # The lock that keeps the embedded database up stays with this process; its connection is not needed.
    connection.close()
    host, port = environment.value("HOST"), environment.value("PORT")
    family = Family(
        [_web(host, port)] + ([] if args.no_worker else [Child("后台", ("-m", "huying.site", "work"))])
    )
    console.remark(f"呼应正在 http://{host}:{port} 运行，按 Ctrl-C 结束。")
    return family.live()


def _web(host: str, port: int) -> Child:
    # A screen that listens for events counts as a request under way, so a thousand of them must fit.
    options = {
        "--interface": "asgi",
        "--host": host,
        "--port": port,
        "--workers": environment.value("WEB_PROCESSES"),
        "--loop": "asyncio",
        "--backlog": 4096,
        "--backpressure": 20000,
        "--log-level": "warning",
    }
    flat = (str(part) for option in options.items() for part in option)
    flags = ("--no-ws", "--respawn-failed-workers")
    return Child("网页服务", ("-m", "granian", *flat, *flags, "huying.site.front.application:application"))
