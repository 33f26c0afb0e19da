"""What people make of an issue: it is none, it is the same as another, some of its cases do not belong to it.

Each is written into the record of changes by the issue's number and place: that record is never erased, so that nothing
a caller said may stand in it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_changes
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.prevent.hot_issues.actions.hearing import in_turn
from huying.prevent.hot_issues.actions.naming import rename
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.rules.states import IssueState

_LONGEST: Final = 300


def dismiss(by: Actor, number: int, reason: str, now: datetime) -> None:
    """Say that an issue is none. Raises Denied, NotFound, Invalid."""
    words = _reason(reason)
    with transaction.atomic():
        issue = _locked(by, number)
        _settle(by, issue, IssueState.DISMISSED, words, now)
        note_changes(by, [_changed(issue, IssueState.DISMISSED, 理由=words)], now)


def reopen(by: Actor, number: int, now: datetime) -> None:
    """Take back that it is none. Raises Denied, NotFound."""
    with transaction.atomic():
        issue = _locked(by, number)
        if issue.state == IssueState.DISMISSED:
            _write(issue, state=IssueState.OPEN, settled_at=None, settled_by="", reason="")
            note_changes(by, [_changed(issue, IssueState.OPEN)], now)


def merge(by: Actor, number: int, into: int, reason: str, now: datetime) -> None:
    """Put all cases of an issue into another, where they stay. Raises Denied, NotFound, Invalid."""
    if number == into:
        raise Invalid("不能并入自己。", fields={"into": "不能并入自己。"})
    words = _reason(reason)
    with transaction.atomic():
        locked = {each: _locked(by, each) for each in sorted((number, into))}
        issue, other = locked[number], locked[into]
        if other.state != IssueState.OPEN:
            raise Invalid("要并入的问题不在热点里。", fields={"into": "要并入的问题不在热点里。"})
        _settle(by, issue, IssueState.MERGED, words, now, into)
        moved = Heard.objects.filter(district=by.district, issue_id=number).update(issue_id=into, fixed=True)
        rename(by.district, [into])
        told = {"件数": str(moved), "理由": words}
        notes = [
            _changed(issue, IssueState.MERGED, 并入=_name(into), **told),
            _note(into, Deed.CHANGE, {"并来": _name(number), **told}),
        ]
        note_changes(by, notes, now)


def split(by: Actor, number: int, cases: Sequence[int], reason: str, now: datetime) -> int:
    """Make an issue of its own of some cases; its number. Raises Denied, NotFound, Invalid."""
    words = _reason(reason)
    with transaction.atomic():
        issue = _locked(by, number)
        rows = list(Heard.objects.filter(district=by.district, issue_id=number, case_id__in=list(cases)))
        if not rows or len(rows) == issue.messages:
            raise Invalid(
                "请勾选一部分案件，不能一件不选，也不能全选。", fields={"cases": "请勾选一部分案件。"}
            )
        times = [row.at for row in rows]
        made = HotIssue.objects.create(
            district=by.district, title=rows[0].title, messages=len(rows), first_at=min(times),
            last_at=max(times), settled_at=now, settled_by=by.name[:60], reason=words,
        )  # fmt: skip
        made.refresh_from_db(fields=["id"])
        Heard.objects.filter(district=by.district, case_id__in=[row.case_id for row in rows]).update(
            issue_id=made.id, fixed=True
        )
        rename(by.district, [number, made.id])
        told = {"件数": str(len(rows)), "理由": words}
        notes = [
            _note(number, Deed.CHANGE, {"拆出": _name(made.id), **told}),
            _note(made.id, Deed.CREATE, {"拆自": _name(number), **told}),
        ]
        note_changes(by, notes, now)
    return made.id


def _settle(
    by: Actor, issue: HotIssue, state: IssueState, words: str, now: datetime, into: int | None = None
) -> None:
    _write(issue, state=state, settled_at=now, settled_by=by.name[:60], reason=words, merged_into=into)


def _changed(issue: HotIssue, state: IssueState, **more: str) -> NewChange:
    before = {"状态": IssueState(issue.state).zh, "理由": issue.reason}
    return _note(issue.id, Deed.CHANGE, {"状态": state.zh, "地点": issue.place, **more}, before)


def _note(
    number: int, deed: Deed, after: Mapping[str, str], before: Mapping[str, str] | None = None
) -> NewChange:
    return NewChange(Subject.HOT_ISSUE, str(number), _name(number), deed, before or {}, after)


def _name(number: int) -> str:
    return f"热点问题 {number}"


def _reason(reason: str) -> str:
    words = " ".join(reason.replace("\x00", "").split())
    if not 0 < len(words) <= _LONGEST:
        raise Invalid("请写理由，最多 300 字。", fields={"reason": "请写理由，最多 300 字。"})
    return words


def _locked(by: Actor, number: int) -> HotIssue:
    if not by.may_everywhere(Permission.CASE_MERGE):
        raise Denied
    in_turn(by.district)
    issue = HotIssue.objects.select_for_update().filter(district=by.district, id=number).first()
    if issue is None:
        raise NotFound
    return issue


def _write(issue: HotIssue, **values: object) -> None:
    HotIssue.objects.filter(district=issue.district, id=issue.id).update(**values)
