"""The closed lists of this domain."""

from typing import Final

from huying.kernel.terms import Term


class Connecting(Term):
    """By which connector a system is reached."""

    REST_PULL = "rest_pull", "我方定时拉取"
    REST_PUSH = "rest_push", "对方推送过来"
    FILE_DROP = "file_drop", "文件交换"
    OPEN311 = "open311", "Open311 服务器"


class Direction(Term):
    """Which way letters go."""

    BOTH = "both", "双向"
    IN = "in", "只收"
    OUT = "out", "只发"


class Scope(Term):
    """Of which cases a system is told."""

    OWN = "own", "只报它派来的"
    ALL = "all", "区域内全部上报"


class InKind(Term):
    """What a letter that came in wants."""

    ORDER = "order", "来单"
    WITHDRAW = "withdraw", "撤单"
    REMIND = "remind", "催办"
    REDO = "redo", "退回重办"
    EVALUATION = "evaluation", "回访评价"
    NOTE = "note", "对方进展"
    DONE = "done", "对方办结"


class InState(Term):
    """Where a letter that came in stands."""

    WAITING = "waiting", "待收进"
    TAKEN = "taken", "已收进"
    PERSON = "person", "待人处理"
    DROPPED = "dropped", "已作废"


class OutKind(Term):
    """What a letter that goes out tells."""

    ORDER = "order", "上报工单"
    RECEIPT = "receipt", "回执"
    STATE = "state", "状态"
    PROGRESS = "progress", "进展"
    REPLY = "reply", "答复"
    EVALUATION = "evaluation", "评价"


class OutState(Term):
    """Where a letter that goes out stands."""

    WAITING = "waiting", "待发"
    SENT = "sent", "对方已收"
    DEAD = "dead", "死信"
    DROPPED = "dropped", "已作废"


class Lack(Term):
    """In what two sides differ about one order."""

    MISSING_HERE = "missing_here", "我方缺"
    MISSING_THERE = "missing_there", "对方缺"
    STATE = "state", "状态不一致"
    DOUBLED = "doubled", "对方重复"
    CHANGED = "changed", "对方后来改过"
    UNHEARD = "unheard", "对方没有记下后来的信"


class Way(Term):
    """Which way one letter went: what persons mend is named by it."""

    IN = "in", "收"
    OUT = "out", "发"


SATISFACTIONS: Final = ("satisfied", "basically", "unsatisfied")
RESULTS: Final = ("solved", "unsolved", "unreached")
