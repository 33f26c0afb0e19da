"""What people chose about notices; who chose nothing is told in the page alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from huying.notices.models import OptOut, Preference
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import Quiet
from huying.people.queries.reaching import open_address
from huying.texts.rules.occasions import URGENT, Occasion

USUAL_QUIET: Final = Quiet(time(22), time(7))
_IN_PAGE: Final = frozenset({Way.PAGE})


@dataclass(frozen=True, slots=True)
class Choices:
    """One account's choices. ``ways`` says by which ways each occasion goes; what is urgent is always in the page."""

    ways: Mapping[str, frozenset[Way]] = field(default_factory=dict)
    quiet: Quiet = USUAL_QUIET
    digest_hour: int | None = None
    mail: str = ""
    wechat: str = ""

    def ways_of(self, occasion: Occasion) -> frozenset[Way]:
        chosen = self.ways.get(occasion.value, _IN_PAGE)
        return chosen | _IN_PAGE if occasion in URGENT else chosen


def choices_of(accounts: Collection[int]) -> Mapping[int, Choices]:
    """The choices of those accounts that made any, in one query."""
    return {row.account_id: _choices(row) for row in Preference.objects.filter(account_id__in=accounts)}


def opted_out(district: int, callers: Collection[int]) -> set[int]:
    """Those of the callers who want no messages."""
    rows = OptOut.objects.filter(district=district, caller_id__in=callers)
    return set(rows.values_list("caller_id", flat=True))


def _choices(row: Preference) -> Choices:
    return Choices(
        ways={name: frozenset(Way(way) for way in ways) for name, ways in row.ways.items()},
        quiet=Quiet(row.quiet_since, row.quiet_until),
        digest_hour=row.digest_hour,
        mail=open_address(row.account_id, "mail", row.mail_sealed),
        wechat=open_address(row.account_id, "wechat", row.wechat_sealed),
    )
