"""Issues follow the ledger: a case joins, founds or stands alone; people settle; everybody counts their own area."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError

from huying.access.roles import Role
from huying.annals.models import Change
from huying.annals.rules import Subject
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.queries.voiced import voiced_since
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.places.rules.reading.guesses import Guess
from huying.prevent.hot_issues.actions import consolidate, consolidating, dismiss, hear, merge, reopen, split
from huying.prevent.hot_issues.actions.naming import rename
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries import IssuesWanted, issue_for, issues_for, spots
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons, grouped_at
from huying.prevent.hot_issues.rules.states import IssueState
from huying.prevent.hot_issues.tasks import group_anew, listen
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor, gather
from tests.figures.conftest import ledger
from tests.prevent.hot_issues.test_finding import HOLES, MIXING, QUIET, detail

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, in a district that has heard of other things before."""
    forget_lexicons()
    cast = gather()
    said(cast, QUIET, after=-2000)
    consolidate(DISTRICT, MONDAY)
    yield cast
    forget_lexicons()


def said(cast: Cast, texts: list[str], area: str = GRID, after: int = 0) -> list[int]:
    """Cases with these words, a minute apart; their numbers."""
    found = []
    for number, text in enumerate(texts):
        new = NewAppeal(text=text + detail(text), title=text, channel="web", kind="complaint", area=area)
        at = MONDAY + timedelta(minutes=number + after)
        found.append(receive(DISTRICT, [new], by=cast.system, now=at)[0].case_id)
    return found


def together() -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = {}
    for row in Heard.objects.all():
        found.setdefault(row.issue_id, set()).add(row.title)
    return found


def test_a_new_case_joins_the_issue_it_is_likest_to(cast: Cast) -> None:
    said(cast, [*MIXING[:3], *HOLES])
    consolidate(DISTRICT, LATER)
    late = said(cast, MIXING[3:], after=500)
    assert hear(DISTRICT, late, LATER) == 1
    assert set(MIXING) in together().values()
    assert set(HOLES) in together().values()


def test_two_cases_found_an_issue_before_any_night(cast: Cast) -> None:
    said(cast, [MIXING[0], MIXING[3]])
    listen(DISTRICT, ledger(), LATER)
    issue = HotIssue.objects.get()
    assert issue.messages == 2
    assert together() == {issue.id: {MIXING[0], MIXING[3]}, None: set(QUIET)}


def test_the_same_entries_twice_change_nothing(cast: Cast) -> None:
    said(cast, MIXING)
    listen(DISTRICT, ledger(), LATER)
    before = together()
    listen(DISTRICT, ledger(), LATER)
    assert together() == before


def test_a_night_keeps_numbers_and_what_people_said(cast: Cast) -> None:
    said(cast, [*MIXING, *HOLES])
    consolidate(DISTRICT, LATER)
    before = together()
    number = next(key for key, value in before.items() if value == set(MIXING))
    assert number is not None
    dismiss(cast.district_dispatcher, number, "工地已经停工", LATER)
    consolidate(DISTRICT, LATER)
    assert together() == before
    assert HotIssue.objects.get(id=number).state == IssueState.DISMISSED
    assert number not in [one.id for one in issues_for(cast.supervisor, IssuesWanted(), LATER)]
    reopen(cast.district_dispatcher, number, LATER)
    assert number in [one.id for one in issues_for(cast.supervisor, IssuesWanted(), LATER)]


def test_what_people_merge_or_split_stays_so_after_the_night(cast: Cast) -> None:
    said(cast, [*MIXING, *HOLES])
    consolidate(DISTRICT, LATER)
    numbers = {frozenset(value): key for key, value in together().items()}
    mixing, holes = numbers[frozenset(MIXING)], numbers[frozenset(HOLES)]
    assert mixing is not None
    assert holes is not None
    merge(cast.district_dispatcher, holes, mixing, "都是搅拌站的车压坏的", LATER)
    consolidate(DISTRICT, LATER)
    assert together()[mixing] == {*MIXING, *HOLES}
    one = Heard.objects.get(title=HOLES[0]).case_id
    made = split(cast.district_dispatcher, mixing, [one], "这一件是另一处", LATER)
    consolidate(DISTRICT, LATER)
    assert together()[made] == {HOLES[0]}


def test_whoever_may_not_settle_leaves_no_trace(cast: Cast) -> None:
    said(cast, MIXING)
    consolidate(DISTRICT, LATER)
    issue = HotIssue.objects.get()
    cases = list(Heard.objects.filter(issue_id=issue.id).values_list("case_id", flat=True))
    with pytest.raises(Denied):
        dismiss(cast.supervisor, issue.id, "不是", LATER)
    with pytest.raises(Invalid):
        dismiss(cast.district_dispatcher, issue.id, "  ", LATER)
    with pytest.raises(NotFound):
        dismiss(cast.district_dispatcher, issue.id + 99, "不是", LATER)
    with pytest.raises(Invalid):
        split(
            cast.district_dispatcher,
            issue.id,
            list(Heard.objects.values_list("case_id", flat=True)),
            "全选",
            LATER,
        )
    with pytest.raises(Invalid):
        merge(cast.district_dispatcher, issue.id, issue.id, "同一处", LATER)
    with pytest.raises(Denied):
        reopen(cast.supervisor, issue.id, LATER)
    assert not Change.objects.filter(subject=Subject.HOT_ISSUE).exists()
    assert HotIssue.objects.get().state == IssueState.OPEN
    assert Heard.objects.filter(issue_id=issue.id).count() == len(cases) == len(MIXING)


