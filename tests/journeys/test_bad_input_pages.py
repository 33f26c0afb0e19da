"""Bad input to every form that any page offers to anybody: a clear answer, nothing lost, nothing half-written.

All read English: what is wrong with a form shows in either language, a refusal nobody translated in this one alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TestCase

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Entry, Stumble
from huying.cases.queries.proofs.chain import link_of
from huying.catalogue.actions import new_draft
from huying.catalogue.models import Edition
from huying.deliberation.actions.kinds import ensure_kinds
from huying.deliberation.actions.meetings import MeetingForm, put_meeting
from huying.deliberation.actions.proposals import ProposalForm, close_vote, open_vote, put_proposal
from huying.deliberation.actions.taking import Said, take
from huying.deliberation.actions.voting import cast as cast_ballot
from huying.deliberation.actions.voting import invite
from huying.deliberation.actions.working import add_step
from huying.deliberation.queries.kinds import decision_kinds, meeting_kinds
from huying.deliberation.rules.households import HouseholdLine
from huying.deliberation.rules.kinds import Choice
from huying.kernel.clock import now
from huying.knowledge.actions import load_starter_articles, note_gap
from huying.knowledge.rules import GapKind
from huying.loop.allocate.actions.ruling import NewPrecedent, record_precedent
from huying.loop.evaluate.actions import plan_askings, set_plans
from huying.loop.evaluate.rules import AskWay, Plan
from huying.people.actions import create_key, ensure_callers
from huying.people.models import Account
from huying.prevent.campaigns.actions.calendar import ensure_seasons
from huying.prevent.campaigns.models import Campaign, Task
from huying.prevent.warnings.models import EarlyWarning, Rise
from tests.cast import COMMUNITY, DISTRICT, GRID, STREET, Cast
from tests.journeys.walking_pages import Form, forms_of, holds, read
from tests.journeys.world import STAFF, World, make_world

pytestmark = [pytest.mark.database, pytest.mark.slow]
WORDS: Final = "Lamp 3 works again, checked on site."
REPLY: Final = "您好，接到反映后已到现场核实，路灯已修好，并加派巡查。"
SCRIPT: Final = "\"'><script>hy=1</script>"
# Leaving, and the reader's own switches, take nothing that could be lost.
_NOT_ASKED: Final = {"account:sign_out", "set_language", "citizen:elder", "account:end_session"}
_SECRET: Final = re.compile("old|new|again|password|secret|code$")
# A code beside an empty title: emptying the title is how a row of a split is taken out.
_TAKEN_OUT: Final = "parts-item"
_MAIN: Final = "^(cases|catalogue|knowledge|places|people|allocate|dispose|evaluate)_"
_NOTES: Final = "^people_(viewing|signin|opensession)$"
# A setting that is set again is a further version that says the same.
_VERSIONED: Final = {"cases_clocklimit", "allocate_dispatchrule"}
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")

Given = dict[str, Any]
Spoil = Callable[[Form, Given], Iterator[Given]]


def too_long(form: Form, given: Given) -> Iterator[Given]:
    """One text after the other, so that none hides behind another's refusal."""
    for control in form.written:
        yield {**given, control.name: "长" * 20_000}


def unreadable(form: Form, given: Given) -> Iterator[Given]:
    yield {**given, **{control.name: f"{WORDS}\x00\x01\x1b" for control in form.written}}


def script(form: Form, given: Given) -> Iterator[Given]:
    yield {**given, **dict.fromkeys(given, SCRIPT)}
    yield {**given, **{control.name: f"{WORDS}{SCRIPT}" for control in form.written}}


def empty(form: Form, given: Given) -> Iterator[Given]:
    yield {name: "" if form.controls[name].kind != "hidden" else value for name, value in given.items()}
    yield {}


def wrong_type(form: Form, given: Given) -> Iterator[Given]:
    for wrong in ("nan", "-7", "²"):
        yield {**given, **{control.name: wrong for control in form.chosen}}


