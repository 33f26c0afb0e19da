"""How much is to be erased."""

from huying.kernel.terms import Term


class Scope(Term):
    """One matter, everything a caller ever said, or somebody in the register of homes."""

    ONE = "one", "只删这一件"
    ALL = "all", "这位诉求人的全部"
    PERSON = "home", "住户登记里的这个人"
