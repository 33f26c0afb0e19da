"""What people and districts choose about notices."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.chat.queries.reaching import staff_bound
from huying.kernel.errors import Denied, Invalid
from huying.notices.models import Notice, OptOut, Preference, ResidentRule
from huying.notices.policy import must_edit
from huying.notices.queries.residents import ResidentChoices
from huying.notices.rules.kinds import Sending, Way
from huying.notices.rules.times import Quiet
from huying.people.queries.reaching import phones_of_accounts, seal_address
from huying.texts.rules.occasions import STAFF, Occasion

_MAIL: Final = re.compile(r"[^@\s\"<>,;:\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WECHAT: Final = re.compile(r"[\w.@-]{1,64}")
_MOST_A_DAY: Final = 20


@dataclass(frozen=True, slots=True)
class NewChoices:
    """What somebody wants. ``digest_hour`` None: at once; addresses "" where they have none."""

    ways: Mapping[Occasion, Collection[Way]]
    quiet: Quiet
    digest_hour: int | None
    mail: str
    wechat: str


def choose(actor: Actor, chosen: NewChoices, now: datetime) -> None:
    """Keep one's own choices. Raises Denied, Invalid (fields named)."""
    if actor.account_id is None:
        raise Denied
    _must_be_sound(actor.district, actor.account_id, chosen)
    Preference.objects.update_or_create(
        account_id=actor.account_id,
        defaults={
            "district": actor.district,
            "ways": {
                occasion.value: [way.value for way in Way if way in ways]
                for occasion, ways in chosen.ways.items()
                if occasion in STAFF
            },
            "quiet_since": chosen.quiet.since,
            "quiet_until": chosen.quiet.until,
            "digest_hour": chosen.digest_hour,
            "mail_sealed": seal_address(actor.account_id, "mail", chosen.mail),
            "wechat_sealed": seal_address(actor.account_id, "wechat", chosen.wechat),
            "changed_at": now,
        },
    )


def _must_be_sound(district: int, account_id: int, chosen: NewChoices) -> None:
    wanted = {way for ways in chosen.ways.values() for way in ways}
    wrong = {}
    if chosen.mail and not _MAIL.fullmatch(chosen.mail):
        wrong["mail"] = "邮箱写得不对，例如 wang@example.cn。"
    elif Way.MAIL in wanted and not chosen.mail:
        wrong["mail"] = "选了邮件通知，请填邮箱。"
    if chosen.wechat and not _WECHAT.fullmatch(chosen.wechat):
        wrong["wechat"] = "微信账号只能有字母、数字和 . _ - @。"
    elif Way.WECHAT in wanted and not chosen.wechat:
        wrong["wechat"] = "选了微信通知，请填微信账号。"
    wrong |= _unreachable(district, account_id, wanted)
    if chosen.digest_hour is not None and not 0 <= chosen.digest_hour <= 23:
        wrong["digest_hour"] = "请选几点汇总。"
    if wrong:
        raise Invalid(fields=wrong)


def _unreachable(district: int, account_id: int, wanted: set[Way]) -> dict[str, str]:
    if Way.SMS in wanted and account_id not in phones_of_accounts([account_id]):
        return {"ways": "选了短信通知，但账号上没有手机号，请管理员补上。"}
    if Way.CHAT in wanted and not staff_bound(district, account_id):
        return {"ways": "选了企业微信/钉钉通知，请先在下面取绑定码，发给机器人绑定。"}
    return {}


def set_residents(by: Actor, chosen: ResidentChoices, now: datetime) -> None:
    """Let this hold towards residents from now on, as a further row. Raises Denied, Invalid."""
    must_edit(by)
    if not 1 <= chosen.most_a_day <= _MOST_A_DAY:
        raise Invalid(fields={"most_a_day": "每人每天 1 到 20 条。"})
    ResidentRule.objects.create(
        district=by.district,
        quiet_since=chosen.quiet.since,
        quiet_until=chosen.quiet.until,
        most_a_day=chosen.most_a_day,
        occasions=sorted(occasion.value for occasion in chosen.occasions),
        changed_at=now,
        changed_by=by.name,
        changed_by_account=by.account_id,
    )


def opt_out(district: int, caller_id: int, now: datetime) -> None:
    """Write to this caller no more; what still waits is not sent either."""
    OptOut.objects.get_or_create(district=district, caller_id=caller_id, defaults={"since": now})
    Notice.objects.filter(district=district, caller_id=caller_id, state=Sending.WAITING).update(
        state=Sending.DROPPED.value, next_at=None, error="诉求人不再接收短信"
    )


def opt_in(district: int, caller_id: int) -> None:
    """Write to this caller again, of what happens from now on."""
    OptOut.objects.filter(district=district, caller_id=caller_id).delete()
