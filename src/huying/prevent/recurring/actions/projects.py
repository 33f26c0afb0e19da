"""治理项目: begun on a recurrence, written anew, finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.loop.supervise.queries import scope_for
from huying.people.queries import unit_names
from huying.places.queries import district as district_row
from huying.prevent.recurring.models import Project, Recurrence
from huying.prevent.recurring.rules.states import ProjectState

_LONGEST: Final = {"name": 60, "owner": 20, "cause": 500, "measure": 500, "cost": 200}
_LABELS: Final = {
    "name": "名称", "owner": "负责人", "cause": "原因", "measure": "措施", "cost": "经费说明",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewProject:
    """What somebody writes of a project."""

    name: str
    body_id: int
    owner: str
    cause: str
    measure: str
    cost: str
    starts_on: date
    ends_on: date


def begin_project(by: Actor, recurrence: int, new: NewProject, now: datetime) -> int:
    """Begin a project on a recurrence; its number. Raises Denied, NotFound, Invalid, Conflict when one runs already."""
    row = Recurrence.objects.filter(district=by.district, id=recurrence).first()
    if row is None:
        raise NotFound
    scope_for(by, row.area[:12], permission=Permission.PROJECT_RUN)
    values = _checked(by.district, new)
    try:
        with transaction.atomic():
            made = Project.objects.create(
                district=by.district, recurrence_id=row.id, item=row.item, area=row.area, spots=row.spots, made_at=now,
                made_by=by.name[:60], changed_at=now, changed_by=by.name[:60], **values,
            )  # fmt: skip
            made.refresh_from_db(fields=["id"])
            note_change(by, _change(made, Deed.CREATE, {}, {**_told(made), "反复问题": str(row.id)}), now)
    except IntegrityError as error:
        raise Conflict("这个问题已经有治理项目在做。") from error
    return made.id


def edit_project(by: Actor, number: int, new: NewProject, now: datetime) -> None:
    """Write a running project anew. Raises Denied, NotFound, Invalid, Conflict for a finished one."""
    with transaction.atomic():
        project = _running(by, number)
        before = _told(project)
        for name, value in {
            **_checked(by.district, new),
            "changed_at": now,
            "changed_by": by.name[:60],
        }.items():
            setattr(project, name, value)
        project.save()
        note_change(by, _change(project, Deed.CHANGE, before, _told(project)), now)


def finish_project(by: Actor, number: int, on: date, outcome: str, now: datetime) -> None:
    """Say that it is done, since when and what came of it. Raises Denied, NotFound, Invalid, Conflict."""
    with transaction.atomic():
        project = _running(by, number)
        words = " ".join(outcome.split())
        if not 0 < len(words) <= 500:
            raise Invalid(
                "请写做成了什么，最多 500 字。", fields={"outcome": "请写做成了什么，最多 500 字。"}
            )
        today = now.astimezone(ZoneInfo(district_row(by.district).zone)).date()
        if not project.starts_on <= on <= today:
            raise Invalid(
                "完成日期应在开始之后、今天之前。", fields={"on": "完成日期应在开始之后、今天之前。"}
            )
        Project.objects.filter(district=by.district, id=project.id).update(
            state=ProjectState.FINISHED,
            finished_on=on,
            outcome=words,
            changed_at=now,
            changed_by=by.name[:60],
        )
        note_change(
            by, _change(project, Deed.END, {}, {"完成日期": on.isoformat(), "做成了什么": words}), now
        )


def _change(project: Project, deed: Deed, before: Mapping[str, str], after: Mapping[str, str]) -> NewChange:
    return NewChange(Subject.PROJECT, str(project.id), project.name, deed, before, after)


def _told(project: Project) -> dict[str, str]:
    """A project as the record of changes tells it."""
    return {
        **{zh: getattr(project, name) for name, zh in _LABELS.items()},
        "牵头单位": unit_names(project.district).get(project.body_id, ""),
        "开始": project.starts_on.isoformat(), "计划完成": project.ends_on.isoformat(),
    }  # fmt: skip


def _running(by: Actor, number: int) -> Project:
    project = Project.objects.select_for_update().filter(district=by.district, id=number).first()
    if project is None:
        raise NotFound
    scope_for(by, project.area[:12], permission=Permission.PROJECT_RUN)
    if project.state != ProjectState.RUNNING:
        raise Conflict("这个项目已经完成。")
    return project


def _checked(district: int, new: NewProject) -> dict[str, object]:
    values = {name: " ".join(getattr(new, name).replace("\x00", "").split()) for name in _LONGEST}
    wrong: dict[str, str] = {
        name: said("%(what)s最多 %(most)s 字。", what=_LABELS[name], most=most)
        for name, most in _LONGEST.items()
        if len(values[name]) > most
    }
    wrong |= {
        name: said("请填%(what)s。", what=_LABELS[name])
        for name in ("name", "owner", "cause", "measure")
        if not values[name]
    }
    if new.body_id not in unit_names(district):
        wrong["body_id"] = "请选择单位。"
    if new.ends_on < new.starts_on:
        wrong["ends_on"] = "结束不能早于开始。"
    if wrong:
        raise Invalid("有几处要改。", fields=wrong)
    return {**values, "body_id": new.body_id, "starts_on": new.starts_on, "ends_on": new.ends_on}
