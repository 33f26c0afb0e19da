"""Lists of what is to be asked, as addresses name them, and what a plan wants in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import PAGE, CaseFilter
from huying.loop.evaluate.queries import (
    FollowUpPage,
    Planned,
    due_follow_ups_for,
    edition_of,
    planned_for,
    samples_for,
)
from huying.loop.evaluate.rules import Ask, AskWay
from huying.people.queries import body

ALL: Final = "all"
ANSWERS: Final = "answers"
LISTS: Final[Mapping[str, str]] = {
    AskWay.SEAT.value: gettext_noop("坐席电话"),
    AskWay.COMMUNITY.value: gettext_noop("社区回访"),
    AskWay.LINK.value: gettext_noop("等链接评价"),
    ANSWERS: gettext_noop("当场答复抽查"),
    ALL: gettext_noop("全部待回访"),
}


def wanted_list(query: QueryDict, district: int) -> str:
    """The list of an address. Where none is asked for: what plans want of seats; of a district without plans, and where
    one case is asked for, all."""
    asked = query.get("of", "")
    if asked in LISTS:
        return asked
    if query.get("case"):
        return ALL
    return AskWay.SEAT.value if edition_of(district).number else ALL


def page_of(
    of: str, actor: Actor, now: datetime, after: str = "", limit: int = PAGE, wanted: CaseFilter | None = None
) -> FollowUpPage:
    """A page of one of the lists. Raises Denied; Invalid for a cursor."""
    if of == ANSWERS:
        return samples_for(actor, now, after, limit, wanted)
    if of in set(AskWay):
        return planned_for(actor, AskWay(of), now, after, limit, wanted)
    return due_follow_ups_for(actor, now, after, limit, wanted)


def planned_note(one: Planned) -> str:
    """The plan on one line of a list: until when, and why this one."""
    until = _("%(day)s前回访") % {"day": _day(one.due_at)}
    why = why_chosen(one) if one.ask is Ask.RISK else ""
    return " · ".join(filter(None, (until, why)))


def planned_words(one: Planned, district: int) -> Sequence[tuple[str, str]]:
    """The plan beside the case: (label, words)."""
    way = _(one.way.zh)
    if one.steps > 1:
        way = _("%(way)s（第 %(n)d 步，共 %(of)d 步）") % {"way": way, "n": one.step + 1, "of": one.steps}
    told = [(_("回访计划"), one.plan), (_("回访方式"), way)]
    if one.visitor is not None:
        told.append((_("谁去"), body(district, one.visitor).name))
    return [
        *told,
        (_("回访期限"), date_format(localtime(one.due_at), "Y-m-d H:i")),
        (_("已试几次"), tried_words(one)),
        (_("为什么抽到"), why_chosen(one)),
    ]


def tried_words(one: Planned) -> str:
    """How often it was tried by this way, of how many where that is limited."""
    if one.most:
        return _("%(n)d 次，最多 %(most)d 次") % {"n": one.tries, "most": one.most}
    return _("%(n)d 次") % {"n": one.tries}


def why_chosen(one: Planned) -> str:
    """What made the plan choose this one."""
    match one.ask:
        case Ask.ALL:
            return _("计划内的全部回访")
        case Ask.SAMPLE:
            return _("按 %(n)d%% 抽中") % {"n": one.chance}
        case Ask.RISK:
            risks = enumerated([_(risk.zh) for risk in one.risks]) or _("没有特别的风险")
            return _("%(risks)s，抽中可能 %(n)d%%") % {"risks": risks, "n": one.chance}


def enumerated(words: Sequence[str], chinese: str = "、") -> str:
    """Several things named one after the other, as the reader's language parts them."""
    return (", " if get_language() == "en" else chinese).join(words)


def _day(at: datetime) -> str:
    return date_format(localtime(at), "m-d")
