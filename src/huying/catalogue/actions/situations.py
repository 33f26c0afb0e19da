"""Writing the situations in which bodies are called to the spot: each version ends the one before."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject, differing
from huying.catalogue.models import Situation
from huying.catalogue.policy import must_edit
from huying.catalogue.queries.situations import situation
from huying.catalogue.rules.situations import SituationLine, starter_situations
from huying.kernel.errors import NotFound


@transaction.atomic
def write_situation(new: SituationLine, *, by: Actor, now: datetime) -> None:
    """From ``now`` on the situation reads so; written as it already stands, nothing is written.

    Raises Denied without catalogue:edit, Invalid for a line that says too little.
    """
    must_edit(by, by.district)
    new.check()
    _own(by, now)
    before = situation(by.district, new.code)
    if before == new:
        return
    _end(by, new.code, now)
    _row(by, new, now).save()
    old, told = _told(before) if before else {}, _told(new)
    deed = Deed.CHANGE if before else Deed.CREATE
    note_change(by, NewChange(Subject.SITUATION, new.code, new.name, deed, *differing(old, told)), now)


@transaction.atomic
def end_situation(code: str, *, by: Actor, now: datetime) -> None:
    """The situation starts no calls any more. Raises Denied, NotFound where none is in force."""
    must_edit(by, by.district)
    _own(by, now)
    before = situation(by.district, code)
    if before is None or not _end(by, code, now):
        raise NotFound("没有这个启动情形。")
    note_change(by, NewChange(Subject.SITUATION, code, before.name, Deed.END, _told(before)), now)


def _own(by: Actor, now: datetime) -> None:
    """A district that changes one line has the platform's list as its own from then on; writers take turns."""
    held = Situation.objects.filter(district=by.district)
    if not held.exists():
        lines = [_row(by, line, now) for line in starter_situations()]
        Situation.objects.bulk_create(lines, ignore_conflicts=True)
    list(held.select_for_update().order_by("pk").values_list("pk"))


def _row(by: Actor, line: SituationLine, now: datetime) -> Situation:
    return Situation(
        district=by.district, code=line.code, kind=line.kind, name=line.name, when=line.when, lead=line.lead,
        assisting=list(line.assisting), fallback=line.fallback, valid_from=now, made_by=by.account_id,
    )  # fmt: skip


def _end(by: Actor, code: str, now: datetime) -> int:
    rows = Situation.objects.filter(district=by.district, code=code, ended_at=None)
    return rows.update(ended_at=now, ended_by=by.account_id)


def _told(line: SituationLine) -> dict[str, str]:
    return {
        "类别": line.kind, "情形": line.name, "何时启动": line.when, "牵头职责": line.lead,
        "到场职责": " ".join(line.assisting), "兜底职责": line.fallback,
    }  # fmt: skip
