"""By which way an appeal comes in."""

from huying.kernel.terms import Term


class Channel(Term):
    """The door through which a caller's words came."""

    WEB = "web", "居民网页"
    HOTLINE = "hotline", "热线"
    GRID = "grid", "网格巡查"
    API = "api", "接口"
    IMPORT = "import", "批量导入"
    OPEN311 = "open311", "Open311"
    DEVICE = "device", "物联设备"
    MEETING = "meeting", "会议收集"
    CHAT = "chat", "对话"
