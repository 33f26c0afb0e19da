"""Tables of meetings, proposals and votes."""

from huying.deliberation.models.followers import Follower
from huying.deliberation.models.meetings import Meeting, MeetingAppeal, MeetingKind
from huying.deliberation.models.proposals import (
    DecisionKind,
    Discussion,
    Proposal,
    ProposalCase,
    Step,
    StepPhoto,
)
from huying.deliberation.models.votes import Ballot, Household, Tallied

__all__ = [
    "Ballot",
    "DecisionKind",
    "Discussion",
    "Follower",
    "Household",
    "Meeting",
    "MeetingAppeal",
    "MeetingKind",
    "Proposal",
    "ProposalCase",
    "Step",
    "StepPhoto",
    "Tallied",
]
