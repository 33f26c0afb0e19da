"""What was heard, and what persons said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.cases.queries.seeing import numbers_for
from huying.cases.queries.told import told_appeals
from huying.prevent.risk.models import RiskSignal, RiskWidth
from huying.prevent.risk.rules.kinds import RiskKind, Urgency, Verdict, Width
from huying.prevent.risk.rules.reading import signals

MOST: Final = 300
_LOOKED: Final = 6_000


@dataclass(frozen=True, slots=True)
class SignalInfo:
    """One signal with its case; ``words`` are read from the appeal again, none where it was erased."""

    id: int
    line: CaseLine
    kind: RiskKind
    urgency: Urgency
    precise: bool
    words: Sequence[str]
    at: datetime
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often a kind was heard, and what persons said of it."""

    kind: RiskKind
    heard: int
    right: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """Right ones of those that a person judged; None while nobody judged any."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


def width_of(district: int) -> Width:
    """How readily the district takes words for danger now."""
    row = RiskWidth.objects.filter(district=district).order_by("-id").first()
    return Width(row.width) if row else Width.PRECISE


def signals_for(
    actor: Actor, now: datetime, since: datetime, kind: RiskKind | None = None
) -> list[SignalInfo]:
    """The last 300 signals since then on cases the actor may see; those not judged first.

    Of a district that heard more than 6,000 only the newest of them are looked through.
    """
    rows = RiskSignal.objects.filter(district=actor.district, at__gte=since).order_by("-at", "-id")
    rows = rows.filter(kind=kind) if kind else rows
    seen_cases = numbers_for(actor, set(rows.values_list("case_id", flat=True)[:_LOOKED]))
    found = list(rows.filter(case_id__in=seen_cases)[:MOST])
    lines = {line.id: line for line in lines_of(actor, sorted({row.case_id for row in found}), now)}
    texts = {
        one.appeal_id: one.text for one in told_appeals(actor.district, {row.appeal_id for row in found})
    }
    seen = [_told(row, lines[row.case_id], texts) for row in found if row.case_id in lines]
    return sorted(seen, key=lambda one: one.verdict is not None)


def counted(found: Sequence[SignalInfo]) -> list[KindCount]:
    """The signals by kind, kinds in the order of the table."""
    return [
        KindCount(
            kind,
            sum(one.kind is kind for one in found),
            sum(one.kind is kind and one.verdict is Verdict.RIGHT for one in found),
            sum(one.kind is kind and one.verdict is Verdict.WRONG for one in found),
        )
        for kind in RiskKind
        if any(one.kind is kind for one in found)
    ]


def _told(row: RiskSignal, line: CaseLine, texts: Mapping[int, str]) -> SignalInfo:
    kind, width = RiskKind(row.kind), Width(row.width)
    heard = signals(texts.get(row.appeal_id, ""), width)
    words = next((one.words for one in heard if one.kind is kind), ())
    verdict = Verdict(row.verdict) if row.verdict else None
    return SignalInfo(row.id, line, kind, Urgency(row.urgency), row.precise, words, row.at, verdict)
