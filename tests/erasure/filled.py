"""One case on which everybody wrote the rare token wherever somebody may write, with all that follows from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import FACTS, TABLE, Basis, Outcome, Verb
from huying.cases.models import Entry, Stumble
from huying.cases.queries.proofs.chain import link_of
from huying.catalogue.rules.questions import Answer
from huying.erasure.actions import NewErasure
from huying.erasure.rules.scope import Scope
from huying.figures.models import Exemption
from huying.kernel.clock import now
from huying.knowledge.actions import note_gap
from huying.knowledge.rules.kinds import GapKind
from huying.longwork.models import LongWork
from huying.loop.dispose.actions import speak
from huying.notices.models import Notice
from huying.people.actions import ensure_callers, set_id_number
from huying.prevent.campaigns.models import Campaign, Task, TaskPhoto
from huying.prevent.hot_issues.models import WordCounts
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.site.wiring import REACTIONS
from tests.cast import DISTRICT, GRID, Cast
from tests.erasure.dump import TOKEN

SAID = f"春风路{TOKEN}旁边的垃圾没人收，臭得很"
REPLY = f"您好，您反映的{TOKEN}垃圾问题我们已到场核实，垃圾已清运，并加派了保洁。"
PHONE = "13812346677"


def began() -> datetime:
    """Some days ago, so that every step lies before now."""
    return now() - timedelta(days=2)


def said(cast: Cast, *, phone: str = PHONE, text: str = SAID, place: str = f"{TOKEN}小区 3 栋") -> Receipt:
    """An appeal of a caller with everything known of them."""
    at = began()
    (caller,) = ensure_callers(DISTRICT, [(f"{TOKEN}先生", phone)], at, [f"{TOKEN}@example.org"])
    assert caller is not None
    set_id_number(cast.seat, caller, "11010519491231002X")
    new = NewAppeal(
        text=text, channel="hotline", kind="complaint", caller_id=caller, place_text=place, area=GRID,
        lon=114.3, lat=22.7, answers=[Answer("POLE", "灯杆编号", (TOKEN,), TOKEN)] if place else [],
    )  # fmt: skip
    return receive(DISTRICT, [new], by=cast.system, now=at)[0]


def closed(cast: Cast, kept: Receipt) -> None:
    """All the way to its end; every free text of every step bears the token."""
    walked(cast, kept.case_id, kept.appeal_id)


def walked(
    cast: Cast, case_id: int, appeal_id: int, *, since: Verb | None = None, until: Verb | None = None
) -> None:
    """The steps from one of the way to another, both included."""
    ref, who = (DISTRICT, case_id), cast
    way: list[tuple[Verb, Actor, Outcome | None, dict[str, Any]]] = [
        (Verb.FILE, who.dispatcher, None, {"item": "X1"}),
        (Verb.DISPATCH, who.dispatcher, None, {"body": who.urban}),
        (Verb.DISPUTE, who.handler, None, {"proposed": who.water}),
        (Verb.RULE, who.ruling_officer, Outcome.DISMISSED, {"reach": "street", "covers": "item"}),
        (Verb.SIGN, who.handler, None, {}),
        (Verb.CONTACT, who.handler, None, {"reached": True}),
        (Verb.NOTE, who.handler, None, {}),
        (Verb.SUPERVISE, who.supervisor, None, {}),
        (Verb.REPLY_SUPERVISION, who.handler, None, {}),
        (Verb.REPORT, who.handler, None, {"solved": True}),
        (Verb.CHECK, who.dispatcher, Outcome.PASSED, {}),
        (Verb.RATE, who.resident(appeal_id), Outcome.SOLVED, {"appeal": appeal_id, "satisfaction": "satisfied"}),
        (Verb.CLOSE, who.evaluator, None, {}),
    ]  # fmt: skip
    verbs = [verb for verb, *_rest in way]
    first, last = verbs.index(since) if since else 0, verbs.index(until) if until else len(way) - 1
    at = now() - timedelta(hours=1) if since or until else began()
    for minutes, (verb, by, outcome, facts) in enumerate(way[first : last + 1], 1):
        given: dict[str, Any] = {**_texts(verb, outcome), **facts}
        advance(ref, verb, by=by, outcome=outcome, now=at + timedelta(minutes=minutes), **given)


def _texts(verb: Verb, outcome: Outcome | None) -> dict[str, str]:
    """Every free text that the step takes."""

    steps = [step for step in TABLE if step.verb is verb and step.outcome is outcome]
    names = {name for step in steps for name in (*step.asks, *step.takes) if FACTS[name].is_text}
    names -= {"promise", "proviso"}
    return {name: REPLY if name == "reply" else f"{TOKEN}{name}，垃圾已清运"[:200] for name in names}


def followed(*, verb: Verb | None = None, late: Sequence[str] = ()) -> None:
    """Everything that follows the ledger has followed it; of one verb alone, and those that are ``late`` the whole."""
    links = [link_of(entry) for entry in Entry.objects.order_by("position", "case_id", "seq")]
    # As in a district whose words were counted before its first case: what comes in is heard at once.
    words = {"messages": 0, "counts": Lexicon.empty().packed(), "counted_at": now()}
    WordCounts.objects.get_or_create(district=DISTRICT, defaults=words)
    for name, handle in REACTIONS.items():
        wanted = [link for link in links if verb is None or link.verb == verb or name in late]
        handle(DISTRICT, wanted, now())


def beside(cast: Cast, case_id: int) -> None:
    """What others keep of the case."""
    at = began() + timedelta(hours=1)
    speak(
        cast.dispatcher,
        DISTRICT,
        case_id,
        f"{TOKEN}先生又来电",
        key="k-1",
        now=at,
        lon=114.3,
        lat=22.7,
    )
    note_gap(DISTRICT, GapKind.BY_HAND, SAID, "seat:1", at, REPLY)
    Stumble.objects.create(
        district=DISTRICT, handler="x", case_id=case_id, seq=1, at=at, error=f"ValueError: {TOKEN}"
    )
    Exemption.objects.create(
        district=DISTRICT, case_id=case_id, body_id=cast.urban, measure="", day=at.date(), area=GRID,
        ground="other", words=TOKEN, asked_at=at, asked_name="李明", state="open", reason=TOKEN, facts=[],
    )  # fmt: skip
    Notice.objects.create(
        district=DISTRICT, account_id=102, occasion="order", way="page", title="汇总", text=f"1. {SAID}", link="/",
        once="digest-1", made_at=at, due_at=at, state="sent",
    )  # fmt: skip
    digest = Notice.objects.filter(once="digest-1").values_list("id", flat=True)[0]
    Notice.objects.create(
        district=DISTRICT, account_id=102, occasion="order", way="page", case_id=case_id, seq=2, title=SAID,
        text=SAID, link="/", once="told-1", made_at=at, due_at=at, state="gathered", gathered_in=digest,
    )  # fmt: skip
    campaign = Campaign.objects.create(
        district=DISTRICT, once="c", name="排查", state="running", origin="hand", items=[], areas=[GRID], area=GRID,
        task="查一遍", begins=at.date(), due=at.date(), made_at=at, made_by="陈建国",
    )  # fmt: skip
    task = Task.objects.create(
        district=DISTRICT, campaign=campaign, grid=GRID, due=at.date(), finding="found", words=TOKEN,
        case_id=case_id, done_at=at, done_by="王秀英",
    )  # fmt: skip
    TaskPhoto.objects.create(task=task, path=f"{TOKEN}.jpg", sha256="0" * 64, at=at)
    LongWork.objects.create(
        district=DISTRICT, kind="export", name="全部案件", about="", account_id=102, grants=[], language="zh-hans",
        params={}, once="e", state="done", asked_at=at, ended_at=at, file="cases.csv", file_name="cases.csv",
        file_bytes=3,
    )  # fmt: skip


def everything(cast: Cast) -> Receipt:
    """One case with all of it."""
    kept = said(cast)
    closed(cast, kept)
    followed()
    beside(cast, kept.case_id)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return kept


def asked(number: str, scope: Scope = Scope.ONE, **more: Any) -> NewErasure:
    """What an officer asks for, sound unless ``more`` says otherwise."""
    given: dict[str, Any] = {"basis": Basis.ASKED, "reason": "本人书面申请，已核对身份证", "kept": True}
    return NewErasure(number, scope, **{**given, **more})