def test_what_people_made_of_an_issue_is_written_down_without_callers_words(cast: Cast) -> None:
    said(cast, [*MIXING, *HOLES])
    consolidate(DISTRICT, LATER)
    numbers = {frozenset(value): key for key, value in together().items()}
    mixing, holes = numbers[frozenset(MIXING)], numbers[frozenset(HOLES)]
    assert mixing is not None
    assert holes is not None
    by = cast.district_dispatcher
    dismiss(by, mixing, "工地已经停工", LATER)
    reopen(by, mixing, LATER)
    reopen(by, mixing, LATER)
    merge(by, holes, mixing, "都是车压的", LATER)
    one = Heard.objects.get(title=HOLES[0]).case_id
    made = split(by, mixing, [one], "另一处", LATER)
    notes = list(Change.objects.filter(subject=Subject.HOT_ISSUE).order_by("id"))
    assert {(note.actor_name, note.account_id, note.at) for note in notes} == {
        (by.name, by.account_id, LATER)
    }
    assert [(note.about, note.deed, note.before, note.after) for note in notes] == [
        (str(mixing), "change", {"状态": "热点"}, {"状态": "不是热点", "理由": "工地已经停工"}),
        (str(mixing), "change", {"状态": "不是热点", "理由": "工地已经停工"}, {"状态": "热点"}),
        (str(holes), "change", {"状态": "热点"},
         {"状态": "已并入", "并入": f"热点问题 {mixing}", "件数": str(len(HOLES)), "理由": "都是车压的"}),
        (str(mixing), "change", {}, {"并来": f"热点问题 {holes}", "件数": str(len(HOLES)), "理由": "都是车压的"}),
        (str(mixing), "change", {}, {"拆出": f"热点问题 {made}", "件数": "1", "理由": "另一处"}),
        (str(made), "create", {}, {"拆自": f"热点问题 {mixing}", "件数": "1", "理由": "另一处"}),
    ]  # fmt: skip


def test_everybody_counts_what_lies_in_their_area(cast: Cast, django_assert_num_queries: Any) -> None:
    said(cast, MIXING[:3])
    said(cast, MIXING[3:], area=OTHER_STREET, after=50)
    consolidate(DISTRICT, LATER)
    with django_assert_num_queries(2):
        whole = issues_for(cast.supervisor, IssuesWanted(), LATER)
    mine = issues_for(cast.dispatcher, IssuesWanted(), LATER)
    assert [one.heat.messages for one in whole] == [4]
    assert [one.heat.messages for one in mine] == [3]
    found = issue_for(cast.dispatcher, whole[0].id, LATER)
    assert {line.title for line in found.cases} == set(MIXING[:3])
    street = actor("方", 91, Role.STREET_DISPATCHER, OTHER_STREET)
    assert issues_for(street, IssuesWanted(), LATER) == []
    with pytest.raises(NotFound):
        issues_for(cast.dispatcher, IssuesWanted(area=OTHER_STREET), LATER)
    with pytest.raises(Denied):
        issues_for(cast.handler, IssuesWanted(), LATER)


def test_words_from_elsewhere_are_no_title_here(cast: Cast) -> None:
    said(cast, MIXING[:1])
    said(cast, MIXING[1:], area=OTHER_STREET, after=50)
    consolidate(DISTRICT, LATER)
    issue = HotIssue.objects.get()
    assert issue.title in MIXING[1:]
    found = issue_for(cast.dispatcher, issue.id, LATER)
    assert (found.line.title, found.line.place) == (MIXING[0], "")
    assert issue_for(cast.supervisor, issue.id, LATER).line.title == issue.title


def test_an_issue_merged_into_another_is_there_for_whom_that_one_is(cast: Cast) -> None:
    said(cast, [*MIXING, *HOLES], area=OTHER_STREET)
    consolidate(DISTRICT, LATER)
    numbers = {frozenset(value): key for key, value in together().items()}
    mixing, holes = numbers[frozenset(MIXING)], numbers[frozenset(HOLES)]
    assert mixing is not None
    assert holes is not None
    merge(cast.district_dispatcher, holes, mixing, "都是搅拌站的车压坏的", LATER)
    assert issue_for(cast.supervisor, holes, LATER).merged_into == mixing
    with pytest.raises(NotFound):
        issue_for(cast.dispatcher, holes, LATER)