def unknown(form: Form, given: Given) -> Iterator[Given]:
    for wrong in ("99999", "9" * 30):
        yield {**given, **{control.name: wrong for control in form.chosen}}


SPOILT: Final = (too_long, unreadable, script, empty, wrong_type, unknown)


@dataclass(frozen=True)
class Told:
    """What came of one sending: ``texts`` are what a person reads as refused."""

    status: int
    html: str
    texts: list[str]
    wrote: bool

    @property
    def refused(self) -> bool:
        return self.status >= 400 or bool(self.texts)


class EveryFormTest(TestCase):
    """The forms are found once; each sending happens in a savepoint that is taken back.

    Finding them takes a minute, and workers that share the tests of a class would each do it: there are few.
    """

    clients: dict[Role, Client]
    forms: list[tuple[Role, Form]]
    # As each sending is taken back, what there was before holds for all of them.
    standing: dict[str, int]

    @classmethod
    def setUpTestData(cls) -> None:
        cache.clear()
        world = make_world()
        _work_in_progress(world)
        cls.clients, cls.forms, seen = {}, [], set[tuple[Any, ...]]()
        for role in [Role.RESIDENT, *STAFF]:
            client = cls.clients[role] = world.client(role)
            tracks = [f"/track/{receipt.receipt}" for receipt in world.receipts.values()]
            starts = [*tracks, "/"] if role is Role.RESIDENT else ["/account/"]
            known = {key for key in seen if key[0] != "page" or key[1] == "case:step"}
            found = list(forms_of(client, starts, known))
            cls.forms += [(role, form) for form in found if form.key[0] not in _NOT_ASKED]
            seen |= known
        Account.objects.update(language="en")
        for client in cls.clients.values():
            client.cookies["django_language"] = "en"
        cls.standing = dict(_rows())

    # What a form says of bad words does not depend on the version of the database's server.
    @pytest.mark.timeout(1800)
    def test_bad_input_is_answered_clearly_with_every_word_kept_and_nothing_written(self) -> None:
        wrong = [fault for spoil in SPOILT for fault in self._wrong(spoil)]
        assert not wrong, "\n".join(map(str, wrong))

    def test_every_form_of_every_desk_is_met_and_sent_twice_happens_once(self) -> None:
        self._every_desk_is_met()
        wrong = []
        for role, form in self.forms:
            if form.method == "post":
                once, twice = (_rows_after(self.clients[role], form, times) for times in (1, 2))
                changed = dict(set(twice) - set(once)).keys() - _VERSIONED
                wrong += [(role.value, form.key[:3], changed)] if changed else []
        assert not wrong, "\n".join(map(str, wrong))

    def _every_desk_is_met(self) -> None:
        met = {form.key[0] for _role, form in self.forms}
        assert met >= {
            "citizen:report", "citizen:find", "citizen:rate", "citizen:withdraw", "account:sign_in", "desk:index",
            "case:step", "case:say", "case:caller", "dispatch:decide", "dispatch:accept", "dispatch:merge",
            "handling:sign", "admin:accounts", "admin:bodies", "admin:keys", "admin:put_setting", "admin:spell",
            "knowledge:new", "knowledge:change", "knowledge:turn", "knowledge:settle", "questions:helped",
            "catalogue:draft", "catalogue:import", "catalogue:item", "catalogue:condition",
            "deliberation:take", "deliberation:claim", "deliberation:open",
            "deliberation:add_step", "deliberation:do_step", "deliberation:kinds", "consult:vote", "consult:follow",
            "visit:one", "admin:plan", "admin:move_plan", "warning:acknowledge", "warning:mute", "warning:settle",
            "warning:promise", "campaign:new", "campaign:task", "campaign:close", "campaign:season",
        }  # fmt: skip
        verbs = {form.key[1] for _role, form in self.forms if form.key[0] == "case:step"}
        assert verbs >= {
            "file", "answer", "reject", "dispatch", "report", "check", "follow_up", "dispute", "rule", "split",
            "merge", "ask_extension", "ask_suspension", "recommend", "approve", "supervise", "remind", "reopen",
        }  # fmt: skip

    def _wrong(self, spoil: Spoil) -> Iterator[tuple[Any, ...]]:
        for role, form, given, told in self._sent(spoil):
            faults = [fault for fault, found in _faults(form, given, told) if found]
            if faults:
                yield spoil.__name__, role.value, form.key[:3], faults, told.status, told.texts[:2]

    def _sent(self, spoil: Spoil) -> Iterator[tuple[Role, Form, Given, Told]]:
        for role, form in self.forms:
            for given in spoil(form, form.filled(WORDS)):
                yield role, form, given, _send(self.clients[role], form, given, self.standing)


