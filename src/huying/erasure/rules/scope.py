"""How much is to be erased."""

from huying.kernel.terms import Term


class Scope(Term):
    """One matter, or everything a caller ever said."""

    ONE = "one", "只删这一件"
    ALL = "all", "这位诉求人的全部"