def test_a_case_heard_after_a_merge_stays_where_it_joined(cast: Cast) -> None:
    said(cast, [*MIXING, *HOLES])
    consolidate(DISTRICT, LATER)
    numbers = {frozenset(value): key for key, value in together().items()}
    mixing, holes = numbers[frozenset(MIXING)], numbers[frozenset(HOLES)]
    assert mixing is not None
    assert holes is not None
    merge(cast.district_dispatcher, holes, mixing, "都是搅拌站的车压坏的", LATER)
    late = said(cast, ["电动车又摔在坑里"], after=500)
    hear(DISTRICT, late, LATER)
    Heard.objects.filter(case_id__in=late).update(issue_id=mixing)
    consolidate(DISTRICT, LATER)
    assert Heard.objects.get(case_id__in=late).issue_id == mixing


def test_a_night_that_breaks_off_leaves_every_issue_whole_and_is_done_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(cast, [*MIXING, *HOLES])
    monkeypatch.setattr(consolidating, "_AT_ONCE", 1)
    write, done = consolidating._grouped, []

    def once(*given: Any) -> set[int]:
        if done:
            raise OperationalError
        done.append(1)
        return write(*given)

    monkeypatch.setattr(consolidating, "_grouped", once)
    with pytest.raises(OperationalError):
        consolidate(DISTRICT, LATER)
    assert grouped_at(DISTRICT) == MONDAY
    [issue] = HotIssue.objects.all()
    assert Heard.objects.filter(issue_id=issue.id).count() == issue.messages > 1
    assert Heard.objects.count() == len(QUIET) + len(MIXING) + len(HOLES)
    monkeypatch.undo()
    group_anew(DISTRICT, LATER)
    assert grouped_at(DISTRICT) == LATER
    assert set(MIXING) in together().values()
    assert set(HOLES) in together().values()
    assert HotIssue.objects.filter(id=issue.id).exists()


def test_cases_heard_while_the_night_writes_stay_in_their_issue(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(cast, [*MIXING[:3], *HOLES])
    consolidate(DISTRICT, LATER)
    late = said(cast, MIXING[3:], after=500)
    write = consolidating._grouped

    def meanwhile(*given: Any) -> set[int]:
        hear(DISTRICT, late, LATER)
        return write(*given)

    monkeypatch.setattr(consolidating, "voiced_since", lambda *given: voiced_since(*given)[: -len(late)])
    monkeypatch.setattr(consolidating, "_grouped", meanwhile)
    consolidate(DISTRICT, LATER)
    assert set(MIXING) in together().values()
    assert set(HOLES) in together().values()
    assert {one.messages for one in HotIssue.objects.all()} == {len(MIXING), len(HOLES)}


def test_cases_merged_away_are_counted_no_more(cast: Cast) -> None:
    first, second, *others = said(cast, MIXING)
    consolidate(DISTRICT, LATER)
    advance((DISTRICT, second), Verb.MERGE, by=cast.dispatcher, now=LATER, into=first)
    consolidate(DISTRICT, LATER)
    assert set(Heard.objects.exclude(issue_id=None).values_list("case_id", flat=True)) == {first, *others}
    assert HotIssue.objects.get().messages == len(MIXING) - 1


def test_a_post_within_one_body_reads_none(cast: Cast) -> None:
    within = actor("梁", 98, Role.STREET_LEADER, STREET, cast.water)
    with pytest.raises(Denied):
        issues_for(within, IssuesWanted(), LATER)


def test_naming_asks_no_more_however_many_issues_there_are(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    said(cast, [*MIXING, *HOLES])
    consolidate(DISTRICT, LATER)
    numbers = list(HotIssue.objects.values_list("id", flat=True))
    assert len(numbers) == 2
    with django_assert_num_queries(2 + len(numbers)):
        rename(DISTRICT, numbers)


def test_the_place_that_words_name_is_where_a_case_is(cast: Cast) -> None:
    cases = said(cast, ["呼应里3栋电梯又坏了，没人修", "电梯又坏了，没人修"])
    told = [Guess(lon=114.31, lat=22.71, area=GRID, confidence=0.9, metres=20.0, name="呼应里")]
    with patch.object(
        spots, "locate_texts", lambda _district, texts: [told if "呼应里" in one else [] for one in texts]
    ):
        hear(DISTRICT, cases, LATER)
    rows = {row.case_id: (row.lon, row.lat) for row in Heard.objects.filter(case_id__in=cases)}
    assert rows == {cases[0]: (114.31, 22.71), cases[1]: (None, None)}


def test_cases_are_grouped_once_a_night_whatever_the_workers_ask(cast: Cast) -> None:
    group_anew(DISTRICT, MONDAY)
    first = grouped_at(DISTRICT)
    group_anew(DISTRICT, MONDAY + timedelta(minutes=10))
    assert grouped_at(DISTRICT) == first == MONDAY
    group_anew(DISTRICT, MONDAY + timedelta(days=1))
    assert grouped_at(DISTRICT) == MONDAY + timedelta(days=1)
