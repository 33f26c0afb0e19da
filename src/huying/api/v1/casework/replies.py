"""答复: what a reply must say and what of it is weighed, templates filled for the case, drafts left beside it."""

from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known, own_case
from huying.api.v1.interface import AskedRequest, must
from huying.cases.lifecycle import Verb
from huying.cases.queries.lists.resembling import frequencies
from huying.cases.queries.page import CaseView, case_for
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.advising.advice import advise
from huying.cases.rules.advising.objections import WEIGHTY
from huying.cases.rules.replies import part_said, reply_faults
from huying.kernel.errors import NotFound
from huying.kernel.saying import worded
from huying.loop.dispose.actions import draft_reply, drop_draft
from huying.loop.dispose.queries import DraftLine, drafts_beside
from huying.notices.queries.replying import filled_reply
from huying.texts.queries import reply_templates
from huying.texts.rules.kinds import ReplyFor

router = Router(tags=["答复"])
Draft = told(DraftLine, "ReplyDraft", without=("verb",), verb=(str, Field(examples=["report"])))
_LOOKING = Manners(kept=False, matched=False)


class Advice(Schema):
    """What a careful colleague would say; it bars nobody from sending."""

    kind: str = Field(examples=["答非所问"])
    advice: str = Field(examples=["没有提到诉求人反映的事。"])
    sentence: str = Field(description="说的是哪一句，空为全文", examples=["感谢您的来电。"])
    weighty: bool = Field(description="值得再看一遍的")


class PartSaid(Schema):
    """A part that every reply needs."""

    name: str = Field(examples=["核实情况"])
    said: bool


class ReplyChecked(Schema):
    """How a reply stands. Nothing is kept."""

    may_be_sent: bool
    parts: list[PartSaid]
    faults: list[str] = Field(description="不改就不收的", examples=[["答复里没有写核实情况。"]])
    advice: list[Advice]


class AdviceGiven(Schema):
    """Advice on an answer."""

    advice: list[Advice]


class ReplyGiven(Body):
    """A reply that is being written."""

    reply: str = Field(
        min_length=1, max_length=2000, examples=["您好，经现场核实，垃圾已于今天上午清运，今后每日巡查。"]
    )
    solved: bool = Field(True, description="已解决")


class AnswerGiven(Body):
    """An answer to what is said on the telephone, before there is a case."""

    text: str = Field("", max_length=2000, description="诉求人说的", examples=["居住证怎么办理"])
    reply: str = Field(min_length=1, max_length=2000, examples=["您好，请带身份证到街道办事大厅一楼办理。"])


class DraftGiven(ReplyGiven):
    """A draft that somebody reads before it is sent."""

    verb: Literal["report", "answer", "reject"] = Field(
        "report", description="哪一步的答复：report 反馈办结、answer 直接答复、reject 不予受理"
    )
    result: str = Field("", max_length=2000, description="内部办理情况", examples=["清运垃圾约 2 立方米"])


class DraftNumber(Schema):
    """Which draft it is."""

    id: int


class TemplateLine(Schema):
    """A template offered for the case's item."""

    name: str = Field(examples=["solved"])
    title: str = Field(examples=["通用：已解决"])
    fits: Annotated[str, listed_as(ReplyFor)]


class Template(TemplateLine):
    """A template with the case filled in; blanks are left where a person must write."""

    text: str = Field(examples=["您好，您反映的“路灯不亮”我们已于【填：日期】修复。"])


@router.post("/cases/{number}/reply-check", response=ReplyChecked, summary="检查答复")
@mannered(_LOOKING)
def checked(request: AskedRequest, number: str, given: ReplyGiven) -> dict[str, Any]:
    """Each part the reply needs, said or not yet, what else would be refused, and advice."""
    must(request.actor, Permission.ORDER_REPORT, Permission.CASE_ANSWER, Permission.CASE_REJECT)
    case = case_for(request.actor, *own_case(request, number), request.now)
    parts = timing_of(case.line.district).reply_parts
    faults = reply_faults(given.reply, solved=given.solved, parts=parts)
    stands = "solved" if given.solved else "unsolved"
    return {
        "may_be_sent": not faults,
        "parts": [
            {"name": part.zh, "said": part_said(part, given.reply)}
            for part in parts
            if part.when in {"always", stands}
        ],
        "faults": [worded(fault, str) for fault in faults],
        "advice": _advice(_text(case), given.reply, solved=given.solved),
    }


