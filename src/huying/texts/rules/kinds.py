"""Which texts there are, and for which outcome a template of a reply is meant."""

from huying.kernel.terms import Term


class TextKind(Term):
    """What a text is for."""

    NOTICE = "notice", "通知文字"
    REPLY = "reply", "答复模板"


class ReplyFor(Term):
    """For which outcome a template of a reply is offered."""

    ALWAYS = "always", "都可用"
    SOLVED = "solved", "已解决的"
    UNSOLVED = "unsolved", "没解决的"
    REJECTED = "rejected", "不予受理的"


PRODUCT = 0
"""The number of the version that comes with the platform; a district's own begin with 1."""
