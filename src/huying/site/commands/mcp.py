"""``huying mcp``: the assistants' interface over standard input and output."""

import argparse

from huying.api.assistants.door.stdio import serve
from huying.kernel.errors import Invalid
from huying.site.configuration import environment

EXAMPLES = """
  HUYING_ASSISTANT_KEY=hy_… huying mcp    由助手程序启动；密钥只从环境变量读
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the key is read from the environment, where no list of processes shows it."""


def run(args: argparse.Namespace) -> int:
    """0 when the other side has closed."""
    raw: str = environment.value("ASSISTANT_KEY")
    if not raw:
        raise Invalid("请把助手密钥放进环境变量 HUYING_ASSISTANT_KEY。密钥在“我的账号”里自己发。")
    serve(raw)
    return 0
