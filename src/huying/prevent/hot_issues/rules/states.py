"""Where an issue stands."""

from huying.kernel.terms import Term


class IssueState(Term):
    """What people made of an issue."""

    OPEN = "open", "热点"
    DISMISSED = "dismissed", "不是热点"
    MERGED = "merged", "已并入"
