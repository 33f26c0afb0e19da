"""``huying ledger role``: the database role that may only add to the ledger."""

import argparse

from django.db import Error, connection, transaction

from huying.kernel.errors import Unavailable
from huying.site import console, writer

EXAMPLES = """
  huying ledger role                        建立角色 huying_writer，或在升级后补齐授权
  HUYING_DATABASE_ROLE=huying_writer huying serve    之后以这个角色运行
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default=writer.ROLE, help=f"角色名，默认 {writer.ROLE}")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the role stands and cannot alter the ledger."""
    # Not as the role itself, which may not exist yet.
    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    try:
        with transaction.atomic():
            kept = writer.grant(args.name)
    except Error as error:
        raise Unavailable(f"不能建立角色，请用数据库管理员账号执行：{error}") from error
    left = writer.may_alter(args.name)
    lines = [f"角色 {args.name} 已就绪：对 {'、'.join(kept)} 只能查看和追加。"]
    lines += [f"✗ 还能改动 {each}" for each in left]
    lines.append(f"启动前设置 HUYING_DATABASE_ROLE={args.name}，平台即以此角色读写。")
    console.emit(args, {"role": args.name, "kept": kept, "may_alter": left}, lines)
    return 1 if left else 0
