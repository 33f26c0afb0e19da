"""What a frame is about: systems (ST), commands (CN), and the results that replies tell (HJ 212-2017, 6.6)."""

from typing import Final

from huying.kernel.terms import Term

#: Real codes of systems; any other is taken too, for the standard lets them be extended.
SURFACE_WATER, WASTE_WATER, INTERACTION = "21", "32", "91"


class Interval(Term):
    """What span of time an uploaded value stands for; the value is the command (CN) that brings it."""

    REAL_TIME = "2011", "实时数据"
    MINUTE = "2051", "分钟数据"
    HOUR = "2061", "小时数据"
    DAY = "2031", "日数据"


class Reply(Term):
    """Commands that answer another one and are themselves never answered."""

    REQUEST = "9011", "请求应答"
    RESULT = "9012", "执行结果"
    NOTICE = "9013", "通知应答"
    DATA = "9014", "数据应答"


#: 现场机时间校准请求: the device tells us something and wants to know that we heard it.
NOTICES: Final = frozenset({"1013"})


class RequestResult(Term):
    """QnRtn: whether a request is taken."""

    READY = "1", "准备执行请求"
    REFUSED = "2", "请求被拒绝"
    PASSWORD = "3", "PW 错误"
    DEVICE = "4", "MN 错误"
    SYSTEM = "5", "ST 错误"
    FLAG = "6", "Flag 错误"
    NUMBER = "7", "QN 错误"
    COMMAND = "8", "CN 错误"
    CHECKSUM = "9", "CRC 校验错误"
    UNKNOWN = "100", "未知错误"


class Execution(Term):
    """ExeRtn: what came of a request."""

    DONE = "1", "执行成功"
    FAILED = "2", "执行失败，但不知道原因"
    CONDITION = "3", "命令请求条件错误"
    TIMED_OUT = "4", "通讯超时"
    BUSY = "5", "系统繁忙不能执行"
    FAULT = "6", "系统故障"
    NO_DATA = "100", "没有数据"
