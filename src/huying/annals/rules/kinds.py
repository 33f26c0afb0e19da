"""The closed lists of this domain."""

from collections.abc import Mapping
from typing import Final

from huying.access.permissions import Permission as P
from huying.kernel.terms import Term


class Subject(Term):
    """What of the setting up was changed."""

    ACCOUNT = "account", "账号"
    POST = "post", "岗位"
    FACTOR = "factor", "动态码"
    KEY = "key", "接口密钥"
    BODY = "body", "单位"
    BEARING = "bearing", "单位职责"
    AREA = "area", "区划变更"
    CATALOGUE = "catalogue", "职责清单"
    LIMIT = "limit", "中心时限"
    LADDER = "ladder", "预警阶梯"
    HOURS = "hours", "上下班时间"
    DAY = "day", "放假和上班日"
    DISPATCH = "dispatch", "自动分拨"
    FOLLOW_UP = "follow_up", "回访规则"
    FORMULA = "formula", "统计公式"
    TEXT = "text", "通知和模板"
    PRECEDENT = "precedent", "先例"
    SITUATION = "situation", "呼叫启动情形"
    QUESTION = "question", "填报问题"
    OUTSIDE = "outside", "对外接口"
    REPORT = "report", "报告和体检"
    EMERGENCY = "emergency", "应急预案"
    WARNING = "warning", "预警"
    CAMPAIGN = "campaign", "专项治理"
    RISK = "risk", "风险提示"
    HOT_ISSUE = "hot_issue", "热点问题"
    PROJECT = "project", "治理项目"
    WEBHOOK = "webhook", "订阅推送"
    CHAT = "chat", "对话渠道"
    OPEN_DATA = "open_data", "开放数据"
    EXCHANGE = "exchange", "系统对接"
    DEVICE = "device", "设备"
    WATCH = "watch", "设备规则"
    VIDEO = "video", "视频报警"
    FACILITY = "facility", "服务设施"
    SERVICE = "service", "服务项目"
    RESIDENT = "resident", "重点人群类别"
    VISIT = "visit", "走访标准"
    PATROL = "patrol", "巡查"


class Deed(Term):
    """What was done to it."""

    CREATE = "create", "新建"
    CHANGE = "change", "修改"
    END = "end", "结束"
    STOP = "stop", "停用"
    START = "start", "启用"
    RESET = "reset", "重置"
    UNLOCK = "unlock", "解锁"
    SIGN_OUT = "sign_out", "退出登录"
    LIVE = "live", "生效"
    WAIT = "wait", "定时生效"
    CALL_OFF = "call_off", "撤回"
    DELETE = "delete", "删除"


# Beside a setting its changes are read by whoever may set it; everything is read by who audits.
READERS: Final[Mapping[Subject, P]] = {
    Subject.ACCOUNT: P.ACCOUNT_EDIT,
    Subject.POST: P.ACCOUNT_EDIT,
    Subject.FACTOR: P.ACCOUNT_EDIT,
    Subject.KEY: P.KEY_EDIT,
    Subject.BODY: P.BODY_EDIT,
    Subject.BEARING: P.BODY_EDIT,
    Subject.AREA: P.AREA_EDIT,
    Subject.CATALOGUE: P.CATALOGUE_READ,
    Subject.LIMIT: P.CATALOGUE_EDIT,
    Subject.LADDER: P.CATALOGUE_EDIT,
    Subject.HOURS: P.CATALOGUE_EDIT,
    Subject.DAY: P.CATALOGUE_EDIT,
    Subject.DISPATCH: P.CATALOGUE_EDIT,
    Subject.FOLLOW_UP: P.CATALOGUE_EDIT,
    Subject.FORMULA: P.FIGURE_READ,
    Subject.TEXT: P.TEXT_EDIT,
    Subject.PRECEDENT: P.CATALOGUE_READ,
    Subject.SITUATION: P.CATALOGUE_READ,
    Subject.QUESTION: P.CATALOGUE_READ,
    Subject.OUTSIDE: P.KEY_EDIT,
    Subject.REPORT: P.CATALOGUE_EDIT,
    Subject.EMERGENCY: P.EMERGENCY_SET,
    Subject.WARNING: P.INSIGHT_READ,
    Subject.CAMPAIGN: P.INSIGHT_READ,
    Subject.RISK: P.CATALOGUE_EDIT,
    Subject.HOT_ISSUE: P.INSIGHT_READ,
    Subject.PROJECT: P.INSIGHT_READ,
    Subject.WEBHOOK: P.WEBHOOK_EDIT,
    Subject.CHAT: P.KEY_EDIT,
    Subject.OPEN_DATA: P.OPENDATA_EDIT,
    Subject.EXCHANGE: P.EXCHANGE_READ,
    Subject.DEVICE: P.DEVICE_EDIT,
    Subject.WATCH: P.DEVICE_READ,
    Subject.VIDEO: P.VIDEO_READ,
    Subject.FACILITY: P.SERVICE_READ,
    Subject.SERVICE: P.SERVICE_RUN,
    Subject.RESIDENT: P.RESIDENT_SET,
    Subject.VISIT: P.VISIT_SET,
    Subject.PATROL: P.PATROL_READ,
}
