"""One action erases everywhere, writes it down, and leaves the chain whole; a refusal leaves no trace."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huying.access.actor import Actor
from huying.cases.actions import advance
from huying.cases.lifecycle import Basis, Verb
from huying.cases.models import Appeal, Attachment, Case, CaseAppeal, CaseSearch, Entry, Statement
from huying.cases.queries.described import described
from huying.cases.queries.lists.where_said import said_where
from huying.cases.queries.proofs.proving import prove
from huying.cases.queries.voiced import voiced
from huying.cases.rules.erasing import ERASED, Gone
from huying.emergency.models import Emergency, Mark
from huying.erasure.actions import erase, preview
from huying.erasure.models import Erasure
from huying.erasure.queries import erasures_for
from huying.erasure.rules.scope import Scope
from huying.kernel.clock import now
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.loop.allocate.actions import LearnedItem, learn_items
from huying.loop.allocate.models import ItemLesson, ItemMemory
from huying.people.models import Caller, Viewing
from huying.people.rules.kinds import ViewingKind
from huying.prevent.hot_issues.models import Heard, HotIssue
from tests.cast import DISTRICT, GRID, Cast
from tests.erasure.dump import TOKEN, left_in
from tests.erasure.filled import PHONE, SAID, asked, began, closed, everything, followed, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_nothing_of_what_was_said_is_left_anywhere(cast: Cast) -> None:
    kept = everything(cast)
    assert left_in().keys() >= {
        "allocate_precedent", "campaigns_task", "campaigns_taskphoto", "cases_appeal", "cases_case",
        "cases_casesearch", "cases_statement", "cases_stumble", "dispose_message", "figures_exemption",
        "hot_issues_heard", "knowledge_gap", "notices_notice",
    }  # fmt: skip
    gone = erase(cast.administrator, asked(kept.receipt), now())
    assert left_in(PHONE) == {}
    expected = {
        Gone.CALLER, Gone.APPEAL, Gone.TITLE, Gone.WORDS, Gone.SEARCH, Gone.TALK, Gone.NOTICE, Gone.GROUNDS,
        Gone.EXEMPTION, Gone.HEARD, Gone.TASK, Gone.PHOTO, Gone.GAP, Gone.FILE,
    }  # fmt: skip
    assert {kind for kind in Gone if gone[kind]} >= expected
    row = Caller.objects.get(id=Appeal.objects.get().caller_id)
    assert (row.name_sealed, row.phone_sealed, row.id_number_sealed, row.phone_digest) == (None,) * 4


def test_what_stays_is_that_there_was_a_case(cast: Cast) -> None:
    kept = everything(cast)
    before = Case.objects.get()
    entries = Entry.objects.count()
    erase(cast.administrator, asked(kept.receipt), now())
    case = Case.objects.get()
    assert (case.title, case.lon, case.lat) == (ERASED, None, None)
    stays = ("state", "item", "area", "kind", "channel", "opened_at", "closed_at", "body_id", "appeals")
    assert [getattr(case, name) for name in stays] == [getattr(before, name) for name in stays]
    assert Entry.objects.count() == entries + 1


def test_the_chain_holds_and_says_who_erased_on_which_basis(cast: Cast) -> None:
    kept = everything(cast)
    erase(cast.administrator, asked(kept.receipt), now())
    last = Entry.objects.order_by("seq").last()
    assert last is not None
    assert (last.verb, last.account_id, last.facts["basis"]) == (
        "erase",
        cast.administrator.account_id,
        "asked",
    )
    assert prove(DISTRICT, kept.case_id).broken_at is None


def test_the_file_goes_once_nobody_else_shows_it(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    kept, other = said(cast), said(cast, phone="13900000001", text="路灯不亮")
    closed(cast, kept)
    for path, appeals in (("own.jpg", [kept]), ("both.jpg", [kept, other])):
        Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
        (settings.MEDIA_ROOT / path).write_bytes(b"x")
        for one in appeals:
            Attachment.objects.create(
                district=DISTRICT, id=one.appeal_id * 10 + len(path), appeal_id=one.appeal_id, stage="appeal", path=path,
                sha256="0" * 64, media_type="image/jpeg", width=1, height=1, size=1, created_at=began(),
            )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        gone = erase(cast.administrator, asked(kept.receipt), now())
    assert gone[Gone.PHOTO] == 2
    assert sorted(file.name for file in settings.MEDIA_ROOT.iterdir()) == ["both.jpg"]


def test_a_file_made_for_somebody_goes_too(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    kept = everything(cast)
    settings.HUYING_WORK_DIR.mkdir()
    (settings.HUYING_WORK_DIR / "cases.csv").write_text(SAID)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.administrator, asked(kept.receipt), now())
    assert list(settings.HUYING_WORK_DIR.iterdir()) == []


def test_a_look_counts_the_same_and_changes_nothing(cast: Cast) -> None:
    kept = everything(cast)
    before = _state()
    looked = preview(cast.administrator, kept.receipt, Scope.ONE, now())
    assert _state() == before
    assert looked == erase(cast.administrator, asked(kept.receipt), now())


def _state() -> dict[str, str]:
    """A digest of every table but what counts itself."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
            )
            found[table] = cursor.fetchone()[0]
    return found


