"""核查: what the list demands beside what was handed in, so that nobody has to look for what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.cases.lifecycle import Verb
from huying.cases.queries.page import CaseView
from huying.catalogue.rules.kinds import Evidence
from huying.web.case.standard import standard_of


@dataclass(frozen=True, slots=True)
class Demanded:
    """One piece of evidence. ``there`` is None where only a person can see whether it is among what was handed in."""

    name: str
    said: str
    there: bool | None


def demanded(case: CaseView) -> Sequence[Demanded]:
    """Each piece that the list asks for in this case, and whether it is there."""
    standard = standard_of(case.line.district, case.line.item, case.condition)
    return [piece(case, kind) for kind in standard.kinds] if standard else []


def piece(case: CaseView, kind: Evidence) -> Demanded:
    """Whether this kind of evidence is there."""
    name = _(kind.zh)
    if kind in {Evidence.BEFORE, Evidence.AFTER}:
        count = sum(file.stage == kind.value for file in case.photos)
        return Demanded(name, _("%(n)d 张") % {"n": count} if count else _("没有交"), count > 0)
    if kind is Evidence.REPLY:
        last = next((entry for entry in reversed(case.entries) if entry.verb is Verb.REPORT), None)
        there = last is not None and any(text[0] == "reply" and text[3].strip() for text in last.texts)
    elif kind is Evidence.CALL:
        there = any(entry.verb is Verb.CONTACT and entry.said.get("reached") for entry in case.entries)
    else:
        return Demanded(name, _("请对照反馈和照片核对"), None)
    return Demanded(name, _("有") if there else _("没有交"), there)
