"""The closed lists of this domain."""

from huying.kernel.terms import Term


class HomeUse(Term):
    """How a flat is used."""

    OWN = "own", "自住"
    LET = "let", "出租"
    EMPTY = "empty", "空置"
    SHOP = "shop", "商用"


class HouseholdKind(Term):
    """What sort of household lives in a flat."""

    FAMILY = "family", "家庭户"
    SHARED = "shared", "合租户"
    GROUP = "group", "集体户"


class Relation(Term):
    """What somebody is to the head of their household."""

    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    GRANDCHILD = "grandchild", "孙辈"
    KIN = "kin", "其他亲属"
    TENANT = "tenant", "租客"
    CARER = "carer", "护理人员"
    OTHER = "other", "其他"


class Sex(Term):
    """As the identity card says."""

    FEMALE = "female", "女"
    MALE = "male", "男"


class CareLevel(Term):
    """How often somebody has to be looked in on; the highest of a person's kinds holds."""

    HIGH = "high", "高风险"
    KEY = "key", "重点"
    GENERAL = "general", "一般"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(CareLevel).index(self)


class Purpose(Term):
    """For what a person's data are kept (个人信息保护法 6)."""

    REGISTER = "register", "人口房屋登记"
    CARE = "care", "关爱走访"
    GUARD = "guard", "安全守护"
    SERVICE = "service", "帮办服务"


class LegalBasis(Term):
    """On what they are kept (个人信息保护法 13)."""

    CONSENT = "consent", "取得本人同意"
    DUTY = "duty", "履行法定职责"
    EMERGENCY = "emergency", "应对紧急情况"


class ConsentForm(Term):
    """How somebody consented."""

    WRITTEN = "written", "书面同意"
    GUARDIAN = "guardian", "监护人书面同意"
    ORAL = "oral", "当面口头同意"


class Leaving(Term):
    """Why somebody is no longer in the register."""

    MOVED = "moved", "已搬走"
    DIED = "died", "已去世"
    MISTAKE = "mistake", "登记错误"
