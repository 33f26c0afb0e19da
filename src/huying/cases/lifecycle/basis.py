"""Why persons' data are erased (个人信息保护法 47)."""

from huying.kernel.terms import Term


class Basis(Term):
    """On what an erasure rests."""

    ASKED = "asked", "申请人要求"
    EXPIRED = "expired", "保存期满"
    ACHIEVED = "achieved", "处理目的已实现"
    OTHER = "other", "其他法定情形"
