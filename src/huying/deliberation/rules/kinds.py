"""The small vocabularies of deliberation."""

from datetime import datetime

from huying.kernel.terms import Term


class Choice(Term):
    """What a household says on a proposal."""

    YES = "yes", "同意"
    NO = "no", "反对"
    ABSTAIN = "abstain", "弃权"


class Origin(Term):
    """Where a proposal comes from."""

    CASE = "case", "居民诉求"
    MEETING = "meeting", "会议"
    IDEA = "idea", "居民想法"


class Phase(Term):
    """Where a proposal stands; told by its dates, kept nowhere."""

    DRAFTED = "drafted", "议事中"
    VOTING = "voting", "表决中"
    COUNTING = "counting", "待计票"
    PASSED = "passed", "通过，落实中"
    FAILED = "failed", "未通过"
    DONE = "done", "已办成"
    WITHDRAWN = "withdrawn", "已撤回"


ENDED = frozenset({Phase.FAILED, Phase.DONE, Phase.WITHDRAWN})
# What everybody may read: a draft is still the station's own.
PUBLIC = frozenset(Phase) - {Phase.DRAFTED}


def phase_of(
    now: datetime, *, opened_at: datetime | None, closes_at: datetime | None, closed_at: datetime | None,
    passed: bool | None, done_at: datetime | None, withdrawn_at: datetime | None,
) -> Phase:  # fmt: skip
    """The phase at a moment. A vote is over at ``closes_at`` to the second, counted or not."""
    if withdrawn_at is not None:
        return Phase.WITHDRAWN
    if done_at is not None:
        return Phase.DONE
    if closed_at is not None:
        return Phase.PASSED if passed else Phase.FAILED
    if opened_at is None or closes_at is None:
        return Phase.DRAFTED
    return Phase.VOTING if now < closes_at else Phase.COUNTING
