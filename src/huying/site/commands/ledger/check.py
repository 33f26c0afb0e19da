"""``huying ledger check``: a proof or a bundle held against the published roots, on any machine."""

import argparse
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huying.cases.rules.bundles import check
from huying.cases.rules.holding import Held, held
from huying.cases.rules.signing import PublicKey
from huying.kernel.errors import Invalid
from huying.site import console

EXAMPLES = """
  huying ledger check 证明.json --roots roots.json      居民下载的证明，对照公布的总摘要
  huying ledger check 存证包.zip --key 3f9a…            审计存证包，用公布的公钥验签
  huying ledger check 存证包.zip --key 3f9a… --roots roots.json    用自己存下的总摘要
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="证明文件（.json）或存证包（.zip）")
    parser.add_argument("--roots", type=Path, help="公布的总摘要文件 roots.json；存证包里带有一份")
    parser.add_argument("--key", help="公布的公钥（64 个十六进制数字）；不给则只核对存证包自带的")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it holds; 1 when not, and what does not hold is named."""
    try:
        found = _checked(args)
    except Invalid as wrong:
        console.emit(args, {"holds": False, "why": wrong.message}, [f"✗ 不相符：{wrong.message}"])
        return 1
    told = {"holds": True, "covered": found.covered, "entries": found.entries}
    console.emit(args, told, _lines(found, args))
    return 0


def _checked(args: argparse.Namespace) -> Held:
    if not args.file.is_file():
        raise Invalid(f"没有这个文件：{args.file}")
    roots = _json(args.roots) if args.roots else None
    if zipfile.is_zipfile(args.file):
        keys = {PublicKey(args.key).id: args.key} if args.key else None
        with args.file.open("rb") as file:
            return check(file, keys, roots)
    if roots is None:
        raise Invalid("请用 --roots 给出公布的总摘要文件。")
    return held(_json(args.file), roots)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Invalid(f"{path.name} 读不出来：{error}") from error


def _lines(found: Held, args: argparse.Namespace) -> Iterator[str]:
    yield f"相符：共 {found.entries} 步，其中 {found.covered} 步由公布的总摘要证实。"
    if zipfile.is_zipfile(args.file) and not args.key:
        yield "没有给出 --key：只说明存证包没有损坏，不说明是谁签的。"