def _faults(form: Form, given: Given, told: Told) -> Iterator[tuple[str, bool]]:
    yield "broken", told.status >= 500
    yield "script", "<script>hy" in told.html
    if form.method == "post" and told.refused:
        yield "written", told.wrote
        yield "silent", not told.texts
        yield "not english", any(_CHINESE.search(_less_given(text, given)) for text in told.texts)
        for control in form.written:
            said = given.get(control.name, "")
            lost = not _SECRET.search(control.name) and not holds(told.html, said)
            yield f"lost {control.name}", lost and control.name != _TAKEN_OUT


def _less_given(text: str, given: Given) -> str:
    """What is told without what was sent, which is repeated as it is, and the names of places."""
    for said in given.values():
        text = text.replace(str(said), "") if said else text
    return text.replace("长", "").replace("呼应区", "")


def _send(client: Client, form: Form, given: Given, standing: dict[str, int]) -> Told:
    """One sending and the page it leads to, both taken back."""
    cache.clear()
    cookies, before = dict(client.cookies), _touched()
    with transaction.atomic():
        first = answer = getattr(client, form.method)(form.action, given)
        while answer.status_code == 302:
            answer = client.get(answer["Location"])
        touched = {name for name, count in _touched().items() if before.get(name) != count}
        wrote = any(count != standing[name] for name, count in _rows(touched))
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    html = "" if answer.streaming else answer.text
    status = max(first.status_code, answer.status_code) if answer.status_code >= 400 else first.status_code
    page = read(form.action, html)
    # A warning on a page that was asked for tells of something else.
    return Told(status, html, page.told + (page.warned if status >= 400 else []), wrote)


def _rows_after(client: Client, form: Form, times: int) -> list[Any]:
    cache.clear()
    cookies = dict(client.cookies)
    with transaction.atomic():
        for _time in range(times):
            client.post(form.action, form.filled(REPLY))
        rows = _rows()
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return rows


