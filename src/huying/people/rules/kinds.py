"""The closed lists of this domain."""

from huying.kernel.terms import Term


class BodyKind(Term):
    """What sort of unit carries duties. It orders lists and picks words; it never decides a duty."""

    CENTRE = "centre", "区中心"
    DEPARTMENT = "department", "部门"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    UTILITY = "utility", "国企公用"
    PROPERTY = "property", "物业企业"
    OTHER = "other", "其他单位"


class ViewingKind(Term):
    """How somebody came to see a person's data; each is kept in the audit."""

    VIEW = "view", "查看"
    UNMASK = "unmask", "查看完整信息"
    SEARCH = "search", "按号码查找"
    EXPORT = "export", "导出"
    ERASE = "erase", "依法删除"


class Outcome(Term):
    """How one attempt to sign in ended."""

    OK = "ok", "登录成功"
    WRONG_PASSWORD = "wrong_password", "密码错误"
    WRONG_CODE = "wrong_code", "动态码错误"
    LOCKED = "locked", "已锁定"
    INACTIVE = "inactive", "账号停用"
    UNLOCKED = "unlocked", "管理员解锁"
