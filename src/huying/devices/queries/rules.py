"""What is watched for: the rules in force, and every version of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.devices.models import WatchRule
from huying.devices.policy import must_read
from huying.devices.rules.kinds import Compare, DeviceKind, Follow, Light
from huying.devices.rules.watching import Watch
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it holds. ``device_id`` None: every device of the kind. ``code`` "" and version 0: not kept yet."""

    code: str = ""
    version: int = 0
    name: str
    kind: DeviceKind
    factor: str
    watch: Watch
    follow: Follow
    device_id: int | None = None
    emergency: str = ""
    item: str = ""
    urgency: int = 0

    def concerns(self, device_id: int, kind: str) -> bool:
        """Whether it watches this device."""
        return self.kind.value == kind if self.device_id is None else self.device_id == device_id


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version with who made it, when and why; ``ended``: it watches no more."""

    rule: Rule
    ended: bool
    why: str
    made_at: datetime
    made_by: str


def rules_for(actor: Actor) -> list[RuleVersion]:
    """The rules in force, by kind and name; one query. Raises Denied."""
    must_read(actor)
    found = [one for one in newest(actor.district).values() if not one.ended]
    return sorted(found, key=lambda one: (one.rule.kind.value, one.rule.name, one.rule.code))


def versions_for(actor: Actor, code: str) -> list[RuleVersion]:
    """Every version of a rule, the newest first. Raises Denied, NotFound."""
    must_read(actor)
    rows = WatchRule.objects.filter(district=actor.district, code=code).order_by("-version")
    found = [_version(row) for row in rows]
    if not found:
        raise NotFound
    return found


def newest(district: int) -> Mapping[str, RuleVersion]:
    """The newest version of every rule, ended ones too; one query."""
    rows = WatchRule.objects.filter(district=district).order_by("code", "-version").distinct("code")
    return {row.code: _version(row) for row in rows}


def in_force(district: int) -> Sequence[Rule]:
    """The rules that watch; one query."""
    return [one.rule for one in newest(district).values() if not one.ended]


def _version(row: WatchRule) -> RuleVersion:
    watch = Watch(
        Compare(row.compare),
        row.limit,
        row.over,
        row.hold,
        row.quorum,
        row.metres,
        row.flaps,
        Light(row.light),
    )
    rule = Rule(
        code=row.code, version=row.version, name=row.name, kind=DeviceKind(row.kind), factor=row.factor, watch=watch,
        follow=Follow(row.follow), device_id=row.device_id, emergency=row.emergency, item=row.item,
        urgency=row.urgency,
    )  # fmt: skip
    return RuleVersion(rule, row.ended, row.why, row.made_at, row.made_by)
