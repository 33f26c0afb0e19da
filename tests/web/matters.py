"""Cases at the stages that the desks wait for, moved by the cast on a Monday morning."""

from datetime import datetime, timedelta

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry
from huying.cases.queries.proofs.chain import link_of
from huying.cases.tasks import index_words
from huying.figures.tasks import count
from tests.cast import DISTRICT, GRID, MONDAY, Cast

TEXT = "春风路垃圾没人收，臭得很"
REPLY = "经现场核实，垃圾已于当天清运完毕，并已安排每日巡查，感谢您的监督。"


def handled(cast: Cast, text: str = TEXT, **given: list[str]) -> Case:
    """Filed, given to 城市管理局 (``given`` says why) and signed for."""
    new = NewAppeal(text=text, channel="hotline", kind="complaint", area=GRID)
    kept = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0]
    ref = (DISTRICT, kept.case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY + timedelta(minutes=5), item="X1")
    sent = MONDAY + timedelta(minutes=6)
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=sent, body=cast.urban, **given)
    return advance(ref, Verb.SIGN, by=cast.handler, now=MONDAY + timedelta(minutes=20))


def reported(cast: Cast) -> Case:
    """Reported as solved, to be checked."""
    case = handled(cast)
    at = MONDAY + timedelta(minutes=90)
    return advance(
        (DISTRICT, case.id),
        Verb.REPORT,
        by=cast.handler,
        now=at,
        result="派两人清运",
        reply=REPLY,
        solved=True,
    )


def number(case: Case) -> str:
    return f"{case.district}-{case.id:09d}"


def indexed(now: datetime) -> None:
    """The words of everything in the ledger, as the worker finds them behind it."""
    index_words(DISTRICT, [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")], now)


def counted(now: datetime) -> None:
    """Everything in the ledger into the figures, as the worker does behind it."""
    count(DISTRICT, [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")], now)
