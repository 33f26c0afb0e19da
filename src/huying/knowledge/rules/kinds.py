"""The words of the knowledge base."""

from huying.kernel.terms import Term


class UseChannel(Term):
    """Where an article answered somebody."""

    HOTLINE = "hotline", "热线"
    WEB = "web", "居民网页"


class GapKind(Term):
    """How it was noticed that an article is missing."""

    BY_HAND = "by_hand", "坐席手写答复"
    NOT_FOUND = "not_found", "居民没搜到"
