"""审计: who saw whom, what of the setting up was changed, who signed in, what was erased by law."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router

from huying.access.permissions import Permission
from huying.annals.queries import ChangeInfo, Wanted, changes_for
from huying.annals.rules import Subject
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.asking import before, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.erasure.queries import ErasureInfo, erasures_for
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


def _aware(asked: AuditSince) -> None:
    for name, at in (("since", asked.since), ("until", asked.until)):
        if at is not None and at.utcoffset() is None:
            raise Invalid(fields={name: "时间须注明时区。"})