@router.post("/reply-check", response=AdviceGiven, summary="检查当场答复")
@mannered(_LOOKING)
def weighed(request: AskedRequest, given: AnswerGiven) -> dict[str, Any]:
    """Advice on an answer to somebody who is on the line."""
    must(request.actor, Permission.APPEAL_RECEIVE)
    return {"advice": _advice(given.text, given.reply)}


@router.get("/cases/{number}/templates", response=page_of("templates", TemplateLine), summary="答复模板")
def templates(request: AskedRequest, number: str) -> dict[str, Any]:
    """Templates of replies for the case's item, those for it alone first."""
    must(request.actor, Permission.CASE_READ)
    line = case_for(request.actor, *own_case(request, number), request.now).line
    found = reply_templates(line.district, line.item)
    return {
        "templates": [{"name": name, "title": one.title, "fits": one.fits.value} for name, one in found],
        "after": "",
    }


@router.get("/cases/{number}/templates/{name}", response=Template, summary="套用答复模板")
def template(request: AskedRequest, number: str, name: str) -> dict[str, Any]:
    """One with what is known of the case filled in."""
    must(request.actor, Permission.CASE_READ)
    line = case_for(request.actor, *own_case(request, number), request.now).line
    text = filled_reply(line, name)
    one = dict(reply_templates(line.district, line.item))[name]
    return {"name": name, "title": one.title, "fits": one.fits.value, "text": text}


@router.get("/cases/{number}/drafts", response=page_of("drafts", Draft), summary="答复草稿")
def drafts(request: AskedRequest, number: str) -> dict[str, Any]:
    """Drafts that outside systems left beside the case, for steps that this key may take; the newest first."""
    must(request.actor, Permission.CASE_READ)
    case = case_for(request.actor, *own_case(request, number), request.now)
    return {"drafts": drafts_beside(request.actor, case), "after": ""}


@router.post("/cases/{number}/drafts", response={201: DraftNumber}, summary="起草答复")
def drafted(request: AskedRequest, number: str, given: DraftGiven) -> Status[dict[str, int]]:
    """Leave a draft for whoever takes the step to read, mend and send. The same draft stands once."""
    must(request.actor, Permission.ORDER_REPORT, Permission.CASE_ANSWER, Permission.CASE_REJECT)
    made = draft_reply(
        request.actor, *own_case(request, number), Verb(given.verb), given.reply, request.now, result=given.result
    )  # fmt: skip
    return Status(201, {"id": made})


@router.delete("/cases/{number}/drafts/{draft}", response=DraftNumber, summary="放弃草稿")
def dropped(request: AskedRequest, number: str, draft: int) -> dict[str, int]:
    """Put a draft away."""
    must(request.actor, Permission.ORDER_REPORT, Permission.CASE_ANSWER, Permission.CASE_REJECT)
    case = case_for(request.actor, *own_case(request, number), request.now)
    if all(one.id != draft for one in drafts_beside(request.actor, case)):
        raise NotFound
    drop_draft(request.actor, case.line.district, known(draft), request.now)
    return {"id": draft}


def _text(case: CaseView) -> str:
    """The first caller's words; the title where nobody said anything."""
    return next((appeal.text for appeal in case.appeals if appeal.active), case.line.title)


def _advice(appeal: str, reply: str, *, solved: bool = True) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind.zh, "advice": worded(one.advice, str), "sentence": one.sentence,
         "weighty": one.kind in WEIGHTY}
        for one in advise(appeal, reply, frequencies().shares, solved=solved)
    ]  # fmt: skip
