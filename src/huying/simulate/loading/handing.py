"""The handovers of the last days at the centres, signed by whoever went and whoever came."""

from datetime import datetime, timedelta

from huying.access.actor import Actor
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.teams.actions import give_duty, take_duty
from huying.teams.models import Shift

_COMMUNITY = 12
_WORDS = (
    "本班平稳，无突发情况。",
    "有一起井盖缺失已派单，权属单位在路上，请跟进。",
    "两件快到时限，已电话催过承办单位，请接着盯。",
    "雷雨预警已转发各社区，值守群里请留意积水点。",
)


def hand_over(district: int, now: datetime) -> None:
    """Sign for what ended in the last three days; the newest waits for who came."""
    ended = Shift.objects.filter(
        district=district, cancelled_at=None, ends_at__lte=now, ends_at__gt=now - timedelta(days=3)
    )
    seen = set()
    rows = ended.select_related("member__account").order_by("ends_at", "role")
    for number, row in enumerate(row for row in rows if len(row.area) < _COMMUNITY):
        if (row.post_id, row.ends_at) in seen or row.member.account is None:
            continue
        seen.add((row.post_id, row.ends_at))
        _sign(row, actor_of(row.member.account, now), _WORDS[number % len(_WORDS)], now)


def _sign(row: Shift, giver: Actor, words: str, now: datetime) -> None:
    handed = give_duty(giver, row.pk, words, row.ends_at)
    comes = Shift.objects.filter(
        post_id=row.post_id, cancelled_at=None, starts_at=row.ends_at, member__account__isnull=False
    )
    account = (
        Account.objects.filter(pk__in=comes.values("member__account"))
        .exclude(pk=giver.account_id or 0)
        .first()
    )
    if account is None or row.ends_at > now - timedelta(hours=12):
        return
    take_duty(actor_of(account, now), handed, "", row.ends_at)
