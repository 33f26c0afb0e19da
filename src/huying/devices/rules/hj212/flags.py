"""Data flags (数据标记; HJ 212-2017 6.6, HJ/T 212-2005): what a device says of its own value, and its worth."""

from huying.kernel.terms import Term


class DataFlag(Term):
    """The flag of one value. P is told by the elder standard alone, S and B by the newer one too."""

    NORMAL = "N", "正常"
    STOPPED = "F", "停运"
    MAINTENANCE = "M", "维护期间"
    SET = "S", "手工设定值"
    FAULT = "D", "仪器故障"
    CALIBRATION = "C", "校准"
    OVER_RANGE = "T", "超过测量上限"
    NO_COMMUNICATION = "B", "通讯异常"
    POWER = "P", "电源故障"


class Trust(Term):
    """How far a value may be relied on."""

    GOOD = "good", "可用"
    LOWER_BOUND = "lower_bound", "至少是这个数"
    DOUBTFUL = "doubtful", "存疑"
    NONE = "none", "不可用"


_WORTH = {
    DataFlag.NORMAL: Trust.GOOD,
    # True in one direction: the water is at least as bad as the instrument can tell.
    DataFlag.OVER_RANGE: Trust.LOWER_BOUND,
}


def flag_of(text: str) -> DataFlag | None:
    """The flag as written, in either case; None for one that the standards do not know."""
    try:
        return DataFlag(text.strip().upper())
    except ValueError:
        return None


def worth(text: str | None) -> Trust:
    """How far a value with this flag may be relied on. Without a flag it is taken as normal, as the elder standard does;
    an unknown flag makes it doubtful."""
    if text is None:
        return Trust.GOOD
    flag = flag_of(text)
    return Trust.DOUBTFUL if flag is None else _WORTH.get(flag, Trust.NONE)
