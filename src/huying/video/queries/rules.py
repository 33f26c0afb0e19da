"""What follows from each kind of alarm: as it holds, and every version of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from huying.access.actor import Actor
from huying.video.models import AlarmRule, VideoAlarm
from huying.video.policy import must_read, visible_to
from huying.video.rules.kinds import AlarmFollow, AlarmKind, AlarmVerdict
from huying.video.rules.naming import Own
from huying.video.rules.standing import STANDARD, Standing

_LOOKED_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """One version with who made it, when and why; of what the platform brings along nobody did."""

    rule: Standing
    why: str = ""
    made_at: datetime | None = None
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """How many alarms of a kind there were in thirty days, how many were looked at, and how many of those were false."""

    alarms: int = 0
    judged: int = 0
    false: int = 0


def standing_of(district: int) -> Mapping[AlarmKind, Standing]:
    """What holds for every kind; one query."""
    rows = AlarmRule.objects.filter(district=district).order_by("kind", "-version").distinct("kind")
    return {**STANDARD, **{AlarmKind(row.kind): _standing(row) for row in rows}}


def own_words(standing: Mapping[AlarmKind, Standing]) -> Own:
    """How the district's makers call things, by word."""
    return {word: kind for kind, rule in standing.items() for word in rule.words}


def standings_for(actor: Actor) -> Sequence[Standing]:
    """What holds for every kind, in the order of the kinds. Raises Denied."""
    must_read(actor)
    held = standing_of(actor.district)
    return [held[kind] for kind in AlarmKind]


def versions_for(actor: Actor, kind: AlarmKind) -> list[StandingVersion]:
    """Every version of a kind's rule, the newest first, what is brought along last. Raises Denied."""
    must_read(actor)
    rows = AlarmRule.objects.filter(district=actor.district, kind=kind.value).order_by("-version")
    written = [StandingVersion(_standing(row), row.why, row.made_at, row.made_by) for row in rows]
    return [*written, StandingVersion(STANDARD[kind])]


def worth_for(actor: Actor, now: datetime) -> Mapping[AlarmKind, Worth]:
    """What the alarms an actor sees were worth; one query. Raises Denied."""
    must_read(actor)
    rows = (
        VideoAlarm.objects.filter(visible_to(actor), made_at__gte=now - _LOOKED_BACK)
        .values("kind")
        .annotate(
            alarms=Count("id"),
            judged=Count("id", filter=~Q(verdict="")),
            false=Count("id", filter=Q(verdict=AlarmVerdict.FALSE.value)),
        )
    )
    return {AlarmKind(row["kind"]): Worth(row["alarms"], row["judged"], row["false"]) for row in rows}


def _standing(row: AlarmRule) -> Standing:
    return Standing(
        kind=AlarmKind(row.kind), version=row.version, follow=AlarmFollow(row.follow), emergency=row.emergency,
        item=row.item, urgency=row.urgency, window=row.window, least=row.least, keep_days=row.keep_days,
        words=tuple(row.words),
    )  # fmt: skip
