"""Why a follow-up came to nothing (R501): what was not heard does not count among the valid follow-ups."""

from typing import Final

from huying.kernel.terms import Term


class FollowUpReason(Term):
    """What kept a caller from being heard. Each makes the follow-up invalid; the rates divide by valid ones alone."""

    NO_ANSWER = "no_answer", "无人接听"
    BUSY = "busy", "关机或占线"
    NOT_HOME = "not_home", "上门无人"
    BROKEN_OFF = "broken_off", "中途中断"
    WRONG_PERSON = "wrong_person", "非本人接听"
    DEAD_NUMBER = "dead_number", "空号或停机"
    NO_NUMBER = "no_number", "没留联系方式"
    REFUSED = "refused", "拒绝回访"
    NUISANCE = "nuisance", "骚扰或无效诉求"
    LAPSED = "lapsed", "逾期未评"

    @property
    def final(self) -> bool:
        """Whether asking the same way again is of no use."""
        return self in _FINAL


_FINAL: Final = frozenset(
    {
        FollowUpReason.DEAD_NUMBER,
        FollowUpReason.NO_NUMBER,
        FollowUpReason.REFUSED,
        FollowUpReason.NUISANCE,
        FollowUpReason.LAPSED,
    }
)
# What a person may say; that the time ran out is said by the rule alone.
BY_HAND: Final = tuple(reason for reason in FollowUpReason if reason is not FollowUpReason.LAPSED)
