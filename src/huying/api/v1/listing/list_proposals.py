"""按先例修订: what rulings in force propose for the list's next edition, and putting it into a draft."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.setup.editions import edition_known
from huying.api.v1.shapes import Problem
from huying.catalogue.actions import put_items
from huying.catalogue.queries import content_for
from huying.catalogue.rules.lines import led_by
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.loop.allocate.queries.proposed import Proposed, proposed_for
from huying.people.queries import unit_names

router = Router(tags=["职责清单"])


class ListProposal(Schema):
    """One change that rulings propose: another duty leads in a condition, or in the whole item."""

    item: str = Field(examples=["0205"])
    item_name: str = Field(examples=["垃圾未及时清运"])
    condition: int | None = Field(description="哪个立案条件；null 为整个事项")
    condition_text: str = Field(examples=["生活垃圾堆放超过 24 小时"])
    lead: str = Field(description="现在的主办职责", examples=["urban_management"])
    body: int = Field(description="裁定给了哪个单位")
    body_name: str = Field(examples=["水务局"])
    duties: list[str] = Field(
        description="可写进清单的职责；空为这个单位在那里没有职责", examples=[["water"]]
    )
    for_it: list[int] = Field(description="支持的先例编号")
    against: list[int] = Field(description="相反的先例编号")


class Adopted(Body):
    """One proposal, and the duty that is to lead."""

    item: str = Field(min_length=1, max_length=32, examples=["0205"])
    condition: int | None = Field(None, ge=1, le=999)
    duty: str = Field(min_length=1, max_length=40, description="提案给出的职责之一", examples=["water"])


class Adoption(Body):
    """Proposals to be written into a draft."""

    proposals: list[Adopted] = Field(min_length=1, max_length=200)


class AdoptedCount(Schema):
    """How many were written."""

    count: int


@router.get("/list-proposals", response=page_of("proposals", ListProposal), summary="先例提出的清单修订")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What the rulings in force want of the list, the best supported first."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    names = unit_names(request.actor.district)
    found = [_told(one, names) for one in proposed_for(request.actor, request.now)]
    rows, after = cut(found, turn, lambda row: f"{row['item']}:{row['condition']}:{row['body']}")
    return {"proposals": rows, "after": after}


@router.post(
    "/editions/{number}/adopt", response={200: AdoptedCount, 409: Problem}, summary="把修订写进清单草稿"
)
def adopted(request: AskedRequest, number: int, given: Adoption) -> dict[str, int]:
    """All of these proposals or none; what is in force is not touched."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    edition = edition_known(request, number)
    held = {(one.item.code, one.proposal.condition): one for one in proposed_for(request.actor, request.now)}
    content = {line.code: line for line in content_for(request.actor, number).items}
    for place, one in enumerate(given.proposals):
        proposal = held.get((one.item, one.condition))
        if proposal is None or one.duty not in proposal.duties or one.item not in content:
            wrong = said("没有这条修订，或承办单位没有这项职责。")
            raise Invalid(fields={f"proposals[{place}]": wrong})
        content[one.item] = led_by(content[one.item], one.condition, one.duty)
    named = dict.fromkeys(one.item for one in given.proposals)
    put_items(request.actor, edition.id, [content[code] for code in named], request.now)
    return {"count": len(given.proposals)}


def _told(one: Proposed, names: dict[int, str]) -> dict[str, Any]:
    wanted = one.proposal
    return {
        "item": one.item.code, "item_name": one.item.name, "condition": wanted.condition,
        "condition_text": one.condition, "lead": one.lead_now, "body": wanted.body_id,
        "body_name": names.get(wanted.body_id, ""), "duties": one.duties, "for_it": wanted.for_it,
        "against": wanted.against,
    }  # fmt: skip
