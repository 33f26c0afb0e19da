"""审计: who saw whom, what of the setting up was changed, who signed in, what was erased by law."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.annals.queries import ChangeInfo, Wanted, changes_for
from huying.annals.rules import Subject
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.cases.lifecycle.basis import Basis
from huying.erasure.actions import NewErasure, erase, preview
from huying.erasure.queries import ErasureInfo, erasures_for
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Invalid
from huying.people.queries import SignInInfo, ViewingInfo, sign_ins_for, viewings_for
from huying.people.rules.kinds import Outcome, ViewingKind

router = Router(tags=["审计"])
Viewing, Change, SignIn = (
    told(ViewingInfo, "Viewing"),
    told(ChangeInfo, "SettingChange"),
    told(SignInInfo, "SignIn"),
)
Erasure = told(ErasureInfo, "Erasure")


class AuditSince(Turn):
    """When, and whose."""

    account: int | None = Field(None, ge=1, lt=2**63, description="账号")
    q: str = Field("", max_length=60, description="词")
    since: datetime | None = Field(None, description="此时及以后，须带时区")
    until: datetime | None = Field(None, description="此时以前，须带时区")


class Viewed(AuditSince):
    """Which viewings."""

    kind: Annotated[ViewingKind, listed_as(ViewingKind)] | None = None


class Changed(AuditSince):
    """Which changes."""

    subject: Annotated[Subject, listed_as(Subject)] | None = None


class SignedIn(AuditSince):
    """Which attempts."""

    outcome: Annotated[Outcome, listed_as(Outcome)] | None = None


class Meant(Body):
    """Whose data."""

    number: str = Field(max_length=30, description="回执号或案件编号", examples=["440310-000012345"])
    scope: Annotated[Scope, listed_as(Scope)] = Field(Scope.ONE, description="一件还是全部")


class Erased(Meant):
    """An erasure by law (个人信息保护法 47)."""

    basis: Annotated[Basis, listed_as(Basis)] = Field(description="依据")
    reason: str = Field(min_length=1, max_length=500, examples=["本人书面申请，已核验身份"])
    kept: bool = Field(description="已核对：没有法律要求继续保存")


class Gone(Schema):
    """How many things of each kind."""

    counts: dict[str, int] = Field(examples=[{"appeals": 1, "photos": 2}])


@router.get("/audit/viewings", response=page_of("viewings", Viewing), summary="查看记录")
def viewings(request: AskedRequest, asked: Annotated[Viewed, Query()]) -> dict[str, Any]:
    """Who saw or took persons' data, the newest first."""
    must(request.actor, Permission.AUDIT_READ)
    _aware(asked)
    rows = viewings_for(
        request.actor, account_id=asked.account, kind=asked.kind, word=asked.q, since=asked.since, until=asked.until,
        before=before(asked), limit=asked.limit,
    )  # fmt: skip
    return {"viewings": rows, "after": last_of(rows, asked)}


@router.get("/audit/changes", response=page_of("changes", Change), summary="设置变更记录")
def changes(request: AskedRequest, asked: Annotated[Changed, Query()]) -> dict[str, Any]:
    """What of the setting up was changed by whom, from what to what."""
    must(request.actor, Permission.AUDIT_READ)
    _aware(asked)
    wanted = Wanted(
        subject=asked.subject, account_id=asked.account, word=asked.q, since=asked.since, until=asked.until
    )
    rows = changes_for(request.actor, wanted, before(asked), asked.limit)
    return {"changes": rows, "after": last_of(rows, asked)}


@router.get("/audit/sign-ins", response=page_of("sign_ins", SignIn), summary="登录记录")
def sign_ins(request: AskedRequest, asked: Annotated[SignedIn, Query()]) -> dict[str, Any]:
    """Attempts to sign in at the district's accounts."""
    must(request.actor, Permission.AUDIT_READ)
    _aware(asked)
    rows = sign_ins_for(
        request.actor, account_id=asked.account, word=asked.q, outcome=asked.outcome, since=asked.since,
        until=asked.until, before=before(asked), limit=asked.limit,
    )  # fmt: skip
    return {"sign_ins": rows, "after": last_of(rows, asked)}


@router.get("/erasures", response=page_of("erasures", Erasure), summary="依法删除记录")
def erasures(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What was erased by law, by whom and on which basis."""
    must(request.actor, Permission.AUDIT_READ, Permission.PERSON_ERASE)
    rows = erasures_for(request.actor, before(turn), turn.limit)
    return {"erasures": rows, "after": last_of(rows, turn)}


@router.post("/erasures/preview", response=Gone, summary="看看会删掉什么")
def looked(request: AskedRequest, given: Meant) -> dict[str, Any]:
    """What would go; nothing goes."""
    must(request.actor, Permission.PERSON_ERASE)
    return _gone(preview(request.actor, given.number, given.scope, request.now))


@router.post("/erasures", response=Gone, summary="依法删除个人信息")
def erased(request: AskedRequest, given: Erased) -> dict[str, Any]:
    """Erase what callers said and who they are, everywhere, for good."""
    must(request.actor, Permission.PERSON_ERASE)
    new = NewErasure(given.number, given.scope, given.basis, given.reason, given.kept)
    return _gone(erase(request.actor, new, request.now))


def _gone(counts: Any) -> dict[str, Any]:
    return {"counts": {str(kind): count for kind, count in counts.items()}}


def _aware(asked: AuditSince) -> None:
    for name, at in (("since", asked.since), ("until", asked.until)):
        if at is not None and at.utcoffset() is None:
            raise Invalid(fields={name: "时间须注明时区。"})
