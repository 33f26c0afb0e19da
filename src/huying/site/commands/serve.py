"""``huying serve``: everything in one command: database, tables, web processes and the background worker."""

import argparse
import errno
import socket

from huying.site import console
from huying.site.configuration import environment
from huying.site.running.children import Child, Family

EXAMPLES = """
  huying serve                          在 http://127.0.0.1:8000 启动
  HUYING_PORT=9000 huying serve         换一个端口
  HUYING_HOST=0.0.0.0 HUYING_ALLOWED_HOSTS=huying.example.cn huying serve
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help="不启动后台和设备接收（由另外的机器运行 huying work、huying listen）",
    )


def run(args: argparse.Namespace) -> int:
    """Until it is told to end; 1 when a part cannot be kept running."""
    host, port = environment.value("HOST"), environment.value("PORT")
    if _taken(host, port):
        console.remark(f"端口 {port} 已经有程序在用。请先停掉它，或换一个端口：HUYING_PORT=9000 huying serve")
        return 1
    import django

    django.setup()
    from django.db import connection

    from huying.site import schema

    with console.waiting("正在准备数据库……"):
        schema.migrate()
    # The lock that keeps the embedded database up stays with this process; its connection is not needed.
    connection.close()
    family = Family([_web(host, port), *([] if args.no_worker else _behind())])
    console.remark(f"呼应正在 http://{host}:{port} 运行，按 Ctrl-C 结束。")
    return family.live()


def _taken(host: str, port: int) -> bool:
    """Whether somebody listens there. The web server shares a port with another one without a word."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        # What a connection that ended a moment ago leaves behind is nobody.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as refused:
            return refused.errno == errno.EADDRINUSE
    return False


def _behind() -> list[Child]:
    """The worker, and two that hear devices where there are any: one hears, the other takes over without a start."""
    found = [Child("后台", ("-m", "huying.site", "work"))]
    if environment.value("MQTT_URL") or environment.value("HJ212"):
        found += [Child(name, ("-m", "huying.site", "listen")) for name in ("设备接收", "设备接收（备用）")]
    return found


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
