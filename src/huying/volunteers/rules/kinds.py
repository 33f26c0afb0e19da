"""The closed lists of this domain. Skills are not among them: they are data."""

from typing import Final

from huying.kernel.terms import Term


class VolunteerKind(Term):
    """As what somebody registered at a community."""

    RESIDENT = "resident", "居民志愿者"
    MEMBER = "member", "报到党员"


class Phase(Term):
    """How a muster stands; it follows from its rows and the moment."""

    GATHERING = "gathering", "召集中"
    FULL = "full", "人已满"
    RUNNING = "running", "进行中"
    OVER = "over", "待核时长"
    CLOSED = "closed", "已核时长"
    CANCELLED = "cancelled", "已取消"


class Standing(Term):
    """How one person stands in a muster."""

    HELD = "held", "已认领"
    WAITING = "waiting", "候补"
    LEFT = "left", "不去了"
    PRESENT = "present", "已签到"
    DONE = "done", "已签退"
    ABSENT = "absent", "没有到"


class CheckWay(Term):
    """How somebody was checked in or out."""

    PLACE = "place", "到地点签到"
    LEADER = "leader", "带队人登记"


class UnitKind(Term):
    """What sort of unit takes part in the joint meeting."""

    OFFICE = "office", "机关事业单位"
    COMPANY = "company", "企业"
    SCHOOL = "school", "学校"
    CLINIC = "clinic", "医院"
    PROPERTY = "property", "物业公司"
    OWNERS = "owners", "业主委员会"
    SOCIETY = "society", "社会组织"
    SHOP = "shop", "商户"


class Sheet(Term):
    """Which list an entry stands on; the third list is that of projects."""

    RESOURCE = "resource", "资源"
    NEED = "need", "需求"


class Matter(Term):
    """What a resource or a need is about: by it one is matched to the other."""

    PLACE = "place", "场地"
    GOODS = "goods", "物资设备"
    MONEY = "money", "资金"
    PEOPLE = "people", "人手"
    HEALTH = "health", "健康义诊"
    TEACHING = "teaching", "教育培训"
    LAW = "law", "法律服务"
    CARE = "care", "关爱帮扶"
    CULTURE = "culture", "文体活动"
    REPAIR = "repair", "维修改造"
    ORDER = "order", "停车秩序"
    OTHER = "other", "其他事项"


class ProjectState(Term):
    """How a project stands; it follows from its rows and the day."""

    RUNNING = "running", "推进中"
    LATE = "late", "超过承诺日"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已终止"


#: Who takes up a place of the quota.
PLACED: Final = (Standing.HELD, Standing.PRESENT, Standing.DONE)
