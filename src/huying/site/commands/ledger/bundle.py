"""``huying ledger bundle``: everything about one case as one signed file, by whoever runs the machine."""

import argparse
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from huying.access.actor import system
from huying.cases.queries.proofs.bundles import bundle_for
from huying.cases.queries.proofs.keys import signs_with
from huying.cases.rules.bundles import pack
from huying.cases.rules.signing import public_of
from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_case_number
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.site import console

EXAMPLES = """
  huying ledger bundle 990101-20260302-000123 --out 存证包.zip
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help="案件编号")
    parser.add_argument("--out", type=Path, required=True, help="写到哪个文件；已有的不覆盖")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the bundle is written; that it was taken stands in the audit of views."""
    district, case_id = parse_case_number(args.case)
    by, now = system(district, "命令行"), timezone.now()
    if args.out.exists():
        raise Invalid(f"{args.out} 已经有了，请换个文件名。")
    with args.out.open("xb") as file, transaction.atomic():
        record_viewings(by, [NewViewing(ViewingKind.EXPORT, "案件存证包", case_id=case_id)], now)
        contents, about = bundle_for(by, district, case_id, now)
        pack(file, contents, about, signs_with())
    key = public_of(signs_with())
    told = {"file": str(args.out), "key": key.hex, "key_id": key.id}
    console.emit(args, told, [f"已写入 {args.out}", f"公钥 {key.hex}（编号 {key.id}）"])
    return 0
