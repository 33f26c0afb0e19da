"""The closed lists of this domain."""

from huying.kernel.terms import Term


class Vendor(Term):
    """Whose chat an account is held with."""

    WECHAT = "wechat", "微信公众号"
    MINI = "mini", "微信小程序"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"
    SMS = "sms", "短信"
    CONSOLE = "console", "终端"


class Asking(Term):
    """For what somebody waits for a person."""

    PERSON = "person", "请人工答复"
    DANGER = "danger", "说到有危险"


class Medium(Term):
    """What a message holds."""

    TEXT = "text", "文字"
    PICTURE = "picture", "图片"
    PLACE = "place", "位置"
    VOICE = "voice", "语音"
    ENTER = "enter", "进入对话"
    LEAVE = "leave", "取消关注"
    OTHER = "other", "其他"


class Side(Term):
    """Who says a message."""

    THEIRS = "theirs", "对方"
    OURS = "ours", "我们"


class Standing(Term):
    """How a message stands: one of theirs is thought about, one of ours is sent."""

    WAITING = "waiting", "等待处理"
    DONE = "done", "已处理"
    SENT = "sent", "已发出"
    DROPPED = "dropped", "不再发送"
    FAILED = "failed", "处理失败"
