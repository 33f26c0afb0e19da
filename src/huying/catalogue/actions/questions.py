"""Writing the questions asked of residents: each version ends the one before."""

import csv
from datetime import datetime
from importlib.resources import files

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject, differing
from huying.catalogue.models import Question as Row
from huying.catalogue.policy import must_edit
from huying.catalogue.queries.questions import forget_questions, question_of
from huying.catalogue.rules.questions import Datatype, Question
from huying.kernel.errors import Invalid, NotFound

MOST = 30


@transaction.atomic
def write_question(by: Actor, item: str, new: Question, now: datetime) -> None:
    """From ``now`` on the question reads so; written as it already stands, nothing is written.

    Raises Denied without catalogue:edit, Invalid for a question that could not be asked, or one too many.
    """
    must_edit(by, by.district)
    new.check()
    rows = list(Row.objects.select_for_update().filter(district=by.district, item=item, ended_at=None))
    before = next((question_of(row) for row in rows if row.code == new.code), None)
    if before == new:
        return
    if before is None and len(rows) >= MOST:
        raise Invalid("一个事项最多问 30 项。")
    _end(by, item, new.code, now)
    Row.objects.create(
        district=by.district, item=item, code=new.code, datatype=new.datatype.value, description=new.description.strip(),
        hint=new.hint.strip(), required=new.required, answered=new.answered, order=new.order,
        choices=[list(choice) for choice in new.choices], valid_from=now, made_by=by.account_id,
    )  # fmt: skip
    deed = Deed.CHANGE if before else Deed.CREATE
    changes = differing(_told(before) if before else {}, _told(new))
    note_change(by, NewChange(Subject.QUESTION, item, f"{item} {new.description[:40]}", deed, *changes), now)
    transaction.on_commit(lambda: forget_questions(by.district))


@transaction.atomic
def end_question(by: Actor, item: str, code: str, now: datetime) -> None:
    """It is not asked any more; answers given stay. Raises Denied, NotFound where none is in force."""
    must_edit(by, by.district)
    row = Row.objects.filter(district=by.district, item=item, code=code, ended_at=None).first()
    if row is None or not _end(by, item, code, now):
        raise NotFound("没有这个填报问题。")
    told = _told(question_of(row))
    note_change(by, NewChange(Subject.QUESTION, item, f"{item} {row.description[:40]}", Deed.END, told), now)
    transaction.on_commit(lambda: forget_questions(by.district))


def write_starter_questions(by: Actor, now: datetime) -> int:
    """The questions that go with the starter list; how many there are. Twice changes nothing."""
    text = files("huying.catalogue").joinpath("starter/questions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        pairs = tuple((key, name) for key, _, name in (one.partition(":") for one in row["choices"].split()))
        new = Question(
            row["code"], Datatype(row["datatype"]), row["description"], row["hint"], row["required"] == "1",
            row["answered"] == "1", int(row["order"]), pairs,
        )  # fmt: skip
        write_question(by, row["item"], new, now)
    return len(rows)


def _end(by: Actor, item: str, code: str, now: datetime) -> int:
    rows = Row.objects.filter(district=by.district, item=item, code=code, ended_at=None)
    return rows.update(ended_at=now, ended_by=by.account_id)


def _told(question: Question) -> dict[str, str]:
    return {
        "问什么": question.description, "怎么答": question.datatype.zh, "填写提示": question.hint,
        "必填": "是" if question.required else "", "只提示不填": "" if question.answered else "是",
        "顺序": str(question.order), "选项": " ".join(f"{key}:{name}" for key, name in question.choices),
    }  # fmt: skip
