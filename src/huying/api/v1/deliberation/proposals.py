"""提案: written, discussed, taken back; each with its vote and the work that follows."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of, own_case
from huying.api.v1.deliberation.followed import FollowedCase, followed
from huying.api.v1.deliberation.keyed import Key, faults_named, once_of
from huying.api.v1.interface import AskedRequest, must
from huying.deliberation.actions.proposals import (
    ProposalForm,
    change_proposal,
    discuss,
    put_proposal,
    withdraw,
)
from huying.deliberation.queries.proposals import (
    Asked as Wanted,
)
from huying.deliberation.queries.proposals import (
    ProposalLine,
    ProposalView,
    StepLine,
    proposal_for,
    proposals_for,
)
from huying.deliberation.rules.kinds import Choice, Phase
from huying.deliberation.rules.majority import Count, Rule, Tally
from huying.kernel.numbers import case_number

router = Router(tags=["会议和议事"])
Line = told(ProposalLine, "ProposalShort", without=("district",))


class Needed(Schema):
    """What it takes: shares as the law writes them."""

    quorum: str = Field(description="参与比例", examples=["1/2"])
    quorum_over: bool = Field(description="须超过，不是达到")
    majority: str = Field(description="同意比例，在参与的里面", examples=["1/2"])
    majority_over: bool = Field(description="须超过，不是达到")
    by_area: bool = Field(description="面积也要达到")


class Voices(Schema):
    """Households and their square metres."""

    households: int
    area: float = Field(description="平方米")


class Counted(Schema):
    """What a count came to."""

    entitled: Voices = Field(description="有表决权的")
    said: dict[str, Voices] = Field(
        description="yes 同意、no 反对、abstain 弃权", examples=[{"yes": {"households": 71, "area": 6390.5}}]
    )


class TalkedOf(Schema):
    """What a meeting said of it."""

    meeting: int
    title: str
    held_at: datetime
    words: str


class FromMeeting(Schema):
    """The meeting it comes from."""

    id: int
    title: str = Field(examples=["春风社区书记茶话会"])


ProposalWhole = told(
    ProposalView,
    "ProposalWhole",
    without=(
        "line", "kind_id", "meeting", "case_id", "rule", "discussions", "turnout", "tally", "ballots", "cases",
        "given",
    ),
    line=(Line, ...), meeting=(FromMeeting | None, ...), steps=(list[told(StepLine, "WorkStep")], ...),  # type: ignore[misc]
    decision_kind=(int, Field(description="表决方式编号")),
    case=(str, Field(description="来自哪件案件，没有为空", examples=["440310-000012345"])),
    rule=(Needed, ...), discussions=(list[TalkedOf], ...), voted=(int, Field(description="已投票的户数")),
    entitled=(int, Field(description="有表决权的户数")),
    tally=(Counted | None, Field(description="计票结果；计票前为 null，谁也看不到")),
    cases=(list[FollowedCase], Field(description="落实的案件")),
    public=(str, Field(description="居民看的网页；开始表决前为空", examples=["/consult/7"])),
)  # fmt: skip


class Asked(Turn):
    """Which proposals."""

    phase: Annotated[Phase, listed_as(Phase)] | None = Field(None, description="进展")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=60, description="提案名称里的字", examples=["电动车棚"])


class GivenProposal(Body):
    """A proposal as residents will read it."""

    title: str = Field(min_length=1, max_length=80, examples=["3 栋楼下建电动车棚"])
    text: str = Field(
        min_length=1,
        max_length=8000,
        examples=["在 3 栋北侧建车棚，12 个充电口，花费 6 万元，由社区经费出。"],
    )
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", description="属于哪里", examples=["440310001002"])
    decision_kind: int = Field(ge=1, lt=2**63, description="表决方式编号")


class NewProposal(GivenProposal):
    """A new proposal, from a meeting, from a case, or an idea."""

    key: Key
    meeting: int | None = Field(None, ge=1, lt=2**63, description="来自哪次会议", examples=[None])
    case: str = Field("", max_length=20, description="来自哪件案件", examples=[""])


class Discussed(Body):
    """What a meeting said of it."""

    meeting: int = Field(ge=1, lt=2**63)
    words: str = Field(min_length=1, max_length=8000, examples=["多数人同意建，定在北侧。"])


class ProposalWithdrawn(Body):
    """Why it is taken back."""

    why: str = Field(min_length=1, max_length=200, examples=["改由物业出资，不再表决"])


@router.get("/proposals", response=page_of("proposals", Line), summary="提案列表")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Proposals of the key's area and of the areas above, the newest first."""
    must(request.actor, Permission.DELIBERATION_READ)
    wanted = Wanted(asked.phase, asked.area, asked.q.strip())
    rows = proposals_for(request.actor, wanted, request.now, before(asked), asked.limit)
    return {"proposals": rows, "after": last_of(rows, asked)}