def test_what_is_open_or_still_has_a_clock_is_not_erased(cast: Cast) -> None:
    kept = said(cast)
    before = _state()
    with pytest.raises(Conflict, match=case_number(DISTRICT, kept.case_id)):
        erase(cast.administrator, asked(kept.receipt), now())
    assert _state() == before


@pytest.mark.parametrize("who", ["dispatcher", "auditor", "supervisor", "system"])
def test_nobody_else_erases_and_a_denial_leaves_no_trace(cast: Cast, who: str) -> None:
    kept = everything(cast)
    before = _state()
    by: Actor = getattr(cast, who)
    for act in (
        lambda: erase(by, asked(kept.receipt), now()),
        lambda: preview(by, kept.receipt, Scope.ONE, now()),
    ):
        with pytest.raises(Denied):
            act()
    assert _state() == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"reason": "13812346677 本人来电"}, "reason"),
        ({"kept": False}, "kept"),
    ],
)
def test_a_reason_and_a_look_at_the_law_are_needed(cast: Cast, given: dict[str, Any], field: str) -> None:
    kept = everything(cast)
    with pytest.raises(Invalid) as refused:
        erase(cast.administrator, asked(kept.receipt, **given), now())
    assert list(refused.value.fields) == [field]
    assert not Erasure.objects.exists()


@pytest.mark.parametrize("number", ["", "abc", "123456789012", "990101-999999999", "990102-000000001", PHONE])
def test_what_means_nobody_is_told_so(cast: Cast, number: str) -> None:
    with pytest.raises((Invalid, NotFound)):
        erase(cast.administrator, asked(number), now())
    assert not Erasure.objects.exists()


def test_all_of_a_caller_goes_by_their_phone(cast: Cast) -> None:
    for text in (SAID, f"{TOKEN}路灯不亮"):
        closed(cast, said(cast, text=text))
    other = said(cast, phone="13900000001", text="井盖坏了")
    erase(cast.administrator, asked("138 1234 6677", Scope.ALL), now())
    assert Case.objects.filter(title=ERASED).count() == 2
    assert Appeal.objects.get(id=other.appeal_id).text == "井盖坏了"
    with pytest.raises(NotFound):
        erase(cast.administrator, asked(PHONE, Scope.ALL), now())


def test_one_matter_of_a_caller_leads_to_them_no_more_and_the_rest_stays(cast: Cast) -> None:
    kept, rest = said(cast), said(cast, text="路灯不亮")
    closed(cast, kept)
    caller = Appeal.objects.get(id=rest.appeal_id).caller_id
    gone = erase(cast.administrator, asked(kept.receipt), now())
    assert gone[Gone.CALLER] == 0
    assert Appeal.objects.get(id=kept.appeal_id).caller_id != caller
    row = Caller.objects.get(id=caller)
    assert row.erased_at is None
    assert row.phone_digest is not None
    assert Viewing.objects.filter(kind=ViewingKind.ERASE, caller_id=caller).count() == 0


def test_neighbours_keep_what_they_said_on_a_case_they_share(cast: Cast) -> None:
    kept, other = said(cast), said(cast, phone="13900000001", text="春风路垃圾又没人收", place="")
    advance(
        (DISTRICT, kept.case_id), Verb.FILE, by=cast.dispatcher, now=began() + timedelta(minutes=1), item="X1"
    )
    at = began() + timedelta(minutes=2)
    advance(
        (DISTRICT, other.case_id), Verb.MERGE, by=cast.system, now=at, into=kept.case_id, reason="同一件事"
    )
    reply = "您好，接到反映后已到现场核查，垃圾已清运，并加派巡查。"
    ref = (DISTRICT, kept.case_id)
    advance(ref, Verb.ANSWER, by=cast.dispatcher, now=at, reply=reply, kind="inquiry")
    followed()
    erase(cast.administrator, asked(kept.receipt), now())
    case = Case.objects.get(id=kept.case_id)
    assert (case.title, case.erased_at) == ("春风路垃圾又没人收", None)
    assert Statement.objects.get(name="reply").text == reply
    assert Appeal.objects.get(id=other.appeal_id).text == "春风路垃圾又没人收"
    assert left_in(PHONE) == {}
    words = CaseSearch.objects.get(case_id=kept.case_id).words
    assert "垃圾" in str(words)
    assert prove(DISTRICT, kept.case_id).broken_at is None
    assert described(DISTRICT, [kept.case_id])[kept.case_id].text == "春风路垃圾又没人收"
    Case.objects.update(kind="complaint")
    assert [one.text for one in voiced(DISTRICT, [kept.case_id])] == ["春风路垃圾又没人收"]
    assert said_where(DISTRICT, [kept.case_id]) == {kept.case_id: " 春风路垃圾又没人收"}


