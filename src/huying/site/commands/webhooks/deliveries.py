"""``huying webhooks deliveries``: what was pushed to one subscription, and what came back."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from huying.site import console
from huying.site.commands.webhooks.finding import number_argument, owner
from huying.webhooks.queries import DeliveryInfo, deliveries_for
from huying.webhooks.rules.kinds import Sending

EXAMPLES = """
  huying webhooks deliveries 3                    最近推送的
  huying webhooks deliveries 3 --state failed     只看失败的
  huying webhooks deliveries 3 --json             带推送的内容和对方的应答
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number, --state, --most and --json."""
    number_argument(parser)
    parser.add_argument("--state", choices=[one.value for one in Sending], help="只看一种状态")
    parser.add_argument("--most", type=int, default=50, help="最多列几条（默认 50）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """0, also where there is none."""
    state = Sending(args.state) if args.state else None
    found = deliveries_for(owner(args.subscription), args.subscription, state=state, limit=max(1, args.most))
    console.emit(args, {"deliveries": [_plain(one) for one in found]}, _lines(found))
    return 0


def _plain(one: DeliveryInfo) -> dict[str, Any]:
    return {
        "id": one.id, "message": one.message, "type": one.kind, "case": one.number, "state": one.state.value,
        "replay": one.replay, "tries": one.tries, "made_at": one.made_at.isoformat(),
        "next_at": one.next_at and one.next_at.isoformat(), "body": one.body,
        "attempts": [
            {"at": tried.at.isoformat(), "status": tried.status, "error": tried.error, "answer": tried.answer}
            for tried in one.attempts
        ],
    }  # fmt: skip


def _lines(found: Sequence[DeliveryInfo]) -> Iterator[str]:
    if not found:
        yield "还没有推送过。"
    for one in found:
        last = one.attempts[-1].error if one.attempts else ""
        at = f"{timezone.localtime(one.made_at):%m-%d %H:%M}"
        yield f"{one.id:>8}  {one.state.zh}  {at}  {one.kind}  {one.number}  试了 {one.tries} 次  {last}"