def _touched() -> dict[str, int]:
    """By main table how many rows were put in or taken out by this transaction, also if taken back since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_del FROM pg_stat_xact_user_tables WHERE relname ~ %s AND relname !~ %s",
            [_MAIN, _NOTES],
        )
        return dict(cursor.fetchall())


def _rows(names: Iterable[str] | None = None) -> list[Any]:
    """How many rows each main table has, or these; what is noted of looking and signing in does not count."""
    asked = sorted(_touched() if names is None else names)
    if not asked:
        return []
    with connection.cursor() as cursor:
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in asked)
        cursor.execute(f"{counts} ORDER BY 1")
        return list(cursor.fetchall())


def _work_in_progress(world: World) -> None:
    """What the world's cases alone have no page for."""
    cast, at = world.cast, now()
    new_draft(cast.system, Edition.objects.get(district=DISTRICT).pk, "新草稿", at)
    caller = ensure_callers(DISTRICT, [("王女士", "13812346677")], at)[0]
    new = NewAppeal(text="楼上漏水", channel="hotline", kind="complaint", area=GRID, caller_id=caller)
    disputed, asked, recommended = [
        (DISTRICT, receipt.case_id)
        for receipt in receive(DISTRICT, [new] * 3, by=cast.system, now=at - timedelta(hours=1))
    ]
    for case in (disputed, asked, recommended):
        advance(case, Verb.FILE, by=cast.dispatcher, now=at, item="010101", kind="complaint")
        advance(case, Verb.DISPATCH, by=cast.dispatcher, now=at, body=cast.urban)
    advance(disputed, Verb.DISPUTE, by=cast.handler, now=at, grounds="不属本单位职责", proposed=cast.water)
    for case in (asked, recommended):
        advance(case, Verb.SIGN, by=cast.handler, now=at)
        advance(case, Verb.ASK_EXTENSION, by=cast.handler, now=at, reason="等配件")
    advance(recommended, Verb.RECOMMEND, by=cast.leader, now=at, outcome=Outcome.AGREED)
    create_key(cast.administrator, "热线平台", Role.SEAT, str(DISTRICT), at)
    ruled = NewPrecedent("010101", GRID, cast.water, disputed[1], 1, "990101-000000001", "水务局管")
    record_precedent(ruled, by=cast.ruling_officer, now=at)
    load_starter_articles(cast.system, at)
    note_gap(DISTRICT, GapKind.BY_HAND, "共享单车乱停谁管", "gap", at)
    _deliberation(cast, at)
    _prevention(cast, at)
    set_plans(cast.administrator, [Plan("visits", "上门", ways=(AskWay.COMMUNITY,))], at)
    plan_askings(DISTRICT, [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")], at)
    told = {"handler": "figures", "case_id": disputed[1], "seq": 1, "error": "x"}
    Stumble.objects.create(district=DISTRICT, at=at, **told)


def _prevention(cast: Cast, at: datetime) -> None:
    """A warning nobody decided about, and a campaign with a task that is open."""
    today = at.date()
    told = {"district": DISTRICT, "item": "010101", "reach": 1, "began": today, "last_day": today}
    rise = Rise.objects.create(**told, area=COMMUNITY, best_day=today, best=9.0, followed=True)
    EarlyWarning.objects.create(
        **told | {"reach": "community"}, rise=rise, state="new", grain="leaf", unit=COMMUNITY, area=COMMUNITY, days=3,
        seen=9, expected=1.2, score=9.0, chance=0.1, noticed_at=at, changed_at=at,
    )  # fmt: skip
    campaign = Campaign.objects.create(
        district=DISTRICT, once="bad", name="夜间施工", state="running", origin="hand", areas=[STREET], area=STREET,
        task="走一遍", begins=today, due=today, made_at=at, made_by="系统",
    )  # fmt: skip
    Task.objects.create(district=DISTRICT, campaign=campaign, grid=GRID, due=today)
    ensure_seasons(DISTRICT, at)


def _deliberation(cast: Cast, at: datetime) -> None:
    """A meeting with something said, and a proposal in each phase that has forms."""
    ensure_kinds(DISTRICT)
    form = MeetingForm(
        kind_id=meeting_kinds(DISTRICT)[0].id, title="茶话会", area=COMMUNITY, venue="", held_at=at, host="",
        bodies=[cast.urban],
    )  # fmt: skip
    take(cast.system, put_meeting(cast.system, form, "m", at), Said("one", "楼道灯坏了"), at)
    for phase in ("drafted", "voting", "passed"):
        told = ProposalForm(title=phase, text="建", area=COMMUNITY, kind_id=decision_kinds(DISTRICT)[0].id)
        proposal = put_proposal(cast.system, told, phase, at)
        code = invite(cast.system, proposal, [HouseholdLine("101", Decimal(80))], at)[0].code
        if phase != "drafted":
            open_vote(cast.system, proposal, at + timedelta(days=2), at)
        if phase == "passed":
            cast_ballot(DISTRICT, proposal, code, Choice.YES, "b", at)
            close_vote(cast.system, proposal, at)
            add_step(cast.system, proposal, "施工", None, "s", at)
