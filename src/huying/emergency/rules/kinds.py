"""The closed lists of this domain. Kinds of emergencies and skills are not among them: they are data."""

from huying.kernel.terms import Term


class ResponderKind(Term):
    """What sort of responder is registered."""

    VOLUNTEER = "volunteer", "志愿者"
    STATION = "station", "微型消防站"
    CREW = "crew", "抢险队伍"
    OFFICER = "officer", "值班人员"


class Source(Term):
    """By which button or device the card was opened."""

    CASE = "case", "案件页"
    SEAT = "seat", "坐席台"
    PATROL = "patrol", "网格员手机"
    COMMAND = "command", "指挥大屏"
    DEVICE = "device", "设备报警"
    OTHER = "other", "应急页"


class Answer(Term):
    """What an alerted responder said. Nothing yet: the empty string."""

    ACCEPTED = "accepted", "能去"
    DECLINED = "declined", "去不了"
    NOT_NEEDED = "not_needed", "人已够"
    LEFT = "left", "中途退出"


class MarkKind(Term):
    """One line of the card's timeline."""

    OPENED = "opened", "报警"
    AGAIN = "again", "再次报警"
    RING = "ring", "发出告警"
    NOBODY = "nobody", "附近无人"
    ACCEPTED = "accepted", "能去"
    DECLINED = "declined", "去不了"
    NOT_NEEDED = "not_needed", "人已够"
    LEFT = "left", "中途退出"
    ENOUGH = "enough", "人数已够"
    ARRIVED = "arrived", "已到场"
    POSITION = "position", "报告位置"
    HANDED = "handed", "转值班员"
    TAKEN = "taken", "已接手"
    OUTSIDE = "outside", "移交"
    NOTE = "note", "情况"
    PHOTO = "photo", "照片"
    VOICE = "voice", "语音"
    OVER = "over", "解除"
    REVIEWED = "reviewed", "复盘"
