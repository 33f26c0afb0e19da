"""``huying doctor``: whether this machine can run the platform, and what is wrong."""

import argparse
from dataclasses import asdict

from huying.site import console
from huying.site.running import health

EXAMPLES = """
  huying doctor           逐项检查
  huying doctor --json    供监控程序读取；有不合格项时返回 1
"""
_MARK = {True: "✓", False: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every check passes."""
    findings = health.examine()
    well = all(finding.well for finding in findings)
    lines = [f"{_MARK[finding.well]} {finding.name}：{finding.text}" for finding in findings]
    console.emit(args, {"well": well, "checks": [asdict(finding) for finding in findings]}, lines)
    return 0 if well else 1
