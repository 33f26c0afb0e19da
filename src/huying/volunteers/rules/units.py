"""Units of the joint meeting, what they bring and need, and projects, as they are typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huying.kernel.saying import said
from huying.volunteers.rules.kinds import Matter, ProjectState, Sheet, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit that registers at a street or community. ``body_id``: the same as a body that is given orders."""

    name: str
    kind: UnitKind
    area: str
    contact: str = ""
    phone: str = ""
    words: str = ""
    body_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewListing:
    """An entry of the lists. Of a need ``unit_id`` is empty where the community itself has it."""

    sheet: Sheet
    matter: Matter
    title: str
    area: str
    words: str = ""
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """A need that somebody takes up: which unit, who there, what they promise, until when."""

    title: str
    need_id: int
    unit_id: int
    who: str
    promise: str
    due_on: date
    resource_id: int | None = None


def wrong_in_unit(new: NewUnit) -> Mapping[str, str]:
    """What cannot be kept, by field."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= 60:
        wrong["name"] = said("请填单位名称，最多 60 字。")
    if len(new.contact) > 40:
        wrong["contact"] = said("联系人最多 40 字。")
    if len(new.words) > 500:
        wrong["words"] = said("说明最多 500 字。")
    return wrong


def wrong_in_listing(new: NewListing) -> Mapping[str, str]:
    """What cannot be kept, by field."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.title.strip()) <= 60:
        wrong["title"] = said("请写一句话，最多 60 字。")
    if len(new.words) > 500:
        wrong["words"] = said("说明最多 500 字。")
    if new.sheet is Sheet.RESOURCE and new.unit_id is None:
        wrong["unit_id"] = said("请选哪个单位提供。")
    if new.since and new.until and new.until < new.since:
        wrong["until"] = said("结束要晚于开始。")
    return wrong


def wrong_in_project(new: NewProject, today: date) -> Mapping[str, str]:
    """What cannot be kept, by field."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.title.strip()) <= 60:
        wrong["title"] = said("请写项目名称，最多 60 字。")
    if not 0 < len(new.who.strip()) <= 40:
        wrong["who"] = said("请填负责人，最多 40 字。")
    if not 0 < len(new.promise.strip()) <= 300:
        wrong["promise"] = said("请写承诺做到什么，最多 300 字。")
    if new.due_on < today:
        wrong["due_on"] = said("承诺日已经过了。")
    return wrong


def state_of(due_on: date, today: date, *, done: bool, stopped: bool) -> ProjectState:
    """How a project stands on a day."""
    if stopped:
        return ProjectState.STOPPED
    if done:
        return ProjectState.DONE
    return ProjectState.LATE if today > due_on else ProjectState.RUNNING
