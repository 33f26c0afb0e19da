"""开放数据 and how the district is known outside: what is published for everybody, and by which names it is found."""

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.opendata.actions import set_rule
from huying.opendata.queries import LICENCE, LICENCE_URL, MonthInfo, RuleInfo, published_months, rule_of
from huying.opendata.rules.ladder import DEFAULT_K, LEAST_K
from huying.places.actions.jurisdictions import put_jurisdiction
from huying.places.queries.jurisdictions import outside

router = Router(tags=["对外公开"])
_LICENCES: Final[dict[str, Any]] = {
    "licence": (str, Field(description="许可", examples=[LICENCE])),
    "licence_url": (str, Field(description="许可的网址", examples=[LICENCE_URL])),
}
OpenRule = told(RuleInfo, "OpenDataRule", **_LICENCES)
Month = told(MonthInfo, "OpenDataMonth", **_LICENCES)


class OpenRuleWanted(Body):
    """Whether a district publishes, and how."""

    on: bool = Field(description="公布")
    k: int = Field(
        DEFAULT_K, ge=LEAST_K, le=1000, description="每行至少几件相同的案件；越大越认不出人，也越粗"
    )
    licence: str = Field(LICENCE, min_length=1, max_length=200, description="许可", examples=[LICENCE])
    licence_url: str = Field(LICENCE_URL, max_length=300, description="https", examples=[LICENCE_URL])


class KnownOutside(Schema):
    """How outside software names the district, and whom it may ask."""

    district: int = Field(description="区划代码，总是可用作 jurisdiction_id", examples=[440310])
    names: list[str] = Field(description="域名，也可用作 jurisdiction_id", examples=[["pingshan.gov.cn"]])
    contact: str = Field(description="接口出了问题找谁", examples=["区政数局 0755-00000000"])
    key_service: str = Field(description="怎样申请密钥", examples=["向区政数局申请"])
    changed_at: datetime | None = Field(description="null：没有写过")


class OutsideWanted(Body):
    """What discovery says of the district."""

    names: list[Annotated[str, Field(max_length=100)]] = Field(
        [], max_length=10, description="域名", examples=[["pingshan.gov.cn"]]
    )
    contact: str = Field("", max_length=300, examples=["区政数局 0755-00000000"])
    key_service: str = Field("", max_length=300, examples=["向区政数局申请"])


@router.get("/open-data", response=OpenRule, summary="开放数据的设置")
def rule(request: AskedRequest) -> RuleInfo:
    """Whether closed cases are published as monthly files, and how coarse."""
    must(request.actor, Permission.OPENDATA_EDIT)
    return rule_of(request.actor.district)


@router.put("/open-data", response=OpenRule, summary="改开放数据的设置")
def ruled(request: AskedRequest, given: OpenRuleWanted) -> RuleInfo:
    """Let this hold from the next month published; what was published stays as it is."""
    must(request.actor, Permission.OPENDATA_EDIT)
    set_rule(request.actor, RuleInfo(given.on, given.k, given.licence, given.licence_url), request.now)
    return rule_of(request.actor.district)


@router.get("/open-data/months", response=page_of("months", Month), summary="公布了的月份")
def months(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every published month with its files and what changed of it since; the latest first."""
    must(request.actor, Permission.OPENDATA_EDIT)
    rows, after = cut(published_months(request.actor.district), turn, lambda row: row.month)
    return {"months": rows, "after": after}


@router.get("/outside", response=KnownOutside, summary="对外接口的名称和联系方式")
def named(request: AskedRequest) -> dict[str, Any]:
    """By which names Open311 clients find the district, and whom they are told to ask."""
    must(request.actor, Permission.KEY_EDIT)
    return _named(request)


@router.put("/outside", response=KnownOutside, summary="改对外接口的名称和联系方式")
def renamed(request: AskedRequest, given: OutsideWanted) -> dict[str, Any]:
    """Let the district be known so from now on; 409 for a name of another district."""
    must(request.actor, Permission.KEY_EDIT)
    put_jurisdiction(request.actor, given.names, given.contact, given.key_service, request.now)
    return _named(request)


def _named(request: AskedRequest) -> dict[str, Any]:
    district = request.actor.district
    held = outside(district)
    return {
        "district": district,
        "names": held.names if held else [],
        "contact": held.contact if held else "",
        "key_service": held.key_service if held else "",
        "changed_at": held.changed_at if held else None,
    }
