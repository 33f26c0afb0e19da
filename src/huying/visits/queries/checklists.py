"""走访表 in force: the one asked of everybody, and those of the kinds somebody is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huying.access.actor import Actor
from huying.residents.queries import kinds_of
from huying.visits.models import Checklist
from huying.visits.policy import READ, SET, must
from huying.visits.rules.checklists import COMMON, Question, question, starter


@dataclass(frozen=True, slots=True)
class ChecklistInfo:
    """The list of one kind; ``kind`` "" is asked of everybody. Version 0 is the platform's own."""

    kind: str
    name: str
    version: int
    questions: Sequence[Question]
    why: str = ""
    made_by: str = ""


def questions_of(district: int, kinds: Sequence[str]) -> Sequence[Question]:
    """What is asked of somebody of these kinds, each question once; codes say of which list they are. One query."""
    found: dict[str, Question] = {}
    held = _held(district)
    for kind in (COMMON, *kinds):
        for one in held.get(kind, ChecklistInfo(kind, "", 0, ())).questions:
            found.setdefault(one.text, replace(one, code=f"{kind}.{one.code}" if kind else one.code))
    return list(found.values())


def checklists_for(actor: Actor) -> Sequence[ChecklistInfo]:
    """The lists of every kind in their order, for who has to do with visits. Raises Denied."""
    if not actor.may(SET):
        must(actor, READ)
    held = _held(actor.district)
    names = {COMMON: ""} | {one.code: one.name for one in kinds_of(actor.district)}
    return [
        replace(held.get(kind, ChecklistInfo(kind, name, 0, ())), name=name) for kind, name in names.items()
    ]


def _held(district: int) -> Mapping[str, ChecklistInfo]:
    rows = Checklist.objects.filter(district=district).order_by("kind", "-version").distinct("kind")
    own = {
        row.kind: ChecklistInfo(
            row.kind, "", row.version, tuple(question(one) for one in row.questions), row.why, row.made_by
        )
        for row in rows
    }
    return {kind: ChecklistInfo(kind, "", 0, questions) for kind, questions in starter().items()} | own
