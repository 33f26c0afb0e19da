"""落实: the decision in words, steps with days and photos, cases for the units, until it is done."""

from datetime import date
from typing import Any

from ninja import Field, Router, Status

from huying.access.permissions import Permission
from huying.api.members import Body
from huying.api.v1.asking import known, own_case
from huying.api.v1.deliberation.keyed import Key, once_of
from huying.api.v1.deliberation.proposals import ProposalWhole, proposal_told
from huying.api.v1.enclosed import Photo, photos_in
from huying.api.v1.interface import AskedRequest, must
from huying.deliberation.actions.working import (
    PHOTOS_MOST,
    add_step,
    do_step,
    finish,
    give_case,
    say_decision,
    tie_case,
)
from huying.kernel.errors import Invalid

router = Router(tags=["会议和议事"])


class DecisionGiven(Body):
    """The decision in words."""

    words: str = Field(min_length=1, max_length=8000, examples=["同意建车棚，年底前完工。"])


class StepGiven(Body):
    """A step of the work."""

    key: Key
    title: str = Field(min_length=1, max_length=80, examples=["选址公示"])
    due_on: date | None = Field(None, description="哪天前做完")


class StepDone(Body):
    """A step is done."""

    note: str = Field("", max_length=2000, examples=["公示七天，无异议。"])
    photos: list[Photo] = Field([], max_length=PHOTOS_MOST)


class WorkGiven(Body):
    """A new case, or one that is there: ``text`` or ``case``."""

    key: Key
    text: str = Field("", max_length=2000, description="要办什么", examples=["在 3 栋北侧建电动车棚"])
    case: str | None = Field(None, max_length=20, description="或者：已有案件的编号", examples=[None])


@router.put("/proposals/{number}/decision", response=ProposalWhole, summary="公布决定")
def decided(request: AskedRequest, number: int, given: DecisionGiven) -> dict[str, Any]:
    """The decision in words, once it is counted; put again it replaces the former."""
    must(request.actor, Permission.DELIBERATION_RUN)
    say_decision(request.actor, known(number), given.words)
    return proposal_told(request, number)


@router.post("/proposals/{number}/steps", response={201: ProposalWhole}, summary="加落实步骤")
def planned(request: AskedRequest, number: int, given: StepGiven) -> Status[dict[str, Any]]:
    """A step of the work; twice under one key it is one."""
    must(request.actor, Permission.DELIBERATION_RUN)
    once = once_of(request, given.key)
    add_step(request.actor, known(number), given.title, given.due_on, once, request.now)
    return Status(201, proposal_told(request, number))


@router.post("/proposals/{number}/steps/{step}/do", response=ProposalWhole, summary="步骤做完")
def done(request: AskedRequest, number: int, step: int, given: StepDone) -> dict[str, Any]:
    """A step is done, with words and photos; done again they are added to."""
    must(request.actor, Permission.DELIBERATION_RUN)
    photos = photos_in(given.photos)
    do_step(request.actor, known(number), known(step), given.note, photos, request.now)
    return proposal_told(request, number)


@router.post("/proposals/{number}/cases", response={201: ProposalWhole}, summary="交给单位办")
def given_out(request: AskedRequest, number: int, given: WorkGiven) -> Status[dict[str, Any]]:
    """A case for the units, received like any other; or one that is there already."""
    must(request.actor, Permission.DELIBERATION_RUN)
    if bool(given.text.strip()) is bool(given.case):
        raise Invalid(fields={"text": "请写要办什么，或者写已有案件的编号。"})
    if given.case:
        tie_case(request.actor, known(number), own_case(request, given.case)[1], request.now)
    else:
        once = once_of(request, given.key)
        give_case(request.actor, known(number), given.text, once, request.now)
    return Status(201, proposal_told(request, number))


@router.post("/proposals/{number}/finish", response=ProposalWhole, summary="提案办成")
def finished(request: AskedRequest, number: int) -> dict[str, Any]:
    """The work is done: every step is."""
    must(request.actor, Permission.DELIBERATION_RUN)
    finish(request.actor, known(number), request.now)
    return proposal_told(request, number)
