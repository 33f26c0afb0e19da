"""职责清单: its editions, drafts, items and conditions; put in force, called off, rolled back."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.catalogue.actions import (
    call_off,
    discard_draft,
    go_live,
    load_starter,
    new_draft,
    put_item,
    remove_item,
    roll_back,
)
from huying.catalogue.queries import EditionInfo, compare_for, content_for, edition_for, editions_for
from huying.catalogue.rules import ConditionLine, ItemLine
from huying.catalogue.rules.comparing import Change as ChangeLine
from huying.catalogue.rules.kinds import Evidence, ItemType, Level
from huying.kernel.errors import Invalid, NotFound
from huying.worktime import Limit, Unit

router = Router(tags=["职责清单"])
Edition, Item, Change = told(EditionInfo, "Edition"), told(ItemLine, "ItemWhole"), told(ChangeLine)


class Given(Body):
    """How long, in one unit."""

    amount: float = Field(gt=0, le=9999, examples=[15])
    unit: Annotated[Unit, listed_as(Unit)] = Field(description="单位")


class GivenCondition(Body):
    """立案条件: who leads, how long, when it is done."""

    number: int = Field(ge=1, le=999)
    text: str = Field(min_length=1, max_length=500, examples=["生活垃圾堆放超过 24 小时"])
    cues: list[str] = Field([], max_length=50, examples=[["堆积", "没人收"]])
    lead: str = Field("", max_length=40, description="主办职责", examples=["urban_management"])
    assisting: list[str] = Field([], max_length=20, examples=[["street"]])
    sign: Given | None = None
    contact: Given | None = None
    handle: Given | None = None
    closing_standard: str = Field("", max_length=1000, examples=["垃圾清运干净，地面无残留"])
    evidence: list[Annotated[Evidence, listed_as(Evidence)]] = Field([], max_length=10)
    level: Annotated[Level, listed_as(Level)] = Field(Level.DISTRICT, description="层级")
    danger: int = Field(0, ge=0, le=3)
    visibility: int = Field(0, ge=0, le=3)
    disorder: int = Field(0, ge=0, le=3)


class GivenItem(Body):
    """An item with its conditions, whole."""

    class_name: str = Field(min_length=1, max_length=40, examples=["市容环卫"])
    group_name: str = Field(min_length=1, max_length=40, examples=["环境卫生"])
    name: str = Field(min_length=1, max_length=60, examples=["垃圾未及时清运"])
    type: Annotated[ItemType, listed_as(ItemType)] = Field(description="类型")
    duty: str = Field(max_length=40, examples=["urban_management"])
    keywords: list[str] = Field([], max_length=100, examples=[["垃圾", "清运"]])
    standard: str = Field("", max_length=60, examples=[""])
    standard_code: str = Field("", max_length=20, examples=[""])
    conditions: list[GivenCondition] = Field(min_length=1, max_length=50)


class EditionNamed(Body):
    """A draft's name."""

    name: str = Field(min_length=1, max_length=60, examples=["2026 年下半年清单"])
    note: str = Field("", max_length=500, examples=["新增电动自行车充电"])


class Live(Body):
    """From when it holds; now where nothing is said."""

    valid_from: datetime | None = Field(None, description="须带时区", examples=["2026-07-01T00:00:00+08:00"])


class Difference(Schema):
    """What changed from one edition to another."""

    added: list[Item]  # type: ignore[valid-type]
    removed: list[Item]  # type: ignore[valid-type]
    changed: list[Change]  # type: ignore[valid-type]


@router.get("/editions", response=page_of("editions", Edition), summary="清单各版")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The newest first."""
    must(request.actor, Permission.CATALOGUE_READ)
    rows, after = cut(editions_for(request.actor), turn, lambda row: row.number)
    return {"editions": rows, "after": after}


@router.post("/editions/starter", response={201: Edition}, summary="装入起步清单")
def started(request: AskedRequest) -> Status[EditionInfo]:
    """For a district without any edition: the platform's list, live at once."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return Status(201, _by_id(request, load_starter(request.actor, request.actor.district, request.now)))


@router.get("/editions/{number}", response=Edition, summary="一版清单")
def one(request: AskedRequest, number: int) -> EditionInfo:
    """One edition by its number; its ETag changes with every edit of a draft."""
    must(request.actor, Permission.CATALOGUE_READ)
    return edition_known(request, number)


