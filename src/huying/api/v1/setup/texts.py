"""通知文字和答复模板, in a district's own words, in versions; situations for calling 呼叫."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.catalogue.actions.situations import end_situation, write_situation
from huying.catalogue.queries.situations import situations_for
from huying.catalogue.rules.situations import SituationLine
from huying.kernel.errors import NotFound
from huying.texts.actions import new_template, restore_text, retire_template, write_text
from huying.texts.queries.versions import TextInfo, VersionInfo, text_for, texts_for, versions_for
from huying.texts.rules.kinds import ReplyFor, TextKind
from huying.texts.rules.starter import Wording

router = Router(tags=["文字"])
_Kind = Annotated[TextKind, listed_as(TextKind)]
_Language = Annotated[str, Query(pattern="^(zh-hans|en)$", description="语言")]
Text, Version = told(TextInfo, "Text"), told(VersionInfo, "TextVersion")
Situation = told(SituationLine, "Situation")


class Worded(Body):
    """What a text says; words in braces are filled in when it is sent."""

    title: str = Field(min_length=1, max_length=60, examples=["通用：已处理"])
    body: str = Field(
        min_length=1, max_length=1000, examples=["您好，您反映的“{事由}”已处理完毕，感谢您的反映。"]
    )
    item: str = Field("", max_length=32, description="答复模板：只用于这个事项", examples=[""])
    fits: Annotated[ReplyFor, listed_as(ReplyFor)] = Field(ReplyFor.ALWAYS, description="答复模板：何时用")
    note: str = Field("", max_length=200, examples=["改得更口语"])


class SituationGiven(Body):
    """A situation in which bodies are called to a spot."""

    kind: str = Field(max_length=40, examples=["road"])
    name: str = Field(min_length=1, max_length=60, examples=["路面塌陷"])
    when: str = Field("", max_length=300, examples=["路面突然塌陷，危及行人"])
    lead: str = Field(max_length=40, examples=["transport"])
    assisting: list[str] = Field([], max_length=20, examples=[["police"]])
    fallback: str = Field("", max_length=40, examples=["street"])


@router.get("/texts/{kind}", response=page_of("texts", Text), summary="文字")
def listed(
    request: AskedRequest, kind: _Kind, turn: Annotated[Turn, Query()], language: _Language = "zh-hans"
) -> dict[str, Any]:
    """Every text of a kind."""
    must(request.actor, Permission.TEXT_EDIT)
    rows, after = cut(texts_for(request.actor, kind, language), turn, lambda row: row.name)
    return {"texts": rows, "after": after}


@router.get("/texts/{kind}/{name}", response=Text, summary="一段文字")
def one(request: AskedRequest, kind: _Kind, name: str, language: _Language = "zh-hans") -> TextInfo:
    """One text as it reads now."""
    must(request.actor, Permission.TEXT_EDIT)
    return text_for(request.actor, kind, name, language)


@router.get("/texts/{kind}/{name}/versions", response=page_of("versions", Version), summary="文字的各版")
def versions(
    request: AskedRequest,
    kind: _Kind,
    name: str,
    turn: Annotated[Turn, Query()],
    language: _Language = "zh-hans",
) -> dict[str, Any]:
    """The newest first."""
    must(request.actor, Permission.TEXT_EDIT)
    rows, after = cut(versions_for(request.actor, kind, name, language), turn, lambda row: row.number)
    return {"versions": rows, "after": after}


@router.put("/texts/{kind}/{name}", response={200: Text, 409: Problem}, summary="改文字")
def written(
    request: AskedRequest, kind: _Kind, name: str, given: Worded, language: _Language = "zh-hans"
) -> TextInfo:
    """A new version of a text."""
    must(request.actor, Permission.TEXT_EDIT)
    seen = text_for(request.actor, kind, name, language).version.number
    write_text(
        request.actor, kind, name, language, _wording(given), seen=seen, now=request.now, note=given.note
    )
    return text_for(request.actor, kind, name, language)


@router.post("/texts/{kind}", response={201: Text}, summary="新答复模板")
def template(request: AskedRequest, kind: _Kind, given: Worded) -> Status[TextInfo]:
    """A new template of a reply; of the other kinds there are as many texts as the platform sends."""
    must(request.actor, Permission.TEXT_EDIT)
    if kind is not TextKind.REPLY:
        raise NotFound
    name = new_template(request.actor, _wording(given), request.now)
    return Status(201, text_for(request.actor, TextKind.REPLY, name))


@router.post("/texts/{kind}/{name}/versions/{number}/restore", response=Text, summary="恢复旧版文字")
def restored(
    request: AskedRequest, kind: _Kind, name: str, number: int, language: _Language = "zh-hans"
) -> TextInfo:
    """Let the text say again what it said then."""
    must(request.actor, Permission.TEXT_EDIT)
    if not 0 <= number < 2**31:
        raise NotFound
    restore_text(request.actor, kind, name, language, number, request.now)
    return text_for(request.actor, kind, name, language)


@router.post("/texts/reply/{name}/retire", response=Text, summary="停用答复模板")
def retired(request: AskedRequest, name: str) -> TextInfo:
    """Offer a template no more."""
    must(request.actor, Permission.TEXT_EDIT)
    retire_template(request.actor, name, request.now)
    return text_for(request.actor, TextKind.REPLY, name)


@router.get("/situations", response=page_of("situations", Situation), summary="呼叫情形")
def situations(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The situations in which bodies are called, as they stand."""
    must(request.actor, Permission.CATALOGUE_READ)
    rows, after = cut(situations_for(request.actor), turn, lambda row: row.code)
    return {"situations": rows, "after": after}


@router.get("/situations/{code}", response=Situation, summary="一种呼叫情形")
def situation(request: AskedRequest, code: str) -> SituationLine:
    """One situation."""
    must(request.actor, Permission.CATALOGUE_READ)
    return _situation(request, code)


@router.put("/situations/{code}", response=Situation, summary="写呼叫情形")
def situation_written(request: AskedRequest, code: str, given: SituationGiven) -> SituationLine:
    """From now on it reads so."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    new = SituationLine(
        code, given.kind, given.name, given.when, given.lead, tuple(given.assisting), given.fallback
    )
    write_situation(new, by=request.actor, now=request.now)
    return _situation(request, code)


@router.post("/situations/{code}/end", response={204: None}, summary="停用呼叫情形")
def situation_ended(request: AskedRequest, code: str) -> Status[None]:
    """It starts no calls any more."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    end_situation(code, by=request.actor, now=request.now)
    return Status(204, None)


def _situation(request: AskedRequest, code: str) -> SituationLine:
    found = next((one for one in situations_for(request.actor) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def _wording(given: Worded) -> Wording:
    return Wording(given.title, given.body, given.item, given.fits)
