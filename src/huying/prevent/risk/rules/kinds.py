"""What kinds of danger words may speak of, and how urgent a call is."""

from huying.kernel.terms import Term


class RiskKind(Term):
    """What the danger is; the value stands in the database."""

    LIFE = "life", "危及生命"
    FIRE = "fire", "火、燃气、触电"
    SELF_HARM = "self_harm", "轻生"
    THREAT = "threat", "扬言、暴力"
    MINORS = "minors", "未成年人受害"
    GROUP = "group", "群体聚集"
    WAGES = "wages", "欠薪"


class Urgency(Term):
    """How soon somebody has to act on what was said."""

    NORMAL = "normal", "一般"
    URGENT = "urgent", "紧急"
    IMMEDIATE = "immediate", "特急"


class Width(Term):
    """How readily words are taken for danger; the district chooses."""

    PRECISE = "precise", "宁缺毋滥"
    WIDE = "wide", "宁滥毋缺"


class Verdict(Term):
    """What a person said of a signal."""

    RIGHT = "right", "确有其事"
    WRONG = "wrong", "不是"


AT_ONCE = frozenset({RiskKind.LIFE, RiskKind.FIRE, RiskKind.SELF_HARM, RiskKind.THREAT})
