"""Every refusal the platform gives, as one tree.

HuyingError
├── Invalid            400  what was given cannot be used
│   ├── MissingFact    400  a step was asked without something it needs
│   └── OutsideDistrict 400 the place lies outside the district
├── Denied             403  the actor may not do this
├── NotFound           404  it does not exist, or must not be seen by this actor
├── Conflict           409  the state of things does not allow it
│   ├── IllegalStep    409  the lifecycle has no such step from here
│   └── StaleVersion   409  somebody acted first
└── Unavailable        503  something outside does not answer

The docstring of each class is its default message, in Chinese; ``web`` and ``api`` turn it into HTTP.
"""

from collections.abc import Mapping
from typing import ClassVar


class HuyingError(Exception):
    """系统没有完成这次操作。"""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str | None = None, *, fields: Mapping[str, str] | None = None) -> None:
        """``message`` replaces the class's own text; ``fields`` says what is wrong with which input."""
        self.message = message or (type(self).__doc__ or "").strip()
        self.fields = dict(fields or {})
        super().__init__(self.message)


class Invalid(HuyingError):
    """填写的内容有误，请更正后再提交。"""

    code = "invalid"
    status = 400


class MissingFact(Invalid):
    """还缺必填内容。"""

    code = "missing_fact"


class OutsideDistrict(Invalid):
    """这个位置不在本区范围内。"""

    code = "outside_district"


class Denied(HuyingError):
    """您的岗位没有这项权限。"""

    code = "denied"
    status = 403


class NotFound(HuyingError):
    """没有找到，或您无权查看。"""

    code = "not_found"
    status = 404


class Conflict(HuyingError):
    """现在的状态下不能这样做。"""

    code = "conflict"
    status = 409


class IllegalStep(Conflict):
    """案件现在的状态下没有这一步。"""

    code = "illegal_step"


class StaleVersion(Conflict):
    """您打开之后，这件案件已有他人办理，请看清最新情况再操作。"""

    code = "stale_version"


class Unavailable(HuyingError):
    """外部服务暂时没有回应，请稍后再试。"""

    code = "unavailable"
    status = 503
