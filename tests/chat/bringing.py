"""A case that came by chat, brought by the cast to where its caller is asked."""

from datetime import timedelta

from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.kernel.clock import now
from tests.cast import DISTRICT, Cast

REPLY = "经现场核实，垃圾已于当天清运完毕，并已安排每日巡查，感谢您的监督。"


def bring_to_checked(cast: Cast, appeal: Appeal) -> Case:
    """Filed, dispatched, signed for, reported and checked."""
    ref = (DISTRICT, CaseAppeal.objects.get(appeal_id=appeal.id).case_id)
    at = now() + timedelta(seconds=1)
    advance(ref, Verb.FILE, by=cast.district_dispatcher, now=at, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.district_dispatcher, now=at, body=cast.urban)
    advance(ref, Verb.SIGN, by=cast.handler, now=at)
    advance(ref, Verb.REPORT, by=cast.handler, now=at, result="派两人清运", reply=REPLY, solved=True)
    return advance(ref, Verb.CHECK, by=cast.supervisor, now=at, outcome=Outcome.PASSED)
