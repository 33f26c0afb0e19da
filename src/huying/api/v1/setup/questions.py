"""填报问题: what residents are asked about an item; in force at once, whichever edition is looked at."""

from typing import Annotated, Any

from ninja import Field, Path, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.setup.editions import item as item_of
from huying.catalogue.actions.questions import end_question, write_question
from huying.catalogue.queries.questions import questions_of
from huying.catalogue.rules.questions import CHOICES_MOST, Datatype, Question
from huying.kernel.errors import NotFound

router = Router(tags=["职责清单"])
_Kind = Annotated[Datatype, listed_as(Datatype)]
_Code = Annotated[str, Path(max_length=40, description="问题的代码", examples=["POLE"])]
_PATH = "/editions/{number}/items/{code}/questions"


class QuestionChoice(Body):
    """One answer to choose from."""

    key: str = Field(min_length=1, max_length=40, examples=["A1"])
    name: str = Field(min_length=1, max_length=100, examples=["灯不亮"])


class QuestionAsked(Body):
    """What residents are asked, and how they answer."""

    description: str = Field(min_length=1, max_length=300, description="问什么", examples=["灯杆号是多少？"])
    datatype: _Kind = Field(description="怎么答")
    choices: list[QuestionChoice] = Field(
        [], max_length=CHOICES_MOST, description="单选、多选才有", examples=[[]]
    )
    hint: str = Field("", max_length=300, description="填写提示", examples=["写在灯杆的铭牌上"])
    order: int = Field(1, ge=1, le=999, description="顺序")
    required: bool = Field(False, description="必填")
    answered: bool = Field(True, description="假：只提示，不用填")


class QuestionLine(Schema):
    """One question on an item."""

    code: str = Field(examples=["POLE"])
    description: str = Field(description="问什么", examples=["灯杆号是多少？"])
    datatype: Annotated[str, listed_as(Datatype)] = Field(description="怎么答")
    choices: list[QuestionChoice]
    hint: str = Field(examples=["写在灯杆的铭牌上"])
    order: int
    required: bool
    answered: bool = Field(description="假：只提示，不用填")


@router.get(_PATH, response=page_of("questions", QuestionLine), summary="事项的填报问题")
def listed(request: AskedRequest, number: int, code: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What residents who report this item are asked now, in their order."""
    item_of(request, number, code)
    rows, after = cut(questions_of(request.actor.district, code), turn, lambda one: one.code)
    return {"questions": [_told(one) for one in rows], "after": after}


@router.get(f"{_PATH}/{{question}}", response=QuestionLine, summary="一个填报问题")
def one(request: AskedRequest, number: int, code: str, question: _Code) -> dict[str, Any]:
    """One question in force."""
    item_of(request, number, code)
    return _one(request, code, question)


@router.put(f"{_PATH}/{{question}}", response=QuestionLine, summary="写填报问题")
def put(
    request: AskedRequest, number: int, code: str, question: _Code, given: QuestionAsked
) -> dict[str, Any]:
    """Ask it so from now on; one with a new code is added, at most 30 of an item."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    item_of(request, number, code)
    new = Question(
        question, given.datatype, given.description, given.hint, given.required, given.answered, given.order,
        tuple((choice.key, choice.name) for choice in given.choices),
    )  # fmt: skip
    write_question(request.actor, code, new, request.now)
    return _one(request, code, question)


@router.post(f"{_PATH}/{{question}}/end", response={204: None}, summary="不再问")
def ended(request: AskedRequest, number: int, code: str, question: _Code) -> Status[None]:
    """Ask it no more; what was answered stays with its appeal."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    item_of(request, number, code)
    end_question(request.actor, code, question, request.now)
    return Status(204, None)


def _one(request: AskedRequest, code: str, question: str) -> dict[str, Any]:
    found = next((one for one in questions_of(request.actor.district, code) if one.code == question), None)
    if found is None:
        raise NotFound
    return _told(found)


def _told(one: Question) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in QuestionLine.model_fields if name != "choices"}
    return plain | {"choices": [{"key": key, "name": name} for key, name in one.choices]}
