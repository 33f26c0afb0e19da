"""``huying migrate``: bring the tables to what this version expects."""

import argparse

from huying.site import console, schema

EXAMPLES = """
  huying migrate            建表或升级
  huying migrate --check    只看是否需要升级，需要时返回 1
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="只检查，不改动")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the tables are as expected afterwards; with ``--check`` 1 when they are not."""
    waiting = schema.pending()
    if args.check:
        console.emit(args, {"pending": waiting}, waiting or ["数据库表已是最新。"])
        return 1 if waiting else 0
    with console.waiting("正在升级数据库表……"):
        schema.migrate()
    console.emit(
        args, {"applied": waiting}, [f"已升级 {len(waiting)} 步。" if waiting else "数据库表已是最新。"]
    )
    return 0
