"""Which clocks there are (R401), and whether a clock belongs to the case or to one body's order."""

from huying.kernel.terms import Term


class ClockKind(Term):
    """What must have happened when the clock is due."""

    ACCEPT = "accept", "受理"
    DISPATCH = "dispatch", "派单"
    SIGN = "sign", "签收"
    CONTACT = "contact", "首次联系"
    HANDLE = "handle", "处置"
    CHECK = "check", "核查"
    FOLLOW_UP = "follow_up", "回访"
    RULING = "ruling", "裁定"
    SUPERVISION = "supervision", "督办回复"
    SUSPENSION = "suspension", "挂账到期"
    CALL = "call", "呼叫应答"
    PROMISE = "promise", "承诺兑现"

    @property
    def of_order(self) -> bool:
        """True where every order has its own such clock."""
        return self in {ClockKind.SIGN, ClockKind.CONTACT, ClockKind.HANDLE, ClockKind.CALL}

    @property
    def to_a_date(self) -> bool:
        """True where the clock runs to a date that somebody named, not for a limit; nobody's next duty by itself."""
        return self in {ClockKind.SUSPENSION, ClockKind.PROMISE}
