"""The small vocabularies of the list: kinds of appeal, states of an edition, types, levels, evidence."""

from huying.kernel.terms import Term


class AppealKind(Term):
    """What the caller wants (诉求类型). The first five are the legal set, the others daily need."""

    INQUIRY = "inquiry", "咨询"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    SUGGESTION = "suggestion", "建议"
    THANKS = "thanks", "感谢"
    OTHER = "other", "其他"


class EditionState(Term):
    """Where an edition of the list stands. Only a draft may be edited; exactly one is live per district."""

    DRAFT = "draft", "草稿"
    SCHEDULED = "scheduled", "待生效"
    LIVE = "live", "生效"
    RETIRED = "retired", "停用"


class ItemType(Term):
    """What an item is about. Parts and events are the two classes of the city management standards."""

    PART = "part", "部件"
    EVENT = "event", "事件"
    SERVICE = "service", "民生服务"


class Level(Term):
    """Where a matter is judged first (首判), lowest to highest."""

    GRID = "grid", "网格"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    DISTRICT = "district", "区级"


class Evidence(Term):
    """What the handler must hand in before the matter may be closed."""

    BEFORE = "before", "处置前照片"
    AFTER = "after", "处置后照片"
    REPLY = "reply", "书面答复"
    CALL = "call", "联系诉求人记录"
    INSPECT = "inspect", "现场检查记录"
    ENFORCE = "enforce", "执法文书"
    TEST = "test", "检测报告"
    MEDIATE = "mediate", "调解记录"
    PAYMENT = "payment", "支付凭证"
    VISIT = "visit", "走访记录"
    MINUTES = "minutes", "会议纪要"
    RECEIPT = "receipt", "办理回执"
    REPAIR = "repair", "抢修记录"
