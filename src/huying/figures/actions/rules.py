"""Writing a district's own rules of assessment; each is a further version and changes nothing of what was before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.actions.reactions.holding import hold
from huying.figures.actions.exempting import HANDLER
from huying.figures.models import RuleVersion
from huying.figures.queries.boards.closed import closed_until
from huying.figures.rules.matters import STANDARD
from huying.figures.rules.ranking import PLAIN
from huying.figures.rules.schemes import NATURAL
from huying.figures.rules.versions import Rule, RuleKind, kind_of, read, said_of, words_of
from huying.kernel.errors import Conflict, Denied
from huying.kernel.saying import said

# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 7_204
_PLATFORMS: Final[Mapping[RuleKind, Rule]] = {
    RuleKind.PERIOD: NATURAL,
    RuleKind.RANKING: PLAIN,
    RuleKind.MATTER: STANDARD,
}


def write_rule(by: Actor, rule: Rule, now: datetime) -> int:
    """Keep a further version from ``rule.valid_from`` on and return its number; what says the same is none.

    Raises Denied; Invalid where it says what cannot be; Conflict where it would begin before an earlier version, or
    where periods would be cut otherwise on days that are closed.
    """
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    kind, wanted = kind_of(rule), said_of(rule)
    read(kind, wanted, rule.version, rule.valid_from)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, by.district])
        same = RuleVersion.objects.filter(district=by.district, kind=kind.value)
        last = same.order_by("-version").first()
        if last is not None and rule.valid_from < last.valid_from:
            raise Conflict("新版本的生效日期不能早于上一版。")
        if last is not None and (last.said, last.valid_from) == (wanted, rule.valid_from):
            # Pressed twice it is one version.
            return last.version
        if kind is RuleKind.PERIOD:
            _cuts_nothing_closed(by.district, rule.valid_from, now)
        before = read(kind, last.said, last.version, last.valid_from) if last else _PLATFORMS[kind]
        row = RuleVersion.objects.create(
            district=by.district, kind=kind.value, version=last.version + 1 if last else 1, said=wanted,
            valid_from=rule.valid_from, made_at=now, made_by=by.account_id,
        )  # fmt: skip
        after = {**words_of(rule), "自哪天起": rule.valid_from.isoformat()}
        told = NewChange(Subject.FORMULA, kind.value, kind.zh, Deed.CHANGE, words_of(before), after)
        note_change(by, told, now)
    return row.version


def _cuts_nothing_closed(district: int, since: date, now: datetime) -> None:
    hold(HANDLER, district, now)
    closed = closed_until(district)
    if closed is not None and since <= closed:
        day = closed.isoformat()
        raise Conflict(said("已经封账到 %(day)s，新的起止日请从第二天起。", day=day))