def test_nobody_writes_the_entry_without_the_erasure(cast: Cast) -> None:
    kept = everything(cast)
    with pytest.raises((Denied, NotFound)):
        advance((DISTRICT, kept.case_id), Verb.ERASE, by=cast.administrator, now=now(), basis="asked")


def test_what_taught_the_machine_is_unlearned(cast: Cast) -> None:
    kept = everything(cast)
    learn_items(DISTRICT, [LearnedItem(kept.case_id, 2, began(), SAID, "X1")])
    ItemMemory.objects.update_or_create(
        district=DISTRICT, defaults={"generation": 1, "upto": 9, "kept_at": began(), "content": b"machine"}
    )
    gone = erase(cast.administrator, asked(kept.receipt), now())
    assert gone[Gone.LESSON] == 1
    assert not ItemLesson.objects.exists()
    memory = ItemMemory.objects.get()
    assert (memory.generation, bytes(memory.content)) == (2, b"")


def test_issues_are_named_by_what_is_left(cast: Cast) -> None:
    kept = said(cast)
    said(cast, phone="13900000001", text="春风路旁边的垃圾没人收，臭得很", place="")
    closed(cast, kept)
    followed()
    issue = HotIssue.objects.create(
        district=DISTRICT, title=SAID, messages=2, first_at=began(), last_at=began()
    )
    issue.refresh_from_db(fields=["id"])
    Heard.objects.update(issue_id=issue.id)
    erase(cast.administrator, asked(kept.receipt), now())
    assert "春风路" in HotIssue.objects.get(id=issue.id).title
    assert left_in() == {}


def test_what_was_erased_is_listed_without_whose_it_was(cast: Cast) -> None:
    kept = everything(cast)
    erase(cast.administrator, asked(kept.receipt), now())
    (one,) = erasures_for(cast.auditor)
    assert (one.actor_name, one.basis, list(one.cases)) == (
        cast.administrator.name,
        Basis.ASKED,
        [kept.case_id],
    )
    assert one.counts[Gone.APPEAL] == 1
    with pytest.raises(Denied):
        erasures_for(cast.dispatcher)


def test_an_emergency_is_erased_with_its_case_and_not_before_it_is_over(cast: Cast) -> None:
    kept = everything(cast)
    card = Emergency.objects.create(
        district=DISTRICT, case_id=kept.case_id, kind="illness", plan={}, source="hand", words=TOKEN,
        place_text=TOKEN, area=GRID, lon=1, lat=1, opened_at=began(), opened_by="x", alarmed_at=began(),
    )  # fmt: skip
    card.refresh_from_db(fields=["id"])
    Mark.objects.create(
        district=DISTRICT, emergency_id=card.id, at=began(), kind="note", words=TOKEN, sound="s.webm",
        facts={"source": "hand", "dropped": TOKEN},
    )  # fmt: skip
    with pytest.raises(Conflict):
        erase(cast.administrator, asked(kept.receipt), now())
    Emergency.objects.update(over_at=began(), over_words=TOKEN)
    gone = erase(cast.administrator, asked(kept.receipt), now())
    assert (gone[Gone.EMERGENCY], gone[Gone.RECORDING]) == (1, 1)
    assert Mark.objects.get().facts == {"source": "hand"}
    assert left_in() == {}


def test_titles_of_parts_never_enter_the_chain(cast: Cast) -> None:
    kept = said(cast)
    ref, at = (DISTRICT, kept.case_id), began() + timedelta(minutes=1)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=at, item="X1")
    advance(ref, Verb.SPLIT, by=cast.dispatcher, now=at, parts=[{"title": TOKEN, "item": "X1"}])
    assert TOKEN not in json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert CaseAppeal.objects.count() == 2
