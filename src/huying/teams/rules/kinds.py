"""The closed lists of this domain. The kinds of members are not among them: each district has its own."""

from huying.kernel.terms import Term


class Part(Term):
    """Which of 1+2+N a kind of member belongs to."""

    LEADER = "leader", "网格长"
    WORKER = "worker", "网格员"
    FORCE = "force", "共治力量"


class DutyRole(Term):
    """As what somebody is on duty."""

    LEAD = "lead", "带班领导"
    OFFICER = "officer", "值班员"


class DutyDays(Term):
    """On which days of the district's calendar a turn is kept."""

    EVERY = "every", "每天"
    WORKING = "working", "工作日"
    OFF = "off", "休息日和节假日"


class SwapState(Term):
    """What became of asking somebody else to take a shift."""

    ASKED = "asked", "等对方答复"
    TAKEN = "taken", "已换班"
    REFUSED = "refused", "没有同意"
    WITHDRAWN = "withdrawn", "已撤回"