@router.get("/editions/{number}/items", response=page_of("items", Item), summary="一版清单的事项")
def items(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Everything one edition says, drafts too."""
    must(request.actor, Permission.CATALOGUE_READ)
    edition_known(request, number)
    rows, after = cut(content_for(request.actor, number).items, turn, lambda row: row.code)
    return {"items": rows, "after": after}


@router.get("/editions/{number}/items/{code}", response=Item, summary="清单里的一个事项")
def item(request: AskedRequest, number: int, code: str) -> ItemLine:
    """One item with its conditions."""
    must(request.actor, Permission.CATALOGUE_READ)
    return _item(request, number, code)


@router.get("/editions/{number}/changes/{since}", response=Difference, summary="两版清单的差别")
def compared(request: AskedRequest, number: int, since: int) -> Any:
    """What changed from the edition ``since`` to this one."""
    must(request.actor, Permission.CATALOGUE_READ)
    edition_known(request, number)
    edition_known(request, since)
    return compare_for(request.actor, since, number)


@router.post("/editions/{number}/drafts", response={201: Edition}, summary="从这一版起草")
def drafted(request: AskedRequest, number: int, given: EditionNamed) -> Status[EditionInfo]:
    """A draft that says what this edition says."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    made = new_draft(request.actor, edition_known(request, number).id, given.name, request.now, given.note)
    return Status(201, _by_id(request, made))


@router.put("/editions/{number}/items/{code}", response=Item, summary="写事项")
def put(request: AskedRequest, number: int, code: str, given: GivenItem) -> ItemLine:
    """Let the item of a draft say exactly this; one that is new is added."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    line = ItemLine(
        code, given.class_name, given.group_name, given.name, given.type, given.duty, tuple(given.keywords),
        given.standard, given.standard_code, tuple(_condition(one) for one in given.conditions),
    )  # fmt: skip
    put_item(request.actor, edition_known(request, number).id, line, request.now)
    return _item(request, number, code)


@router.delete("/editions/{number}/items/{code}", response=Edition, summary="删事项")
def removed(request: AskedRequest, number: int, code: str) -> EditionInfo:
    """Take an item out of a draft."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    remove_item(request.actor, edition_known(request, number).id, code, request.now)
    return edition_known(request, number)


@router.post("/editions/{number}/publish", response=Edition, summary="清单生效")
def published(request: AskedRequest, number: int, given: Live) -> EditionInfo:
    """Put a draft in force, now or later."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    if given.valid_from is not None and given.valid_from.utcoffset() is None:
        raise Invalid(fields={"valid_from": "时间须注明时区。"})
    go_live(request.actor, edition_known(request, number).id, request.now, given.valid_from)
    return edition_known(request, number)


@router.post("/editions/{number}/call-off", response=Edition, summary="撤回待生效")
def called_off(request: AskedRequest, number: int) -> EditionInfo:
    """Make a waiting edition a draft again."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    call_off(request.actor, edition_known(request, number).id, request.now)
    return edition_known(request, number)


@router.post("/editions/{number}/roll-back", response={201: Edition}, summary="恢复旧版")
def rolled_back(request: AskedRequest, number: int) -> Status[EditionInfo]:
    """A new edition equal to this former one, live at once."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return Status(
        201, _by_id(request, roll_back(request.actor, edition_known(request, number).id, request.now))
    )


@router.delete("/editions/{number}", response={204: None}, summary="删草稿")
def discarded(request: AskedRequest, number: int) -> Status[None]:
    """Throw a draft away."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    discard_draft(request.actor, edition_known(request, number).id, request.now)
    return Status(204, None)


def edition_known(request: AskedRequest, number: int) -> EditionInfo:
    """The edition of this number. Raises NotFound."""
    if not 0 < number < 2**31:
        raise NotFound
    return edition_for(request.actor, number)


def _by_id(request: AskedRequest, edition_id: int) -> EditionInfo:
    return next(one for one in editions_for(request.actor) if one.id == known(edition_id))


def _item(request: AskedRequest, number: int, code: str) -> ItemLine:
    edition_known(request, number)
    for line in content_for(request.actor, number).items:
        if line.code == code:
            return line
    raise NotFound


def _limit(given: Given | None) -> Limit | None:
    return None if given is None else Limit(Decimal(str(given.amount)), given.unit)


def _condition(one: GivenCondition) -> ConditionLine:
    return ConditionLine(
        one.number, one.text, tuple(one.cues), one.lead, tuple(one.assisting), _limit(one.sign), _limit(one.contact),
        _limit(one.handle), one.closing_standard, tuple(one.evidence), one.level, one.danger, one.visibility,
        one.disorder,
    )  # fmt: skip