@router.get("/proposals/{number}", response=ProposalWhole, summary="一项提案")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """The proposal, how it is decided, its count once there is one, and the work."""
    must(request.actor, Permission.DELIBERATION_READ)
    return proposal_told(request, known(number))


@router.post("/proposals", response={201: ProposalWhole}, summary="新建提案")
def created(request: AskedRequest, given: NewProposal) -> Status[dict[str, Any]]:
    """Write a proposal; twice under one key it is one. Residents see it when the vote opens."""
    must(request.actor, Permission.DELIBERATION_RUN)
    case = own_case(request, given.case)[1] if given.case else None
    once = once_of(request, given.key)
    with faults_named(kind="decision_kind"):
        made = put_proposal(request.actor, _form(given, given.meeting, case), once, request.now)
    return Status(201, proposal_told(request, made))


@router.put("/proposals/{number}", response=ProposalWhole, summary="改提案")
def changed(request: AskedRequest, number: int, given: GivenProposal) -> dict[str, Any]:
    """Let a draft read so; once people vote on its words they stay."""
    must(request.actor, Permission.DELIBERATION_RUN)
    with faults_named(kind="decision_kind"):
        change_proposal(request.actor, known(number), _form(given), request.now)
    return proposal_told(request, number)


@router.post("/proposals/{number}/discussions", response=ProposalWhole, summary="记下议了什么")
def discussed(request: AskedRequest, number: int, given: Discussed) -> dict[str, Any]:
    """What a meeting said of it; of the same meeting again it replaces what was written."""
    must(request.actor, Permission.DELIBERATION_RUN)
    discuss(request.actor, known(number), given.meeting, given.words, request.now)
    return proposal_told(request, number)


@router.post("/proposals/{number}/withdraw", response=ProposalWhole, summary="撤回提案")
def withdrawn(request: AskedRequest, number: int, given: ProposalWithdrawn) -> dict[str, Any]:
    """Take it back before its vote is counted, with the reason."""
    must(request.actor, Permission.DELIBERATION_RUN)
    withdraw(request.actor, known(number), given.why, request.now)
    return proposal_told(request, number)


def proposal_told(request: AskedRequest, number: int) -> dict[str, Any]:
    """A proposal as the interface tells it. Raises NotFound."""
    view = proposal_for(request.actor, number, request.now)
    names = (
        "line", "text", "origin", "basis", "quorate", "decision", "steps", "opened_at", "closed_at",
        "done_at", "withdrawn_why", "made_by", "may_run",
    )  # fmt: skip
    voted, entitled = view.turnout
    return {name: getattr(view, name) for name in names} | {
        "decision_kind": view.kind_id,
        "meeting": {"id": view.meeting[0], "title": view.meeting[1]} if view.meeting else None,
        "case": case_number(request.actor.district, view.case_id) if view.case_id else "",
        "rule": _needed(view.rule), "voted": voted, "entitled": entitled,
        "discussions": [
            {"meeting": meeting, "title": title, "held_at": at, "words": words}
            for meeting, title, at, words in view.discussions
        ],
        "tally": _counted(view.tally) if view.tally else None, "cases": [followed(line) for line in view.cases],
        "public": f"/consult/{number}" if view.opened_at else "",
    }  # fmt: skip


def _form(given: GivenProposal, meeting: int | None = None, case: int | None = None) -> ProposalForm:
    return ProposalForm(
        title=given.title, text=given.text, area=given.area, kind_id=given.decision_kind, meeting_id=meeting,
        case_id=case,
    )  # fmt: skip


def _needed(rule: Rule) -> dict[str, Any]:
    return {
        "quorum": str(rule.quorum.of), "quorum_over": rule.quorum.over, "majority": str(rule.majority.of),
        "majority_over": rule.majority.over, "by_area": rule.by_area,
    }  # fmt: skip


def _counted(tally: Tally) -> dict[str, Any]:
    return {
        "entitled": _voices(tally.entitled),
        "said": {choice.value: _voices(tally.of(choice)) for choice in Choice},
    }


def _voices(count: Count) -> dict[str, Any]:
    return {"households": count.households, "area": float(count.area)}
