"""The kinds of meetings and decisions a district has: it begins with the starter's, adds its own and ends them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.deliberation.models import DecisionKind, MeetingKind
from huying.deliberation.policy import must_run
from huying.deliberation.rules.fitting import must_fit
from huying.deliberation.rules.majority import read_share
from huying.deliberation.rules.starter import decision_lines, meeting_lines
from huying.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class NewDecisionKind:
    """A kind of decision as it was written: shares as ``2/3``, ``basis`` the rule it follows."""

    name: str
    quorum: str
    majority: str
    basis: str
    quorum_over: bool = False
    majority_over: bool = True
    by_area: bool = False


@transaction.atomic
def ensure_kinds(district: int) -> None:
    """The starter's kinds, where the district has none of its own; doing it again changes nothing."""
    if not MeetingKind.objects.filter(district=district).exists():
        MeetingKind.objects.bulk_create(
            (
                MeetingKind(district=district, code=line.code, name=line.name, place=place)
                for place, line in enumerate(meeting_lines())
            ),
            ignore_conflicts=True,
        )
    if not DecisionKind.objects.filter(district=district).exists():
        DecisionKind.objects.bulk_create(
            (
                DecisionKind(
                    district=district, code=line.code, name=line.name, quorum=line.quorum,
                    quorum_over=line.quorum_over, majority=line.majority, majority_over=line.majority_over,
                    by_area=line.by_area, basis=line.basis, place=place,
                )
                for place, line in enumerate(decision_lines())
            ),
            ignore_conflicts=True,
        )  # fmt: skip


def add_meeting_kind(by: Actor, name: str) -> int:
    """A kind of meeting of the district's own; the id. Raises Denied, Invalid for an empty name, Conflict."""
    must_run(by, str(by.district))
    wanted = _named(name, 30)
    rows = MeetingKind.objects.filter(district=by.district)
    if rows.filter(name=wanted, ended_at=None).exists():
        raise Conflict("已经有这一类了。", fields={"name": "已经有了"})
    place = rows.count()
    try:
        return MeetingKind.objects.create(
            district=by.district, code=f"own-{place}", name=wanted, place=place
        ).pk
    except IntegrityError as error:
        raise Conflict("已经有这一类了。", fields={"name": "已经有了"}) from error


def add_decision_kind(by: Actor, new: NewDecisionKind) -> int:
    """A kind of decision of the district's own; the id. Raises Denied, Invalid, Conflict."""
    must_run(by, str(by.district))
    wanted = _named(new.name, 40)
    for name in ("quorum", "majority"):
        try:
            read_share(getattr(new, name))
        except Invalid as wrong:
            raise Invalid(wrong.message, fields={name: wrong.message}) from wrong
    if not new.basis.strip():
        raise Invalid("请写明依据哪条规定。", fields={"basis": "请写明依据哪条规定。"})
    rows = DecisionKind.objects.filter(district=by.district)
    if rows.filter(name=wanted, ended_at=None).exists():
        raise Conflict("已经有这一类了。", fields={"name": "已经有了"})
    place = rows.count()
    return DecisionKind.objects.create(
        district=by.district, code=f"own-{place}", name=wanted, quorum=new.quorum.strip()[:9],
        quorum_over=new.quorum_over, majority=new.majority.strip()[:9], majority_over=new.majority_over,
        by_area=new.by_area, basis=new.basis.strip()[:200], place=place,
    ).pk  # fmt: skip


def end_kind(by: Actor, what: str, kind_id: int, now: datetime) -> None:
    """Use a kind (``meeting`` or ``decision``) for nothing new; what has it keeps it. Raises Denied, NotFound."""
    must_run(by, str(by.district))
    kinds = {"meeting": MeetingKind.objects, "decision": DecisionKind.objects}
    if what not in kinds or not kinds[what].filter(district=by.district, pk=kind_id).exists():
        raise NotFound
    kinds[what].filter(district=by.district, pk=kind_id, ended_at=None).update(ended_at=now)


def _named(name: str, most: int) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise Invalid("类别要有名称。", fields={"name": "不能为空"})
    must_fit(wanted, most, "name")
    return wanted
