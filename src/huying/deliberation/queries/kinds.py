"""The kinds of meetings and decisions of a district."""

from dataclasses import dataclass

from huying.deliberation.models import DecisionKind, MeetingKind, Proposal
from huying.deliberation.rules.majority import Rule, Share, read_share


@dataclass(frozen=True, slots=True)
class MeetingKindRow:
    """A kind of meeting."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionKindRow:
    """A kind of decision, with its shares as they are written and as they are reckoned with."""

    id: int
    code: str
    name: str
    quorum: str
    majority: str
    rule: Rule
    basis: str


def meeting_kinds(district: int) -> list[MeetingKindRow]:
    """The kinds in use, in their order."""
    rows = MeetingKind.objects.filter(district=district, ended_at=None).order_by("place", "id")
    return [MeetingKindRow(row.pk, row.code, row.name) for row in rows]


def decision_kinds(district: int) -> list[DecisionKindRow]:
    """The kinds in use, in their order."""
    rows = DecisionKind.objects.filter(district=district, ended_at=None).order_by("place", "id")
    return [
        DecisionKindRow(row.pk, row.code, row.name, row.quorum, row.majority, rule_of(row), row.basis)
        for row in rows
    ]


def rule_of(row: DecisionKind) -> Rule:
    """What a kind asks for."""
    return Rule(
        Share(read_share(row.quorum), row.quorum_over),
        Share(read_share(row.majority), row.majority_over),
        row.by_area,
    )


def rule_of_proposal(row: Proposal) -> Rule:
    """What a proposal is decided by: the kind's shares of when its vote was opened, before that those of today."""
    if row.opened_at is None:
        return rule_of(row.kind)
    return Rule(
        Share(read_share(row.quorum), bool(row.quorum_over)),
        Share(read_share(row.majority), bool(row.majority_over)),
        bool(row.by_area),
    )
