"""A text tried on a real case before it is kept: the one named, or the first of the reader's queue."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind, Outcome
from huying.cases.queries import must_see
from huying.cases.queries.lists.queue import CaseFilter, queue_for
from huying.cases.queries.told import ToldCase, told_cases
from huying.cases.rules.replies import reply_faults
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import worded
from huying.notices.queries.addresses import address_of, page_link
from huying.notices.queries.wording import Happened, filled_with
from huying.texts.rules.filling import blanks
from huying.texts.rules.kinds import ReplyFor
from huying.texts.rules.occasions import RESIDENT, Occasion
from huying.texts.rules.occasions import Placeholder as P
from huying.texts.rules.starter import Wording
from huying.web.case.finding import reference
from huying.web.guard import StaffRequest

_RECEIPT: Final = "482133569027"
_SAMPLE: Final = 1
_SAMPLE_DUE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """How a text reads for a case. ``remarks`` are what its writer should know."""

    number: str
    title: str
    text: str
    remarks: list[str]


def tried_notice(
    request: StaffRequest, occasion: Occasion, language: str, wording: Wording, number: str
) -> Tried:
    """A notice as somebody would get it. Raises Invalid for a number that is none of the district's."""
    case = _case(request, number.strip())
    told = Happened(
        request.actor.district, occasion, case.case_id, title=case.title, area=case.area,
        body_id=case.body_id, due_at=case.due_at or request.now,
        receipt=_RECEIPT if occasion in RESIDENT else "", words=_("已约好下午三点到现场。"),
        who=request.actor.name, count=3,
        terms={P.CLOCK: ClockKind.HANDLE.zh, P.RESULT: Outcome.AGREED.zh},
    )  # fmt: skip
    title, text = filled_with(wording, told, language, address_of(page_link(told)), request.now)
    remarks = [_("%(n)d 字") % {"n": len(text)}]
    if len(text) > 70:
        remarks.append(_("超过 70 字的短信按多条计费。"))
    return Tried(case_number(request.actor.district, case.case_id), title, text, remarks)


def tried_reply(request: StaffRequest, wording: Wording, number: str) -> Tried:
    """A reply as its handler would begin it, with what the check of replies still finds missing."""
    case = _case(request, number.strip())
    told = Happened(
        request.actor.district, Occasion.REPLIED, case.case_id, title=case.title, area=case.area,
        body_id=case.body_id,
    )  # fmt: skip
    title, text = filled_with(wording, told, "zh-hans", "", request.now, lines=True)
    remarks = [_("还要填：%(what)s") % {"what": "、".join(blanks(text))}] if blanks(text) else []
    if wording.fits is not ReplyFor.REJECTED:
        faults = reply_faults(text, solved=wording.fits is not ReplyFor.UNSOLVED)
        remarks += [worded(fault, _) for fault in faults]
    return Tried(case_number(request.actor.district, case.case_id), title, text, remarks)


def _case(request: StaffRequest, number: str) -> ToldCase:
    """The case named, or the first of the reader's queue; a made-up one for who reads no cases at all."""
    actor = request.actor
    if not actor.may(Permission.CASE_READ):
        if number:
            raise Invalid(fields={"case": "您的岗位不能查看案件，只能用样例试看。"})
        return ToldCase(_SAMPLE, _("路口垃圾没人收"), str(actor.district), 0, None, request.now + _SAMPLE_DUE)
    if number:
        case_id = _seen(request, number)
    else:
        first = queue_for(actor, CaseFilter(), request.now, "", 1).lines
        if not first:
            return ToldCase(
                _SAMPLE, _("路口垃圾没人收"), str(actor.district), 0, None, request.now + _SAMPLE_DUE
            )
        case_id = first[0].id
    return told_cases(actor.district, [case_id])[case_id]


def _seen(request: StaffRequest, number: str) -> int:
    try:
        district, case_id = reference(request, number)
        must_see(request.actor, district, case_id)
    except NotFound:
        raise Invalid(fields={"case": "没有这件案件，请核对编号。"}) from None
    return case_id
